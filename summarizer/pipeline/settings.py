"""Settings: the options of a call, validated, with the models found; good for any text."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from pydantic import BaseModel

from ..article import Article
from ..errors import InputError
from ..events import OnEvent
from ..models.cache import Cache
from ..prompts import Wishes, prompt_version
from ..sources.encoding import LONE_SURROGATE
from .candidates import MOST_LISTED
from .draft import MOST_FIGURES_SHOWN
from .policies import OnProblem, check_policy

if TYPE_CHECKING:
    from ..models import Model, Request

MOST_REASKS = 5
MOST_CLAIMS = 30
LEAST_CONTEXT = 1000


class Options(TypedDict, total=False):
    """The options of `summarize`, where they are described."""

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
    cache: Cache | str | Path | bool | None
    context_tokens: int | None
    on_event: OnEvent | None


@dataclass(frozen=True, slots=True)
class Settings:
    """What is to be done with a text, and whom to ask.

    Attributes:
        model: Who writes.
        on_problem: What happens to lines that fail their check.
        max_reasks: How often they are sent back.
        wishes: What the user asks for besides.
        schema: A schema of the user's own, instead of a Summary.
        judge: Who decides about doubtful lines; None for nobody.
        owns_model: True if the model was found by its name: its connections are nobody else's.
        on_event: Told what goes on.
    """

    model: Model
    on_problem: OnProblem
    max_reasks: int
    wishes: Wishes
    schema: type[BaseModel] | None = None
    judge: Model | None = None
    owns_model: bool = False
    on_event: OnEvent | None = None

    def whom(self, request: Request[Any]) -> Model:
        """The model that a request goes to."""
        return self.judge if request.for_judge and self.judge else self.model

    @property
    def keeps_answers(self) -> bool:
        """True if there is a cache."""
        from ..models.cached_model import CachedModel

        return isinstance(self.model, CachedModel)

    async def aclose(self) -> None:
        """Close the connections of models that were found by their names."""
        if self.owns_model:
            await self.model.aclose()

    @property
    def fingerprint(self) -> str:
        """A hash of all that decides what comes out: results of other settings are not mixed."""
        wishes = self.wishes
        policy = self.on_problem if isinstance(self.on_problem, str) else "function"
        decisive = [
            self.model.identity,
            self.judge.identity if self.judge else None,
            self.schema.model_json_schema() if self.schema else None,
            [policy, self.max_reasks],
            [
                wishes.max_claims,
                wishes.max_figures,
                wishes.focus,
                wishes.language,
                wishes.instructions,
            ],
            prompt_version(wishes.prompt),
        ]
        return hashlib.sha256(json.dumps(decisive, sort_keys=True).encode()).hexdigest()[:12]


def make_settings(
    model: Any,
    schema: type[BaseModel] | None = None,
    *,
    on_problem: OnProblem = "reask",
    max_reasks: int = 2,
    max_claims: int = 6,
    max_figures: int = MOST_FIGURES_SHOWN,
    focus: str | None = None,
    language: str | None = None,
    instructions: str | None = None,
    prompt: str | Path | None = None,
    judge: Any = None,
    base_url: str | None = None,
    api_key: str | None = None,
    cache: Cache | str | Path | bool | None = None,
    context_tokens: int | None = None,
    on_event: OnEvent | None = None,
) -> Settings:
    """Refuse what is wrong before any model is looked for; then find the models.

    Raises:
        InputError: An option is wrong.
        NoModelError: No model was named and none was found.
        ModelError: What was named cannot be used.
    """
    check_policy(on_problem)
    for name, value, low, high in (
        ("max_reasks", max_reasks, 0, MOST_REASKS),
        ("max_claims", max_claims, 1, MOST_CLAIMS),
        ("max_figures", max_figures, 0, MOST_LISTED),
        ("context_tokens", context_tokens or LEAST_CONTEXT, LEAST_CONTEXT, 10_000_000),
    ):
        if not low <= value <= high:
            raise InputError(f"{name}={value}: choose {low} to {high}.")
    path = Path(prompt) if prompt else None
    if path and not path.is_file():
        raise InputError(f"prompt={str(path)!r}: no such file.")
    from ..models import cached, resolve_model  # loads openai and instructor, a second's work

    kept = Cache.of(cache)
    named = resolve_model(model, base_url=base_url, api_key=api_key)
    found = cached(_with(named, context_tokens, on_event), kept)
    reader = None
    if judge is not None:
        reader = cached(_with(resolve_model(judge), None, on_event), kept)
    wishes = Wishes(instructions, language, focus, max_claims, max_figures, path)
    is_named = model is None or isinstance(model, str)
    return Settings(found, on_problem, max_reasks, wishes, schema, reader, is_named, on_event)


def _with(model: Model, context_tokens: int | None, on_event: OnEvent | None) -> Model:
    """The model with another context, or with somebody who is told of its requests."""
    from ..models.instructor_model import InstructorModel

    if isinstance(model, InstructorModel):
        context = context_tokens or model.context_tokens
        return replace(model, context_tokens=context, on_event=on_event)
    return model


def readable(text: str | Article) -> Article:
    """The text as an Article.

    Raises:
        InputError: It is not text, has no word, or has half a surrogate pair, which no file and
            no request can hold.
    """
    article = Article.of(text)
    if (broken := LONE_SURROGATE.search(article.text)) is not None:
        raise InputError(
            f"The text is no valid Unicode (a lone surrogate at character {broken.start():,}):"
            " decode its bytes with the right encoding, or with errors='replace'."
        )
    if not any(map(str.isalnum, article.text)):
        size = len(article.text)
        raise InputError(
            f"The text has no words to summarize ({size} characters, none a letter or digit)."
        )
    return article
