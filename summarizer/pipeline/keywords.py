"""The options of `summarize` as keyword arguments, with the types that a type checker holds users to.

Defaults, ranges and help texts are in `options`; a test compares the names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from ..events import OnEvent
from ..options import Policy
from ..summary import Claim

if TYPE_CHECKING:
    from ..models.cache import Cache

Decide = Callable[[Claim, list[str]], Claim | None]
"""A policy of your own: the claim and its problems in; the claim to keep, or None to withdraw it.
What it returns is checked again."""
OnProblem = Policy | Decide


class OptionKeywords(TypedDict, total=False):
    """The types of the options as keyword arguments, for type checkers; described in `Options`."""

    on_problem: OnProblem
    max_reasks: int
    max_claims: int
    max_figures: int
    focus: str | None
    language: str | None
    instructions: str | None
    prompt: str | Path | None
    judge: Any
    base_url: str | None
    api_key: str | None
    model_options: Mapping[str, Any] | None
    cache: Cache | str | Path | bool | None
    context_tokens: int | None
    on_event: OnEvent | None
