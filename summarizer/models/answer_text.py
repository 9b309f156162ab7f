"""The JSON object in what a model wrote: without code fences, thoughts and prose around it."""

from __future__ import annotations

import json
import re

_FENCE = re.compile(r"```[a-z]*\n(.*?)```", re.DOTALL)
_STRING_OR_COMMA = re.compile(r'"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])', re.DOTALL)
"""A JSON string, or a comma that nothing follows."""
_DECODER = json.JSONDecoder(parse_int=len)
"""Only for where an object ends: Python refuses to convert integers of thousands of digits."""
_MOST_CANDIDATES = 20
"""Braces at which an object is looked for: beyond, the text is no answer."""


def json_of(text: str) -> str:
    """The JSON object in a model's answer; the text itself if there is none.

    Of several, the last one in a code fence, else the last one in the text: what comes before is
    the model's reasoning, or quoted from the article. A comma before a closing bracket, which
    models without a grammar like to write, becomes a space: it says nothing.

    >>> json_of('Here it is:\\n```json\\n{"a": 1}\\n```')
    '{"a": 1}'
    >>> json_of('<think>{"a": 0}?</think>{"a": 1}')
    '{"a": 1}'
    >>> json_of('{"a": ["1,]",],}')
    '{"a": ["1,]" ] }'
    >>> json_of("no")
    'no'
    """
    stripped = text.strip().removeprefix("\ufeff").strip()
    if is_object(stripped):
        return stripped
    rest = stripped.rpartition("</think>")[2]
    for place in (*reversed(_FENCE.findall(rest)), rest):
        if (found := _last_object(place)) is not None:
            return found
    return text


def is_prose(text: str) -> bool:
    """True if a text does not even begin a JSON object, in a code fence or after some words.

    >>> is_prose("The mill burned."), is_prose('Sure: {"headline": "The mi'), is_prose("")
    (True, False, False)
    """
    return bool(text.strip()) and "{" not in text.rpartition("</think>")[2]


def is_object(text: str) -> bool:
    """True if the text is one whole JSON object, and nothing besides."""
    if not (text.startswith("{") and text.endswith("}")):
        return False
    try:
        return isinstance(_DECODER.decode(text), dict)
    except (ValueError, RecursionError):
        return False


def _last_object(text: str) -> str | None:
    """The last JSON object of a text that is not part of another."""
    at, found = 0, None
    for _ in range(_MOST_CANDIDATES):
        if (begin := text.find("{", at)) < 0:
            break
        object_here = _object_at(text, begin)
        at = begin + len(object_here or "{")
        found = object_here or found
    return found


def _object_at(text: str, begin: int) -> str | None:
    """The JSON object that begins at a brace, its trailing commas made spaces if it has any."""
    end = _end_of_object(text, begin)
    if end is None:
        text = _STRING_OR_COMMA.sub(_blanked, text[begin:])
        begin, end = 0, _end_of_object(text, 0)
    return None if end is None else text[begin:end]


def _end_of_object(text: str, begin: int) -> int | None:
    try:
        return _DECODER.raw_decode(text, begin)[1]
    except (ValueError, RecursionError):
        return None


def _blanked(found: re.Match[str]) -> str:
    return " " if found[0] == "," else found[0]
