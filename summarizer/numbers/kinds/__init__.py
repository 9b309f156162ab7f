"""Kinds of numbers: what each one is and which others it can stand for."""
