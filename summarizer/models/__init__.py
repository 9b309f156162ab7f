"""Models: how to find one, ask it through instructor, retry, pace and remember."""

from .cached_model import cached
from .instructor_model import Answer, Model, Request
from .lookup import resolve_model

__all__ = ["Answer", "Model", "Request", "cached", "resolve_model"]
