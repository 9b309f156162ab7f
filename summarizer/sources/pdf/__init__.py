"""The text of a PDF, page after page (extra `pdf`)."""

from .read import INSTALL, read_pdf

__all__ = ["INSTALL", "read_pdf"]
