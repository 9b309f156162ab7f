"""Read a Document from text, HTML, PDF, files and addresses."""

from .document import Document, Origin

__all__ = ["Document", "Origin"]
