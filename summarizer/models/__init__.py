"""Models: how to find one, ask it through instructor, and retry."""

from .asking import Answer, Model, Request
from .resolve import resolve_model

__all__ = ["Answer", "Model", "Request", "resolve_model"]
