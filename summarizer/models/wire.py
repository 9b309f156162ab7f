"""A question as the body of a request, and its answer from the body of a response, without sending.

Both go through instructor, so that what is sent in a batch is what would have been sent at once.
"""

from __future__ import annotations

from typing import Any

from ..errors import ModelError
from ..fields import checking
from .base import Answer, Request, T
from .cost import cost
from .faults import causes, trouble_in
from .instructor_model import InstructorModel

BATCH_DISCOUNT = 0.5
"""What a batch costs of the price of the same requests at once."""


class _SentError(Exception):
    def __init__(self, body: dict[str, Any]) -> None:
        super().__init__()
        self.body = body


def body_of(request: Request[Any], model: InstructorModel) -> dict[str, Any]:
    """What is sent to ask this."""

    def send(**body: Any) -> Any:
        raise _SentError(body)

    try:
        _through_instructor(request, model, send)
    except Exception as error:
        for cause in causes(error):
            if isinstance(cause, _SentError):
                return cause.body
        raise
    raise AssertionError("instructor sent nothing")


def answer_from(request: Request[T], model: InstructorModel, response: dict[str, Any]) -> Answer[T]:
    """The answer in the body of a batch's response, with what it cost there.

    Raises:
        ModelError: There is none, or it does not fit the schema.
    """
    from openai.types.chat import ChatCompletion

    try:
        completion = ChatCompletion.model_validate(response)
        with checking(request.source):
            value = _through_instructor(request, model, lambda **_: completion)
    except Exception as error:
        reason = trouble_in(completion) if "completion" in locals() else None
        raise ModelError(
            f"{model.name}: {reason or 'the answer did not fit the schema'}"
        ) from error
    usage = completion.usage
    if usage is None:
        return Answer(value, None, None, 1)
    sent, received = usage.prompt_tokens, usage.completion_tokens
    paid = cost(model.name, model.address, sent, received)
    return Answer(value, sent, received, 1, None if paid is None else paid * BATCH_DISCOUNT)


def _through_instructor(request: Request[T], model: InstructorModel, create: Any) -> T:
    import instructor

    patched = instructor.patch(create=create, mode=instructor.Mode.JSON_SCHEMA)
    value: T = patched(
        model=model.model,
        messages=[dict(m) for m in request.messages],
        response_model=request.schema,
        max_retries=0,
        **model.settings,
    )
    return value
