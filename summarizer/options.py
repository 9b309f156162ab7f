"""The options of `summarize`: each once, with its default, its range and its help text.

The Python API, the command line, the prompt templates and the fingerprint of a batch read them from
here. A new option is one line in `Options`, and its type in
`pipeline.keywords` for type checkers.
"""

# ruff: noqa: RUF009 - `option` makes a dataclass field

from __future__ import annotations

import difflib
import math
import reprlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Self, TypeVar, Union, get_args, get_origin, get_type_hints

from .errors import InputError
from .events import OnEvent

Policy = Literal["reask", "repair", "flag", "drop", "raise"]
"""What happens to lines that fail their check:

- "reask" sends them back with the problems, and withdraws what still fails;
- "repair" puts in the source's own value or words where the check names them, without a request,
  and withdraws the rest;
- "flag" keeps them, marked by their checks (except for a headline, which has no place for a mark);
- "drop" withdraws them at once;
- "raise" raises CrossCheckError.
"""
OnProblem = Policy | Callable[..., Any]
"""A policy by its name, or a function of your own: `Decide` in `pipeline.keywords`."""

F = TypeVar("F", bound=Callable[..., Any])

_KINDS: dict[Any, tuple[str, Callable[[Any], bool]]] = {
    int: ("a whole number", lambda v: isinstance(v, int) and not isinstance(v, bool)),
    float: (
        "a number",
        lambda v: isinstance(v, int | float) and not isinstance(v, bool) and math.isfinite(v),
    ),
    str: ("a text", lambda v: isinstance(v, str)),
    Path: ("a path", lambda v: isinstance(v, Path)),
    Callable: ("a function", callable),
    Mapping: (
        "a dictionary",
        lambda v: isinstance(v, Mapping) and all(isinstance(name, str) for name in v),
    ),
    NoneType: ("None", lambda v: v is None),
}
"""What the type of an option means, for a value and in words; types that are not here are checked
by whoever uses the option."""
_SHOWN = reprlib.Repr()
_SHOWN.maxstring = _SHOWN.maxother = 60


def option(
    default: Any,
    low: float | None = None,
    high: float | None = None,
    help: str = "",
    *,
    decides: bool = True,
    secret: bool = False,
) -> Any:
    """Define an option as a field of `Options`.

    Args:
        default: Its value if it is not given.
        low: The smallest value, for a number.
        high: The largest value.
        help: One sentence for the command line and the documentation.
        decides: False if it does not change the summary: it is then left out of the fingerprint of
            a batch and not passed to templates.
        secret: True if neither error messages nor `repr` may show its value.
    """
    metadata = {"low": low, "high": high, "help": help, "decides": decides, "secret": secret}
    return field(default=default, metadata=metadata, repr=not secret)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a text is summarized.

    Raises:
        InputError: An option is of the wrong type or out of its range, or names something that does
            not exist.

    Example:
        >>> Options(max_claims=3).max_claims
        3
        >>> Options(max_claims=99)
        Traceback (most recent call last):
        summarizer.errors.InputError: max_claims=99: choose 1 to 30.
    """

    on_problem: OnProblem = option("reask", help="What to do with lines that fail their check.")
    max_reasks: int = option(2, 0, 5, "How often failed lines are sent back to the model.")
    max_claims: int = option(6, 1, 30, "Maximum number of claims.")
    max_figures: int = option(16, 0, 40, "Maximum number of key figures.")
    focus: str | None = option(None, help="A question that the summary should answer.")
    language: str | None = option(None, help="Language of the headline and the claims.")
    instructions: str | None = option(None, help="Further instructions for the model.")
    prompt: str | Path | None = option(None, help="A Jinja file that replaces the summary prompt.")
    judge: Any = option(None, help="A model that answers yes or no about doubtful lines.")
    base_url: str | None = option(
        None, help="Address of an OpenAI-compatible server.", decides=False
    )
    api_key: str | None = option(
        None, help="API key, if not in the environment.", decides=False, secret=True
    )
    model_options: Mapping[str, Any] | None = option(
        None,
        help="Further arguments of each request: max_tokens, reasoning_effort, headers, …",
        decides=False,  # they are part of the model's identity
        secret=True,
    )
    cache: Any = option(
        None, help="Keep the model's answers, so that no request is paid for twice.", decides=False
    )
    context_tokens: int | None = option(
        None, 1000, 10_000_000, "Tokens that the model can read and write, if not known."
    )
    on_event: OnEvent | None = option(None, help="Called with every event.", decides=False)

    def __post_init__(self) -> None:
        check_options(self, OPTIONS)
        if self.prompt_file and not self.prompt_file.is_file():
            what = "a folder, not a file" if self.prompt_file.is_dir() else "no such file"
            raise InputError(f"prompt={str(self.prompt_file)!r}: {what}.")

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """The options of keyword arguments that a user wrote.

        Raises:
            InputError: One of them is wrong, or there is no option of that name.

        >>> Options.of({"max_claim": 3})
        Traceback (most recent call last):
        summarizer.errors.InputError: There is no option 'max_claim': did you mean 'max_claims'?
        """
        for name in values:
            if name not in OPTIONS:
                near = difflib.get_close_matches(name, OPTIONS, 1)
                hint = (
                    f"did you mean {near[0]!r}?" if near else f"choose among {', '.join(OPTIONS)}."
                )
                raise InputError(f"There is no option {name!r}: {hint}")
        return cls(**values)

    @property
    def prompt_file(self) -> Path | None:
        """The user's own summary prompt, if there is one."""
        return Path(self.prompt) if self.prompt else None

    @property
    def is_translation(self) -> bool:
        """True if the summary may be in another language than the article."""
        return self.language is not None

    @property
    def decisive(self) -> dict[str, Any]:
        """The options that decide what comes out, by name."""
        return {each.name: getattr(self, each.name) for each in OPTIONS.values() if each.decides}


@dataclass(frozen=True, slots=True)
class Option:
    """What its field says about one option; see `option` for the attributes.

    Attributes:
        type: Its annotation.
    """

    name: str
    type: Any
    default: Any
    low: float | None
    high: float | None
    help: str
    decides: bool
    secret: bool

    def check(self, value: Any) -> None:
        """Refuse a value of another type or out of the range.

        Raises:
            InputError: It is.

        >>> OPTIONS["max_claims"].check("3")
        Traceback (most recent call last):
        summarizer.errors.InputError: max_claims='3': give a whole number from 1 to 30.
        """
        if not any(holds(value) for _, holds in self._kinds):
            raise InputError(f"{self._shown(value)}: give {self.expected}.")
        if isinstance(value, str) and not _is_unicode(value):
            raise InputError(f"{self._shown(value)}: it is not valid Unicode (a lone surrogate).")
        if value is None:
            return
        too_low = self.low is not None and value < self.low
        if too_low or (self.high is not None and value > self.high):
            raise InputError(f"{self._shown(value)}: choose {self.range}.")

    @property
    def range(self) -> str:
        """Its range in words; "" if any value will do."""
        if self.high is not None:
            return f"{self.low} to {self.high}"
        return "" if self.low is None else f"{self.low} or more"

    @property
    def expected(self) -> str:
        """What it takes, in words.

        >>> OPTIONS["focus"].expected
        'a text or None'
        """
        first, *rest = (words for words, _ in self._kinds if words)
        if self.range:
            first += f" from {self.range}" if self.high is not None else f", {self.range}"
        return " or ".join([", ".join([first, *rest[:-1]]), *rest[-1:]])

    @property
    def _kinds(self) -> list[tuple[str, Callable[[Any], bool]]]:
        is_union = get_origin(self.type) in (UnionType, Union)
        return list(map(_kind, get_args(self.type) if is_union else (self.type,)))

    def _shown(self, value: Any) -> str:
        shown = f"<{type(value).__name__}>" if self.secret else _SHOWN.repr(value)
        return f"{self.name}={shown}"

    def __str__(self) -> str:
        bounds = "" if self.low is None else f" ({self.range})"
        default = "" if self.default is None else f" Default: {self.default}."
        return f"`{self.name}`{bounds}: {self.help}{default}"


def options_of(group: type) -> dict[str, Option]:
    """Every option of a dataclass whose fields are made by `option`, by its name, in their order."""
    types = get_type_hints(group)
    return {
        f.name: Option(name=f.name, type=types[f.name], default=f.default, **f.metadata)
        for f in fields(group)
    }


def check_options(group: Any, options: Mapping[str, Option]) -> None:
    """Check the values of an instance of such a dataclass.

    Raises:
        InputError: A value is of the wrong type or out of its range.
    """
    for each in options.values():
        each.check(getattr(group, each.name))


def _kind(annotation: Any) -> tuple[str, Callable[[Any], bool]]:
    """One type, or one member of a union, as in `_KINDS`."""
    if get_origin(annotation) is Literal:
        names = get_args(annotation)
        return f"one of {', '.join(names)}", lambda v: isinstance(v, str) and v in names
    return _KINDS.get(get_origin(annotation) or annotation, ("", lambda _: True))


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


OPTIONS = options_of(Options)
"""Every option by its name, in the order of `Options`."""


def lists_options(function: F) -> F:
    """List the options at the end of a function's docstring, so that `help()` shows them."""
    listed = "\n".join(f"        - {each}" for each in OPTIONS.values())
    function.__doc__ = f"{function.__doc__}\n\n    Options:\n{listed}\n"
    return function
