"""Proper names: `find_names` finds them in a text, `NameIndex` knows which of them are one."""

from __future__ import annotations

from .capitalised import Name, find_names, names_between
from .name_index import NameIndex, is_same_name, words_of

__all__ = ["Name", "NameIndex", "find_names", "is_same_name", "names_between", "words_of"]
