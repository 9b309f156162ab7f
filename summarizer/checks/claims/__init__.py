"""Checks of a claim as a whole: evidence, swapped names, negation, direction."""
