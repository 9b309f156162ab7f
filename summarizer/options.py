"""The options of `summarize`: each once, with its default, its range and its help text.

The Python API, the command line, the prompt templates and the fingerprint of a batch read them from
here. A new option is one line in `Options`, and its type in
`pipeline.keywords` for type checkers.
"""

# ruff: noqa: RUF009 - `option` makes a dataclass field

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

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


def option(
    default: Any,
    low: float | None = None,
    high: float | None = None,
    help: str = "",
    *,
    decides: bool = True,
) -> Any:
    """Define an option as a field of `Options`.

    Args:
        default: Its value if it is not given.
        low: The smallest value, for a number.
        high: The largest value.
        help: One sentence for the command line and the documentation.
        decides: False if it does not change the summary: it is then left out of the fingerprint of
            a batch and not passed to templates.
    """
    return field(
        default=default, metadata={"low": low, "high": high, "help": help, "decides": decides}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a text is summarized.

    Raises:
        InputError: An option is out of its range, or names something that does not exist.

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
    api_key: str | None = option(None, help="API key, if not in the environment.", decides=False)
    cache: Any = option(
        None, help="Keep the model's answers, so that no request is paid for twice.", decides=False
    )
    context_tokens: int | None = option(
        None, 1000, 10_000_000, "Tokens that the model can read and write, if not known."
    )
    on_event: OnEvent | None = option(None, help="Called with every event.", decides=False)

    def __post_init__(self) -> None:
        for each in OPTIONS.values():
            each.check_range(getattr(self, each.name))
        if self.on_problem not in get_args(Policy) and not callable(self.on_problem):
            names = ", ".join(get_args(Policy))
            raise InputError(
                f"on_problem={self.on_problem!r}: choose one of {names}, or pass a function."
            )
        if self.prompt_file and not self.prompt_file.is_file():
            raise InputError(f"prompt={str(self.prompt_file)!r}: no such file.")

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
    """What its field in `Options` says about one option; see `option` for the attributes."""

    name: str
    default: Any
    low: float | None
    high: float | None
    help: str
    decides: bool

    def check_range(self, value: Any) -> None:
        """Refuse a number outside of the range.

        Raises:
            InputError: It is.
        """
        if self.low is None or self.high is None or value is None:
            return
        if not self.low <= value <= self.high:
            raise InputError(f"{self.name}={value}: choose {self.low} to {self.high}.")

    def __str__(self) -> str:
        bounds = "" if self.low is None else f" ({self.low} to {self.high})"
        default = "" if self.default is None else f" Default: {self.default}."
        return f"`{self.name}`{bounds}: {self.help}{default}"


OPTIONS = {f.name: Option(f.name, f.default, **f.metadata) for f in fields(Options)}
"""Every option by its name, in the order of `Options`."""


def lists_options(function: F) -> F:
    """List the options at the end of a function's docstring, so that `help()` shows them."""
    listed = "\n".join(f"        - {each}" for each in OPTIONS.values())
    function.__doc__ = f"{function.__doc__}\n\n    Options:\n{listed}\n"
    return function
