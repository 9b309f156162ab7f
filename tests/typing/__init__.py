"""What a user's type checker sees: read by mypy, never run."""
