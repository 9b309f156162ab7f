"""Call: the flow of one text, with what it is waiting for and what it has cost so far."""

from __future__ import annotations

import time
from typing import Any

from ..article import Article
from ..errors import CrossCheckError, InputError
from ..events import Finished, emit
from ..models import Request
from ..sources.encoding import LONE_SURROGATE
from ..summary import Summary, Usage
from .conversation import summary_flow
from .flow import Reply
from .session import Session


class Call:
    """One text on its way through its flow; a driver sends the requests until none is left.

    Attributes:
        session: The options and the models.
        requests: The round of requests that wait for their replies; empty at the end.
        result: At the end, the Summary or an instance of the user's schema.
        usage: What the replies took so far.

    Raises:
        InputError: The model cannot read the text.
    """

    def __init__(self, article: Article, session: Session) -> None:
        self.session = session
        self.requests: list[Request[Any]] = []
        self.result: Any = None
        self.usage = Usage(cost=0.0)
        self._started = time.perf_counter()
        self._flow = summary_flow(article, session)
        self._advance(None)

    def send(self, replies: list[Reply]) -> None:
        """Pass on the replies to all pending requests, in their order.

        Raises:
            ModelError: There is no answer where one is needed.
            CrossCheckError: A check failed and `on_problem="raise"`.
        """
        for reply in replies:
            self.usage = add_usage(self.usage, reply)
        self._advance(replies)

    def _advance(self, replies: list[Reply] | None) -> None:
        try:
            self.requests = self._flow.send(replies)  # type: ignore[arg-type]  # None begins
        except StopIteration as done:
            self.requests, self.result = [], done.value
            if isinstance(done.value, Summary):
                self._finish(done.value)

    def _finish(self, summary: Summary) -> None:
        self.usage.seconds = round(time.perf_counter() - self._started, 3)
        summary.usage = self.usage
        kept, rejected = len(summary.claims), len(summary.rejected)
        event = Finished(kept, rejected, self.usage.requests, self.usage.seconds)
        emit(event, self.session.options.on_event)
        if self.session.options.on_problem == "raise" and summary.rejected:
            reasons = "; ".join(reason for item in summary.rejected for reason in item.reasons)
            raise CrossCheckError(f"{rejected} line(s) failed their check: {reasons}", summary)


def add_usage(usage: Usage, spent: Reply | Usage) -> Usage:
    """Add what an answer, a failed request or a whole summary took: unknown stays unknown."""
    sums: dict[str, Any] = {"requests": usage.requests + spent.requests}
    for name in ("input_tokens", "output_tokens", "cost"):
        known, more = getattr(usage, name), getattr(spent, name)
        total = None if known is None or more is None else known + more
        sums[name] = round(total, 8) if isinstance(total, float) else total
    return usage.model_copy(update=sums)


def as_article(text: str | Article) -> Article:
    """The text as an Article.

    Raises:
        InputError: It is not text, has no word, or has half a surrogate pair, which neither a file
            nor a request can hold.
    """
    article = Article.of(text)
    if (broken := LONE_SURROGATE.search(article.text)) is not None:
        raise InputError(
            f"The text is not valid Unicode (a lone surrogate at character {broken.start():,}):"
            " decode its bytes with the right encoding, or with errors='replace'."
        )
    if not any(map(str.isalnum, article.text)):
        size = len(article.text)
        raise InputError(
            f"The text has no words to summarize ({size} characters, none a letter or digit)."
        )
    return article
