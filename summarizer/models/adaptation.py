"""What a server has refused so far, so that each refusal is met once: a setting, or a mode."""

from __future__ import annotations

import re
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from .faults import Fault
from .json_schema import UnfitSchemaError
from .wires.base import Ask, Mode, Wire

_REFUSED = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.NOT_FOUND,  # a gateway none of whose providers takes the request as it is
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.NOT_IMPLEMENTED,
    }
)
_GEMINI = "contains an invalid argument|json mode|developer instruction"
"""All that Gemini says of a schema that is too large for it, or of a model that takes none; or no
system instruction, which it is sent in every mode but the last."""
_FORMATS = (
    "response_?format|text[._]format|(response_?)?json_?schema|structured"
    "|output[_ ]?(config|formats?)|schemas?"
)
_MODE_WORDS = {
    Mode.STRICT: f"strict|grammar|{_FORMATS}",
    Mode.SCHEMA: f"grammar|{_FORMATS}|{_GEMINI}",
    Mode.TOOL: f"tools?|tool_?choice|tool_?config|functions?|function call(ing)?|{_GEMINI}",
    Mode.JSON: f"response_?format|text[._]format|response_?mime_?type|json(_object)?|structured|{_GEMINI}",
    Mode.TEXT: "$^",
}
"""What a server's error speaks of when it refuses a mode."""
_UNSUPPORTED = re.compile(r"(?i)\bunsupported param|\brequires --jinja|\bnot (yet )?supported\b")
"""How llama.cpp refuses what it does not have, with status 500."""
_STREAM = re.compile(r"(?i)\bstream(ing|ed)?\b")
_TOLD = (Mode.JSON, Mode.TEXT)
"""Modes that put the schema in the prompt."""
_OTHER_NAMES = {"max_tokens": "max_completion_tokens"}
"""Settings that a server may ask for under another name."""


@dataclass
class Adaptation:
    """How one model of one server has to be asked.

    Attributes:
        modes: The modes that it may be asked in, of which those that it refused are gone.
        left_out: Settings that it refused.
        renamed: Settings that it takes under another name.
        streams: False once it has sent nothing in reply to a streamed request.
    """

    modes: tuple[Mode, ...]
    left_out: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)
    streams: bool = True
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def settings(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """Those of the settings that the model takes, under the names that it takes."""
        return {
            self.renamed.get(name, name): value
            for name, value in wanted.items()
            if name not in self.left_out and value is not None
        }

    def learn(
        self, error: Exception, ask: Ask, wire: Wire, ours: Collection[str]
    ) -> tuple[bool, str | None]:
        """Learn from the refusal of a request.

        Args:
            error: Why the request failed.
            ask: The request.
            wire: How it was sent.
            ours: Settings that the user did not ask for, and that may be left out.

        Returns:
            Whether to ask again; and what has changed, None if another request learned it first.
        """
        fault = Fault(error)
        is_unfit = isinstance(error, UnfitSchemaError)
        if not is_unfit and not _is_of_form(fault):
            return False, None
        subject = fault.subject
        with self._lock:
            for name in ask.settings:
                if not _names(name, wire.names.get(name, name), subject):
                    continue
                other = _OTHER_NAMES.get(name)
                if other is not None and other in fault.words:
                    return self._rename(name, other)
                if name in ours:
                    return self._leave_out(name)
            if ask.streamed and _STREAM.search(subject):
                return self._stop_streaming()
            if is_unfit or re.search(rf"(?i)\b({_MODE_WORDS[ask.mode]})\b", subject):
                return self._change_mode(ask.mode)
            if self.modes[0] is ask.mode is wire.modes[-1]:
                self.modes = wire.modes  # none was taken, so it was not the mode that was refused
        return False, None

    def learn_from_prose(self, mode: Mode) -> str | None:
        """Learn from an answer without any JSON that the server does not hold answers to a schema.

        Args:
            mode: How the answer was asked for.

        Returns:
            What has changed: the schema is told in the prompt from now on. None if it was before,
            or cannot be.
        """
        with self._lock:
            if mode in _TOLD or self.modes[0] is not mode:
                return None
            told = next((m for m in self.modes if m in _TOLD), None)
            if told is None:
                return None
            self.modes = self.modes[self.modes.index(told) :]
            return f"it is asked for {told} instead of {mode}"

    def _stop_streaming(self) -> tuple[bool, str | None]:
        change = "it is not asked to stream" if self.streams else None
        self.streams = False
        return True, change

    def _rename(self, name: str, other: str) -> tuple[bool, str | None]:
        if name in self.renamed:
            return True, None
        self.renamed = {**self.renamed, name: other}
        return True, f"{name} is sent as {other}"

    def _leave_out(self, name: str) -> tuple[bool, str | None]:
        if name in self.left_out:
            return True, None
        self.left_out |= {name}
        return True, f"{name} is left out"

    def _change_mode(self, refused: Mode) -> tuple[bool, str | None]:
        if self.modes[0] is not refused:
            return True, None
        if len(self.modes) == 1:
            return False, None
        self.modes = self.modes[1:]
        return True, f"it is asked for {self.modes[0]} instead of {refused}"


def _is_of_form(fault: Fault) -> bool:
    """True if a server refused how it was asked, and not the text that it was asked about."""
    if fault.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return bool(_UNSUPPORTED.search(fault.subject))
    return fault.status in _REFUSED and not fault.is_text_refused() and not fault.is_text_too_long()


def _names(name: str, sent_as: str, words: str) -> bool:
    """True if the words of an error speak of a setting.

    >>> _names("seed", "random_seed", "body.random_seed: Extra inputs are not permitted")
    True
    >>> _names("seed", "random_seed", "the article is about seeds")
    False
    """
    spellings = {name, sent_as, _camel(sent_as)}
    return any(re.search(rf"(?<![\w-]){re.escape(s)}(?![\w-])", words) for s in spellings)


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(map(str.capitalize, rest))


_adaptations: dict[tuple[str, str, str], Adaptation] = {}


def adaptation_for(wire: Wire, address: str, model: str) -> Adaptation:
    """What this process has learned about a model of a server."""
    key = (type(wire).__name__, address, model)
    return _adaptations.setdefault(key, Adaptation(wire.modes))
