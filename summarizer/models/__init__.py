"""Models: how to find one, ask it through instructor, retry, pace and remember."""

from .asking import Answer, Model, Request
from .cached import cached
from .resolve import resolve_model

__all__ = ["Answer", "Model", "Request", "cached", "resolve_model"]
