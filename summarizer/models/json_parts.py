"""Read JSON while it arrives: each finished part of an object, once, before the object is closed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from .base import Part

_THINKING, _DONE_THINKING = "<think>", "</think>"


class PartReader:
    """Finds the finished parts of the JSON object in a text that comes in pieces.

    The text may be cut anywhere, and prose, a code fence or a `<think>` block may come before the
    object. A part is given out when the text shows that it is finished: a number when a comma or a
    bracket follows. Text that is not JSON yields nothing more.

    >>> reader = PartReader()
    >>> list(reader.feed('{"figures": [1'))
    []
    >>> list(reader.feed('2, 3], "headline": "A \\\\u00'))
    [Part(key='figures', value=12), Part(key='figures', value=3)]
    >>> list(reader.feed('e9"}'))
    [Part(key='headline', value='A é')]
    """

    def __init__(self) -> None:
        import ijson

        self._events: Any = ijson.sendable_list()
        self._parser = ijson.basic_parse_coro(self._events, use_float=True)
        self._builder: Any = None
        self._before: str | None = ""
        self._key = ""
        self._depth = 0
        self._is_list = False
        self._is_over = False

    def feed(self, text: str) -> Iterator[Part]:
        """The parts that are finished with this piece of the text."""
        if self._before is not None:
            text = self._object_in(self._before + text)
        if not text or self._is_over:
            return
        import ijson

        with contextlib.suppress(ijson.JSONError, StopIteration):
            self._parser.send(text.encode("utf-8", "replace"))
            yield from self._parts()
            return
        yield from self._parts()
        self._is_over = True

    def _object_in(self, text: str) -> str:
        """The text from the first brace that is no thought of the model's; empty if there is none."""
        self._before = text
        start = text.lstrip()
        if _THINKING.startswith(start[: len(_THINKING)]) and _DONE_THINKING not in start:
            return ""
        begin = text.find("{", max(0, text.find(_DONE_THINKING)))
        if begin < 0:
            return ""
        self._before = None
        return text[begin:]

    def _parts(self) -> Iterator[Part]:
        events, self._events[:] = list(self._events), []
        for event, value in events:
            yield from self._read(event, value)

    def _read(self, event: str, value: Any) -> Iterator[Part]:
        """One event of the parser: depth 1 is the object, depth 2 a list that is its field."""
        if event in ("end_map", "end_array"):
            self._depth -= 1
            self._is_over = self._depth == 0
        home = 2 if self._is_list else 1
        if self._builder is not None:
            self._builder.event(event, value)
        elif event == "map_key" and self._depth == 1:
            self._key = value
        elif event == "start_array" and self._depth == 1:
            self._is_list = True
        elif self._depth >= home and event not in ("end_array", "end_map"):
            self._build(event, value)
        if event in ("start_map", "start_array"):
            self._depth += 1
        elif event == "end_array" and self._depth == 1:
            self._is_list = False
        if self._builder is not None and self._depth == home:
            yield Part(self._key, self._builder.value)
            self._builder = None

    def _build(self, event: str, value: Any) -> None:
        """Begin with the value of a field, or with an item of its list."""
        from ijson.common import ObjectBuilder

        self._builder = ObjectBuilder()
        self._builder.event(event, value)
