"""Models: how to find one, ask it through instructor, retry, pace and remember."""

from .base import Answer, Model, Part, Piece, Request
from .cached_model import cached
from .lookup import resolve_model

__all__ = ["Answer", "Model", "Part", "Piece", "Request", "cached", "resolve_model"]
