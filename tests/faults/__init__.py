"""What breaks, and what comes of it: each fault with its stated outcome."""
