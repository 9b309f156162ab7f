"""Checks of a claim as a whole."""
