"""Session: the options of a call with the models found; good for any number of texts."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Unpack

from pydantic import BaseModel

from ..fields import require_schema
from ..models import Model, Request, cached, resolve_model
from ..models.cache import Cache
from ..options import Options
from ..prompts import prompt_version, require_template
from .keywords import OptionKeywords

TOKENS_FOR_ANSWER = 1200
"""Kept free for what the model writes, and for its first answer when lines are sent back."""
UNKNOWN_CONTEXT = 32_000
"""What a model is assumed to read if its context is not known."""


@dataclass(frozen=True, slots=True)
class Session:
    """How texts are summarized, and by which models.

    Attributes:
        model: Writes the draft.
        options: What the user asked for.
        schema: A schema of the user's own, instead of a Summary.
        judge: Optional second model, which is asked about doubtful lines.
        owns_model: True if the model was found by its name, so that nothing else uses its
            connections.
    """

    model: Model
    options: Options
    schema: type[BaseModel] | None = None
    judge: Model | None = None
    owns_model: bool = False

    def model_for(self, request: Request[Any]) -> Model:
        """The model that a request goes to."""
        return self.judge if request.for_judge and self.judge else self.model

    @property
    def context_tokens(self) -> int:
        """Tokens that the model can read and write together."""
        return self.model.context_tokens or UNKNOWN_CONTEXT

    @property
    def prompt_tokens(self) -> int:
        """Tokens that the messages may take, so that there is room for the answer."""
        return self.context_tokens - TOKENS_FOR_ANSWER

    @property
    def keeps_answers(self) -> bool:
        """True if answers are cached, so that the same call continues with those it has."""
        return self.model.cache is not None

    async def aclose(self) -> None:
        """Close the connections of a model that was found by its name."""
        if self.owns_model:
            await self.model.aclose()

    @property
    def fingerprint(self) -> str:
        """A hash of all that decides what comes out, so that results are not mixed.

        Every option counts unless its field says otherwise; of a function only that it is one.
        """
        decisive = {
            **self.options.decisive,
            "model": self.model.identity,
            "context_tokens": self.model.context_tokens,
            "judge": self.judge.identity if self.judge else None,
            "prompt": prompt_version(self.options.prompt_file),
            "schema": self.schema.model_json_schema() if self.schema else None,
        }
        data = json.dumps(decisive, sort_keys=True, default=_described)
        return hashlib.sha256(data.encode()).hexdigest()[:12]


def make_session(
    model: Any, schema: type[BaseModel] | None = None, **options: Unpack[OptionKeywords]
) -> Session:
    """Check the options before any model is looked for; then find the models.

    Args:
        model: As in `summarize`.
        schema: As in `summarize`.
        **options: As in `summarize`.

    Raises:
        InputError: An option is wrong, or the schema is not a pydantic model.
        NoModelError: No model was named and none was found.
        ModelError: The model that was named cannot be used.
    """
    chosen = Options.of(options)
    if schema is not None:
        require_schema(schema)
    require_template(chosen.prompt_file)
    cache = Cache.of(chosen.cache)
    writer = resolve_model(
        model,
        base_url=chosen.base_url,
        api_key=chosen.api_key,
        options=chosen.model_options,
    )
    writer = cached(_configured(writer, chosen, chosen.context_tokens), cache)
    judge = None
    if chosen.judge is not None:
        judge = cached(_configured(resolve_model(chosen.judge), chosen), cache)
    owns_model = model is None or isinstance(model, str)
    return Session(writer, chosen, schema, judge, owns_model)


def _configured(model: Model, options: Options, context_tokens: int | None = None) -> Model:
    """The model with the user's context size and event callback."""
    return model.with_options(context_tokens=context_tokens, on_event=options.on_event)


def _described(value: Any) -> str:
    """A stable string for what JSON cannot hold: an address in memory would differ each time."""
    return "function" if callable(value) else str(value)
