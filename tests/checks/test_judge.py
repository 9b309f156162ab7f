"""The optional judge: asked about doubtful numbers and claims only, and only if there are any."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from summarizer import Claim, Summary, crosscheck, summarize
from summarizer.judge import is_doubtful
from summarizer.models import resolve_model
from summarizer.models.retry import Limits
from tests.support.drafts import ARTICLE, GOOD
from tests.support.server import Reply, ScriptedServer, answer

IMPATIENT = Limits(transport_retries=0)

SOURCE = (
    "Bob Hall spoke at length. Fares rose 12% last year. Sales at the firm, based in Kent, fell 20% in"
    " spring."
)
DOUBTFUL = "Sales of the firm moved by 12%."
SURE = "Fares rose 12% last year."


def judged(server: ScriptedServer, summary: str, *said: str):
    server.will(answer(answers=list(said)))
    return crosscheck(
        summary, SOURCE, judge=resolve_model("j", base_url=server.base_url, api_key="k")
    )


def test_the_case_is_doubtful() -> None:
    assert [is_doubtful(n) for n in crosscheck(DOUBTFUL, SOURCE).numbers] == [True]
    assert [is_doubtful(n) for n in crosscheck(SURE, SOURCE).numbers] == [False]


@pytest.mark.parametrize(("said", "flagged"), [("yes", False), ("no", True)])
def test_the_judge_decides_what_is_doubtful(
    server: ScriptedServer, said: str, flagged: bool
) -> None:
    (number,) = judged(server, DOUBTFUL, said).numbers
    assert number.verdict.flagged is flagged
    assert "confirmed by the judge, j" in number.reason or "the judge (j) says" in number.reason
    prompt = server.requests[0]["messages"][0]["content"]
    assert "Fares rose 12% last year." in prompt
    assert len(server.requests) == 1


def test_the_judge_is_not_asked_where_nothing_is_doubtful(server: ScriptedServer) -> None:
    assert judged(server, SURE, "no").ok
    assert server.requests == []


def test_numbers_that_the_source_lacks_are_not_put_to_the_judge(server: ScriptedServer) -> None:
    assert not judged(server, "The fine was £400.", "yes").ok
    assert server.requests == []


LOOSE = {
    **GOOD,
    "end": [
        {"sentence": 6, "text": "Police suspect an electrical fault caused the fire."},
        {"sentence": 5, "text": "Bob Hall said the mill would be rebuilt within two years."},
    ],
}


@pytest.mark.parametrize(("said", "stands"), [("yes", True), ("no", False)])
def test_a_doubtful_claim_is_put_to_the_judge(said: str, stands: bool) -> None:
    with ScriptedServer() as writer, ScriptedServer() as reader:
        writer.will(answer(**LOOSE))
        reader.will(
            lambda body: answer(answers=[said] * body["messages"][0]["content"].count("STATEMENT:"))
        )
        summary = summarize(
            ARTICLE,
            "w",
            base_url=writer.base_url,
            api_key="k",
            on_problem="drop",
            judge=resolve_model("j", base_url=reader.base_url, api_key="k"),
        )
    assert ("electrical fault" in summary.text) is stands
    assert "Police suspect" in reader.requests[0]["messages"][0]["content"]
    assert "Four people were hurt." not in reader.requests[0]["messages"][0]["content"]
    assert (len(writer.requests), len(reader.requests), summary.usage.requests) == (1, 1, 2)


def judged_summary(
    writer: ScriptedServer, reader: ScriptedServer, **options: Any
) -> tuple[Summary, int, int]:
    """A summary whose doubtful claim goes to a judge, and how often each was asked."""
    summary = summarize(
        ARTICLE,
        "w",
        base_url=writer.base_url,
        api_key="k",
        judge=resolve_model("j", base_url=reader.base_url, api_key="k", limits=IMPATIENT),
        **options,
    )
    return summary, len(writer.requests), len(reader.requests)


def says(word: str) -> Callable[[dict[str, Any]], Reply]:
    return lambda body: answer(answers=[word] * body["messages"][0]["content"].count("STATEMENT:"))


def test_a_new_wording_is_put_to_the_judge_again() -> None:
    """A claim that the judge denied is not accepted for being repeated, and not sent a third time."""
    with ScriptedServer() as writer, ScriptedServer() as reader:
        again = answer(items=[LOOSE["end"][0]["text"]])  # type: ignore[index]
        writer.will(answer(**LOOSE), again)
        summary, written, read = judged_summary(writer, reader.will(says("no")))
    assert "electrical fault" not in summary.text
    assert "the judge (j) says" in summary.rejected[0].reasons[0]
    assert (written, read) == (2, 2)


def test_what_a_policy_function_writes_is_put_to_the_judge() -> None:
    def decide(claim: Claim, _: list[str]) -> Claim:
        return claim.model_copy(update={"text": claim.text.replace("electrical", "unknown")})

    with ScriptedServer() as writer, ScriptedServer() as reader:
        writer.will(answer(**LOOSE))
        summary, written, read = judged_summary(writer, reader.will(says("no")), on_problem=decide)
    assert "fault" not in summary.text
    assert (written, read) == (1, 2)


def test_a_judge_that_cannot_be_asked_confirms_nothing() -> None:
    with ScriptedServer() as writer, ScriptedServer() as reader:
        writer.will(answer(**LOOSE))
        summary, _, _ = judged_summary(writer, reader.will(Reply(500)), on_problem="drop")
    assert len(summary.claims) == 5
    assert "not confirmed by the judge" in summary.rejected[0].reasons[0]
    assert "the judge could not be asked" in summary.rejected[0].reasons[1]
    assert summary.usage.requests == 2


def test_a_line_that_was_not_judged_is_not_sent_back() -> None:
    with ScriptedServer() as writer, ScriptedServer() as reader:
        writer.will(answer(**LOOSE))
        summary, written, _ = judged_summary(writer, reader.will(Reply(401, "{}")))
    assert written == 1
    assert len(summary.claims) == 5
