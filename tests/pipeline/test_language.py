"""What happens when the model does not write in the language that it was asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from summarizer import Summary
from summarizer.events import Event, LanguageIgnored, LineChecked
from summarizer.report.html import render_html
from summarizer.report.markdown import render_markdown
from tests.pipeline.test_pipeline import ask
from tests.support.commands import command
from tests.support.drafts import ARTICLE, CLAIMS, GOOD, draft
from tests.support.server import ScriptedServer, answer

GERMAN = {
    1: "Die Feuerwehr wurde am Freitag zu der alten Mühle in Kent gerufen.",
    2: "Ann Lee sagte, dass 12 Wagen sechs Stunden lang gegen den Brand kämpften.",
    3: "Bei dem Brand wurden vier Menschen verletzt.",
    4: "In der Mühle arbeiten 250 Menschen.",
    5: "Bob Hall sagte, dass sie in zwei Jahren wieder aufgebaut wird.",
    6: "Die Polizei ermittelt, wie es zu dem Brand kam.",
}
GERMAN_HEADLINE = "Vier Menschen bei einem Brand in der Mühle von Kent verletzt"
IN_GERMAN = answer(**draft(GERMAN, headline=GERMAN_HEADLINE))  # type: ignore[arg-type]
IN_ENGLISH = answer(**GOOD)
LONG = [1, 2, 4, 5, 6]
"""The claims that are long enough to be judged in both languages: the third has four words."""
NOTE = "Asked for German, the model wrote 6 of 7 lines in English."


def ask_in(server: ScriptedServer, language: str, **options: Any) -> tuple[Summary, list[Event]]:
    events: list[Event] = []
    return ask(server, language=language, on_event=events.append, **options), events


def ignored(events: list[Event]) -> list[Event]:
    return [event for event in events if isinstance(event, LanguageIgnored)]


def test_lines_in_another_language_are_sent_back_once(server: ScriptedServer) -> None:
    server.will(IN_ENGLISH, answer(items=[GERMAN_HEADLINE, *(GERMAN[n] for n in LONG)]))
    summary, events = ask_in(server, "German")
    assert summary.headline == GERMAN_HEADLINE
    assert [c.text for c in summary.claims] == list({**GERMAN, 3: CLAIMS[3]}.values())
    assert (
        "it is written in English, not in German" in server.requests[1]["messages"][-1]["content"]
    )
    assert (summary.notes, ignored(events), len(server.requests)) == ([], [], 2)


def test_what_stays_in_another_language_is_kept_and_said(server: ScriptedServer) -> None:
    """It is not false, so that it is not withdrawn."""
    english = [GOOD["headline"], *(CLAIMS[n] for n in LONG)]
    summary, events = ask_in(server.will(IN_ENGLISH, answer(items=english)), "German")
    assert len(summary.claims) == 6
    assert summary.rejected == []
    assert summary.notes == [NOTE]
    assert ignored(events) == [LanguageIgnored("German", "English", 6, 7)]
    assert len(server.requests) == 2


def test_a_translation_that_is_false_does_not_replace_a_true_line(server: ScriptedServer) -> None:
    false = {**GERMAN, 4: "In der Mühle arbeiten 999 Menschen."}
    server.will(IN_ENGLISH, answer(items=[GERMAN_HEADLINE, *(false[n] for n in LONG)]))
    summary, events = ask_in(server, "German")
    assert summary.claims[3].text == "The mill employs 250 workers."
    assert "999" not in summary.text
    assert any("999" in e.text for e in events if isinstance(e, LineChecked) and e.problems)


@pytest.mark.parametrize("policy", ["flag", "drop", "repair", "raise"])
def test_without_re_asks_it_is_only_said(server: ScriptedServer, policy: Any) -> None:
    summary, _ = ask_in(server.will(IN_ENGLISH), "German", on_problem=policy)
    assert (summary.notes, len(summary.claims), len(server.requests)) == ([NOTE], 6, 1)


SILENT = [
    ("German", IN_GERMAN),
    ("de-AT", IN_GERMAN),
    ("Deutsch", IN_GERMAN),
    ("English", IN_ENGLISH),
    ("Klingon", IN_ENGLISH),  # nobody here can tell
    ("the language of the article", IN_ENGLISH),
]


@pytest.mark.parametrize(("language", "reply"), SILENT)
def test_nothing_is_said_of_the_right_language(
    server: ScriptedServer, language: str, reply: Any
) -> None:
    summary, events = ask_in(server.will(reply), language)
    assert (summary.notes, ignored(events), len(server.requests)) == ([], [], 1)


def test_short_lines_are_not_judged(server: ScriptedServer) -> None:
    reply = answer(**draft(GERMAN, headline="Ann Lee, Bob Hall, Kent"))  # type: ignore[arg-type]
    summary, _ = ask_in(server.will(reply), "German")
    assert (summary.notes, len(server.requests)) == ([], 1)


def test_a_line_in_the_articles_own_language_is_checked_in_full(server: ScriptedServer) -> None:
    """Its names and its words can be compared, whatever language was asked for."""
    reply = answer(**draft({5: "Cy Dent said the mill would be rebuilt within two years."}))
    for language in ("English", "German"):
        summary, _ = ask_in(server.will(reply), language, on_problem="drop")
        assert [r.text[:8] for r in summary.rejected] == ["Cy Dent "]


def test_every_report_shows_the_note(server: ScriptedServer, tmp_path: Any) -> None:
    summary, _ = ask_in(server.will(IN_ENGLISH), "German", on_problem="flag")
    assert NOTE in render_html(summary.view())
    assert f"## Notes\n\n- {NOTE}" in render_markdown(summary.view())
    assert Summary.model_validate_json(summary.model_dump_json()).notes == [NOTE]


@pytest.mark.parametrize("format", ["text", "json"])
def test_the_command_says_it_on_stderr(server: ScriptedServer, tmp_path: Any, format: str) -> None:
    path = tmp_path / "mill"
    path.write_text(ARTICLE)
    server.will(IN_ENGLISH)
    args = ("run", str(path), "--model", "m", "--base-url", server.base_url, "--on-problem", "flag")
    done = command(*args, "--language", "German", "--format", format, OPENAI_API_KEY="k")
    assert done.stderr.decode().count(NOTE) == 1
    shown = json.loads(done.stdout)["notes"] if format == "json" else done.stdout.decode()
    assert NOTE in shown
    assert done.returncode == 0
