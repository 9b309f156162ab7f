"""The JSON object in what a model wrote: without code fences, thoughts and prose around it."""

from __future__ import annotations

import json
import re

_FENCE = re.compile(r"```[a-z]*\n(.*?)```", re.DOTALL)
_MOST_CANDIDATES = 20
"""Braces at which an object is looked for: beyond, the text is no answer."""


def json_of(text: str) -> str:
    """The JSON object in a model's answer; the text itself if there is none.

    Of several, the last one in a code fence, else the last one in the text: what comes before is
    the model's reasoning, or quoted from the article.

    >>> json_of('Here it is:\\n```json\\n{"a": 1}\\n```')
    '{"a": 1}'
    >>> json_of('<think>{"a": 0}?</think>{"a": 1}')
    '{"a": 1}'
    >>> json_of("no")
    'no'
    """
    stripped = text.strip().removeprefix("\ufeff")
    if is_object(stripped):
        return stripped
    rest = stripped.rpartition("</think>")[2]
    for place in (*reversed(_FENCE.findall(rest)), rest):
        if (found := _last_object(place)) is not None:
            return found
    return text


def is_object(text: str) -> bool:
    """True if the text is one whole JSON object, and nothing besides."""
    if not (text.startswith("{") and text.endswith("}")):
        return False
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _last_object(text: str) -> str | None:
    """The last JSON object of a text that is not part of another."""
    decoder, at, found = json.JSONDecoder(), 0, None
    for _ in range(_MOST_CANDIDATES):
        if (begin := text.find("{", at)) < 0:
            break
        try:
            _, at = decoder.raw_decode(text, begin)
            found = text[begin:at]
        except (ValueError, RecursionError):
            at = begin + 1
    return found
