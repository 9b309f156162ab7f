"""The checks: pure functions from a text and its source to verdicts."""
