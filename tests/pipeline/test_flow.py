"""The pure core: flows driven by hand, lines that never change, usage that is added up."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer import Article, ModelError, Summary, Usage
from summarizer.models import Answer, Request, resolve_model
from summarizer.options import Options
from summarizer.pipeline.call import Call, add_usage
from summarizer.pipeline.draft import Repair
from summarizer.pipeline.flow import Flow, Reply, gather, unwrap
from summarizer.pipeline.lines import Line, Source, check_line
from summarizer.pipeline.revise import judge_lines, revise
from summarizer.pipeline.session import Session
from tests.support.drafts import ARTICLE, BAD_CLAIM, CLAIMS, GOOD, with_bad_claim

GONE = ModelError("the server is gone", requests=2)


def replied(value: Any) -> Answer[Any]:
    return Answer(value, 100, 20, 1, 0.5)


def session(**options: Any) -> Session:
    """A session whose models are never asked: the replies are made here."""
    model = resolve_model("m", base_url="http://127.0.0.1:9/v1", api_key="k")
    judge = model if options.pop("judged", False) else None
    return Session(model, Options(**options), judge=judge)


def line(text: str, sentence: int = 3) -> Line:
    return check_line("claim", sentence, text, Source.whole(Article(ARTICLE)))


def drive(flow: Flow, *rounds: Reply) -> Any:
    """The result of a flow that makes one request in each round."""
    try:
        assert len(next(flow)) == 1
        for reply in rounds:
            flow.send([reply])
    except StopIteration as done:
        return done.value
    raise AssertionError("the flow has not ended")


# Flows.


def counting(rounds: int) -> Flow:
    """A flow that makes so many requests, and returns the replies."""
    replies = []
    for number in range(rounds):
        [reply] = yield [Request([{"role": "user", "content": str(number)}], Repair)]
        replies.append(unwrap(reply))
    return replies


def test_flows_are_asked_side_by_side_until_each_has_ended() -> None:
    flow = gather([counting(2), counting(0), counting(1)])
    assert [r.messages[0]["content"] for r in next(flow)] == ["0", "0"]
    assert [r.messages[0]["content"] for r in flow.send([replied("a"), replied("b")])] == ["1"]
    with pytest.raises(StopIteration) as done:
        flow.send([replied("c")])
    assert done.value.value == [["a", "c"], [], ["b"]]


def test_a_missing_answer_is_raised_in_the_flow_that_needs_it() -> None:
    with pytest.raises(ModelError, match="the server is gone"):
        drive(counting(1), GONE)


# Calls.


def test_a_call_counts_every_reply_and_hands_it_to_its_summary() -> None:
    call = Call(Article(ARTICLE), session())
    [request] = call.requests
    call.send([replied(request.schema.model_validate(with_bad_claim()))])
    assert call.result is None
    call.send([GONE])
    assert isinstance(call.result, Summary)
    assert call.requests == []
    assert call.result.rejected[0].attempts == [BAD_CLAIM]
    usage = call.result.usage
    assert (usage.requests, usage.input_tokens, usage.cost) == (3, 100, 0.5)


def test_two_calls_of_one_session_share_nothing() -> None:
    shared = session()
    calls = [Call(Article(ARTICLE), shared) for _ in range(2)]
    for call in calls:
        call.send([replied(call.requests[0].schema.model_validate(GOOD))])
    assert [call.result.usage.requests for call in calls] == [1, 1]


@pytest.mark.parametrize(
    ("spent", "total"),
    [
        (Answer(None, 10, 5, 1, 0.25), (2, 110, 25, 0.75)),
        (Answer(None, None, None, 1, None), (2, None, None, None)),
        (ModelError("gone", requests=3, input_tokens=7), (4, 107, 20, 0.5)),
        (Usage(requests=1, input_tokens=1, output_tokens=1, cost=0.1), (2, 101, 21, 0.6)),
    ],
)
def test_what_is_unknown_once_stays_unknown(spent: Any, total: tuple[Any, ...]) -> None:
    before = Usage(requests=1, input_tokens=100, output_tokens=20, cost=0.5)
    after = add_usage(before, spent)
    assert (after.requests, after.input_tokens, after.output_tokens, after.cost) == total
    assert before.requests == 1


# Lines.


def test_a_line_never_changes() -> None:
    first = line(CLAIMS[3])
    denied, noted, reworded = first.denied("no"), first.noted("late"), first.reworded(BAD_CLAIM)
    assert first.problems == []
    assert first.notes == ()
    assert first.attempts == (CLAIMS[3],)
    assert denied.problems == [f"“{CLAIMS[3]}”: no"]
    assert noted.rejected().reasons == ["late"]
    assert reworded.attempts == (CLAIMS[3], BAD_CLAIM)
    with pytest.raises(AttributeError):
        first.claim = reworded.claim  # type: ignore[misc]


def test_only_failed_lines_are_replaced() -> None:
    lines = [line(CLAIMS[3]), line(BAD_CLAIM), line(CLAIMS[4], 4)]
    revised = drive(revise(lines, [], "{}", session()), replied(Repair(items=[CLAIMS[3]])))
    assert [r is before for r, before in zip(revised, lines, strict=True)] == [True, False, True]
    assert revised[1].attempts == (BAD_CLAIM, CLAIMS[3])


def test_a_request_that_fails_leaves_a_note_and_is_not_repeated() -> None:
    [revised] = drive(revise([line(BAD_CLAIM)], [], "{}", session(max_reasks=3)), GONE)
    assert revised.notes == ("it could not be sent back (the server is gone)",)


@pytest.mark.parametrize("policy", ["drop", "flag", "raise", "repair"])
def test_other_policies_ask_nothing(policy: Any) -> None:
    flow = revise([line(BAD_CLAIM)], [], "{}", session(on_problem=policy))
    with pytest.raises(StopIteration):
        next(flow)


DOUBTFUL = "Police suspect an electrical fault caused the fire."


@pytest.mark.parametrize(
    ("reply", "problem", "notes"),
    [
        (replied(type("Judgement", (), {"answers": ["yes"]})), "", ()),
        (replied(type("Judgement", (), {"answers": ["no"]})), "the judge (m) says that", ()),
        (GONE, "not confirmed by the judge", ("the judge could not be asked (the server is gone)",)),
    ],
)  # fmt: skip
def test_only_doubtful_lines_are_judged(reply: Reply, problem: str, notes: Any) -> None:
    lines = [line(DOUBTFUL, 6), line(CLAIMS[3])]
    assert [each.is_doubtful for each in lines] == [True, False]
    first, second = drive(judge_lines(lines, session(judged=True)), reply)
    assert second is lines[1]
    assert problem in "".join(first.problems)
    assert bool(first.problems) == bool(problem)
    assert first.notes == notes
