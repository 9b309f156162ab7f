"""Options: one definition, from which the API, the command line, prompts and fingerprints read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from summarizer import Cache, InputError, asummarize, stream_summary, summarize, summarize_many
from summarizer.options import OPTIONS, Options
from summarizer.pipeline.keywords import OptionKeywords
from summarizer.pipeline.session import make_session
from summarizer.prompts import render
from tests.support.commands import command

RANGES = [o for o in OPTIONS.values() if o.low is not None and o.high is not None]
PYTHON_ONLY = {"api_key", "on_event"}


def fingerprint(**options: Any) -> str:
    return make_session("m", base_url="http://127.0.0.1:9/v1", **options).fingerprint


def test_the_types_for_checkers_are_those_of_the_options() -> None:
    loose = {"on_problem", "cache"}  # options know neither claims nor caches
    expected = get_type_hints(Options)
    typed = get_type_hints(OptionKeywords, localns={"Cache": Cache})
    assert list(typed) == [f.name for f in fields(Options)]
    assert {n: t for n, t in typed.items() if n not in loose} == {
        n: t for n, t in expected.items() if n not in loose
    }


@pytest.mark.parametrize("option", RANGES, ids=lambda o: o.name)
def test_a_value_out_of_range_is_refused(option: Any) -> None:
    for value in (option.low, option.high):
        assert getattr(Options(**{option.name: value}), option.name) == value
    for value in (option.low - 1, option.high + 1):
        message = f"{option.name}={value}: choose {option.low} to {option.high}."
        with pytest.raises(InputError, match=message):
            Options(**{option.name: value})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"max_claims": 99}, "max_claims=99: choose 1 to 30."),
        ({"on_problem": "explode"}, "give one of reask, repair, flag, drop, raise or a function."),
        ({"prompt": "nowhere.jinja"}, "prompt='nowhere.jinja': no such file."),
    ],
)
def test_messages(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message.replace(".", r"\.")):
        Options(**options)


@pytest.mark.parametrize("function", [summarize, asummarize, stream_summary, summarize_many])
def test_help_lists_every_option(function: Callable[..., Any]) -> None:
    assert function.__doc__ is not None
    for option in OPTIONS.values():
        assert str(option) in function.__doc__
    assert "- `max_claims` (1 to 30): Maximum number of claims. Default: 6." in function.__doc__


@pytest.mark.parametrize("name", ["run", "batch"])
def test_the_command_line_has_every_option_with_its_range(name: str) -> None:
    shown = command(name, "--help", COLUMNS="300").stdout.decode()
    flags = {name: f"--{name.replace('_', '-')} " for name in OPTIONS}
    flags["model_options"] = "--model-option "  # given once for each
    assert {n for n, flag in flags.items() if flag not in shown} == PYTHON_ONLY
    for option in RANGES:
        assert f"[{option.low}<=x<={option.high}]" in shown
    assert "--no-cache" in shown
    assert "<reask|repair|flag|drop|raise>" in shown


# What decides a summary.

OTHER = {"on_problem": "drop", "judge": "openai/j", "base_url": "http://127.0.0.1:10/v1"}
"""Other values of options that do not take any text."""
DECIDING = [o for o in OPTIONS.values() if o.decides or o.name == "base_url"]
"""The address is part of the model's identity."""


def other(option: Any) -> Any:
    """A value that is not the default."""
    if option.low is not None:
        return option.low if option.default != option.low else option.high
    return OTHER.get(option.name, "another")


@pytest.mark.parametrize("option", DECIDING, ids=lambda o: o.name)
def test_another_value_is_another_fingerprint(
    option: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "another").write_text("Be brief.")  # of the prompt
    options = {"base_url": "http://127.0.0.1:9/v1", option.name: other(option)}
    assert make_session("m", **options).fingerprint != fingerprint()


def test_another_context_is_another_fingerprint() -> None:
    assert fingerprint(context_tokens=2000) != fingerprint(context_tokens=128_000)


def test_a_prompt_counts_by_its_words_and_its_name(tmp_path: Path) -> None:
    prints = set()
    for name, words in [("a", "Be brief."), ("a", "Be very brief."), ("b", "Be very brief.")]:
        (tmp_path / f"{name}.jinja").write_text(words)
        prints.add(fingerprint(prompt=tmp_path / f"{name}.jinja"))
    assert len({*prints, fingerprint()}) == 4


def test_what_decides_nothing_is_not_in_the_fingerprint(tmp_path: Path) -> None:
    same = [
        fingerprint(api_key="other"),
        fingerprint(cache=tmp_path / "cache.sqlite"),
        fingerprint(on_event=print),
        fingerprint(on_problem="reask"),
    ]
    assert {fingerprint(), *same} == {fingerprint()}


def test_a_function_is_the_same_in_every_process() -> None:
    assert fingerprint(on_problem=lambda *_: None) == fingerprint(on_problem=lambda c, _: c)
    assert fingerprint(on_problem=lambda *_: None) != fingerprint()


def test_templates_are_handed_what_decides_and_no_key(tmp_path: Path) -> None:
    prompt = tmp_path / "mine.jinja"
    prompt.write_text("{{ max_claims }} claims about {{ focus }}")
    assert render("summary", Options(prompt=prompt, focus="money")) == "6 claims about money"
    prompt.write_text("{{ api_key }}")
    with pytest.raises(InputError, match="'api_key' is undefined"):
        render("summary", Options(prompt=prompt, api_key="sk-secret"))
