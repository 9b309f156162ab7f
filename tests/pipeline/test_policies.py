"""What happens to lines that fail: repair, a function, and the bounds on requests."""

from __future__ import annotations

import pytest

from summarizer import Claim, summarize
from tests.pipeline.test_pipeline import ask
from tests.support.drafts import BAD_CLAIM, GOOD, draft, with_bad_claim
from tests.support.server import Reply, ScriptedServer, answer

BAD = answer(**with_bad_claim())


def test_repair_takes_the_value_of_the_source_without_a_request(server: ScriptedServer) -> None:
    summary = ask(server.will(BAD), on_problem="repair")
    assert "Four people were hurt." in [c.text for c in summary.claims]
    assert summary.rejected == []
    assert len(server.requests) == 1


def test_what_repair_cannot_mend_is_withdrawn(server: ScriptedServer) -> None:
    answered = answer(**draft({3: "The fire cost 999 pounds."}))
    summary = ask(server.will(answered), on_problem="repair")
    assert [r.text for r in summary.rejected] == ["The fire cost 999 pounds."]


def test_repair_of_a_quotation_takes_the_words_of_the_source(server: ScriptedServer) -> None:
    text = 'Mayor Ann Lee said on Friday: "We do not plan to close the old bridge this year." Traders were glad.'
    said = 'Ann Lee said: "We do plan to close the old bridge this year."'
    parts = {
        "beginning": [{"sentence": 1, "text": said}],
        "middle": [{"sentence": 2, "text": "Traders were glad."}],
    }
    reply = answer(headline="Traders were glad.", quotes=[], **parts)
    summary = ask(server.will(reply), text, on_problem="repair")
    assert "We do not plan to close the old bridge this year" in summary.claims[0].text


def test_a_function_decides_and_is_checked_again(server: ScriptedServer) -> None:
    seen: list[tuple[str, list[str]]] = []

    def mend(claim: Claim, problems: list[str]) -> Claim:
        seen.append((claim.text, problems))
        return claim.model_copy(update={"text": "Four people were hurt."})

    summary = ask(server.will(BAD), on_problem=mend)
    assert seen == [(BAD_CLAIM, ["Nine people: the source says “Four people” (sentence 3)"])]
    assert "Four people were hurt." in [c.text for c in summary.claims]


@pytest.mark.parametrize("worse", [None, "Eleven people were hurt."])
def test_a_function_cannot_pass_off_what_is_false(
    server: ScriptedServer, worse: str | None
) -> None:
    def decide(claim: Claim, _: list[str]) -> Claim | None:
        return claim.model_copy(update={"text": worse}) if worse else None

    summary = ask(server.will(BAD), on_problem=decide)
    assert len(summary.rejected) == 1
    assert "people" not in " ".join(c.text for c in summary.claims if "hurt" in c.text)


def test_a_good_line_is_never_changed_by_a_re_ask(server: ScriptedServer) -> None:
    summary = ask(server.will(BAD, answer(items=["The mill employs 900 workers."])))
    assert "The mill employs 250 workers." in [c.text for c in summary.claims]
    assert "900" not in summary.text


def test_a_re_ask_that_fails_costs_nothing_but_the_line(server: ScriptedServer) -> None:
    """The first answer is paid for: a server that is gone afterwards does not take it away."""
    summary = ask(server.will(BAD, Reply(401, "{}", {"Content-Type": "application/json"})))
    assert len(summary.claims) == 5
    assert BAD_CLAIM not in summary.text
    [rejected] = summary.rejected
    assert "it could not be sent back (scripted: " in rejected.reasons[-1]
    assert "key was refused" in rejected.reasons[-1]
    assert summary.usage.requests == len(server.requests) == 2


@pytest.mark.parametrize(
    ("policy", "most"), [("reask", 3), ("repair", 1), ("flag", 1), ("drop", 1), ((lambda *_: None), 1)]
)  # fmt: skip
def test_the_largest_number_of_requests(server: ScriptedServer, policy: object, most: int) -> None:
    worse = [answer(items=[f"{number} people were hurt."]) for number in ("Ten", "Twenty")]
    ask(server.will(BAD, *worse), on_problem=policy)
    assert len(server.requests) == most


# Options that change the prompt.


def prompt(server: ScriptedServer) -> str:
    return str(server.requests[0]["messages"][1]["content"])


def test_focus_instructions_and_language_reach_the_model(server: ScriptedServer) -> None:
    ask(
        server.will(answer(**GOOD)),
        focus="Who pays?",
        instructions="Be brief.",
        language="German",
    )
    assert "Choose what matters for this question: Who pays?" in prompt(server)
    assert "Write the headline and the claims in German." in prompt(server)
    assert prompt(server).endswith("Be brief.")


def test_numbers_of_a_translated_summary_are_checked(server: ScriptedServer) -> None:
    middle = [
        {"sentence": 3, "text": "4 Menschen wurden verletzt."},
        {"sentence": 4, "text": "Die Fabrik hat 999 Arbeiter."},
    ]
    parts = {
        "beginning": [
            {"sentence": 1, "text": "Es brannte in Kent."},
            {"sentence": 2, "text": "12 Wagen kamen."},
        ],
        "middle": middle,
        "end": [
            {"sentence": 5, "text": "Bob Hall will sie wieder bauen."},
            {"sentence": 6, "text": "Die Polizei ermittelt."},
        ],
    }
    reply = answer(headline="Brand in Kent", figures=[1], quotes=[], **parts)
    summary = ask(server.will(reply), language="German", on_problem="drop")
    assert [r.text for r in summary.rejected] == ["Die Fabrik hat 999 Arbeiter."]
    assert "4 Menschen wurden verletzt." in [c.text for c in summary.claims]


def test_max_claims(server: ScriptedServer) -> None:
    few = {
        k: v[:1] if isinstance(v, list) and k in ("beginning", "middle", "end") else v
        for k, v in GOOD.items()
    }
    assert len(ask(server.will(answer(**few)), max_claims=3).claims) == 3
    assert "beginning: one claim from" in prompt(server)


def test_a_prompt_of_your_own(server: ScriptedServer, tmp_path) -> None:
    path = tmp_path / "mine.jinja"
    path.write_text("\nSummarize for pirates.")
    summary = ask(server.will(answer(**GOOD)), prompt=path)
    assert prompt(server).endswith("Summarize for pirates.")
    assert summary.prompt.startswith("mine@")


def test_a_broken_prompt_is_a_clear_error(server: ScriptedServer, tmp_path) -> None:
    path = tmp_path / "broken.jinja"
    path.write_text("{% if %}")
    with pytest.raises(ValueError, match="not valid Jinja"):
        ask(server.will(answer(**GOOD)), prompt=path)
    with pytest.raises(ValueError, match="no such file"):
        summarize("Four men.", "local", prompt=tmp_path / "none.jinja")
