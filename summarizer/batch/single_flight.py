"""Single flight: the same question, asked twice at the same time, is sent once."""

from __future__ import annotations

import asyncio
import copy
from dataclasses import replace
from typing import Any, cast

from ..errors import ModelError
from ..models import Answer, Model, Request
from ..models.base import T
from ..models.cached_model import request_key


def single_flight(model: Model) -> Model:
    """The model, where an async request that is already under way is waited for, not sent again."""
    return cast(Model, _SingleFlight(model))


class _SingleFlight:
    """Passes everything on to a model, but each question only once at a time."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._under_way: dict[str, asyncio.Future[Answer[Any]]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    async def aask(self, request: Request[T]) -> Answer[T]:
        """The model's answer; who waited for another's request has paid nothing for it.

        Raises:
            ModelError: As the model does, to everyone who waited.
        """
        key = request_key(self._model, request)
        while (asked := self._under_way.get(key)) is not None:
            await asyncio.wait([asked])
            if not asked.cancelled():  # else its article ran out of time, and another asks
                return _shared(asked)
        asked = self._under_way[key] = asyncio.get_running_loop().create_future()
        try:
            answer = await self._model.aask(request)
            asked.set_result(answer)
        except Exception as error:
            asked.set_exception(error)
            asked.exception()  # it is no fault if nobody waits for it
            raise
        finally:
            asked.cancel()  # of no effect once it is done
            del self._under_way[key]
        return answer


def _shared(asked: asyncio.Future[Answer[T]]) -> Answer[T]:
    """What another request came to, at no cost."""
    free = {"requests": 0, "input_tokens": 0, "output_tokens": 0, "cost": 0.0}
    error = asked.exception()
    if error is None:
        return replace(asked.result(), **cast(Any, free))
    if isinstance(error, ModelError):
        error = copy.copy(error)
        vars(error).update(free)
    raise error
