"""Wrong arguments of every public function: one of our errors, with a hint, before any request."""

from __future__ import annotations

import asyncio
import dataclasses
import io
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from summarizer import (
    Article,
    InputError,
    ModelError,
    SummarizerError,
    astream_summary,
    asummarize,
    asummarize_many,
    crosscheck,
    find_numbers,
    find_quotations,
    stream_summary,
    summarize,
    summarize_many,
)
from summarizer.options import OPTIONS
from summarizer.pipeline.session import make_session
from tests.support.commands import command
from tests.support.drafts import ARTICLE
from tests.support.server import Reply, ScriptedServer


@pytest.fixture
def silent(server: ScriptedServer) -> Iterator[ScriptedServer]:
    """A server that must not be asked."""
    yield server.will(Reply(500))
    assert server.requests == []


async def _all(values: Any) -> list[Any]:
    return [value async for value in values]


def _outcome(outcomes: list[Any]) -> Any:
    [outcome] = outcomes
    if outcome.error is not None:
        raise outcome.error
    return outcome.summary


SUMMARIZING: dict[str, Callable[..., Any]] = {
    "summarize": summarize,
    "asummarize": lambda *a, **k: asyncio.run(asummarize(*a, **k)),
    "stream_summary": lambda *a, **k: list(stream_summary(*a, **k)),
    "astream_summary": lambda *a, **k: asyncio.run(_all(astream_summary(*a, **k))),
    "summarize_many": lambda text, *a, **k: _outcome(list(summarize_many([("1", text)], *a, **k))),
    "asummarize_many": lambda text, *a, **k: _outcome(
        asyncio.run(_all(asummarize_many([("1", text)], *a, **k)))
    ),
}
READING: dict[str, Callable[[Any], Any]] = {
    "crosscheck summary": lambda text: crosscheck(text, ARTICLE),
    "crosscheck source": lambda text: crosscheck("Four people were hurt.", text),
    "find_numbers": find_numbers,
    "find_quotations": find_quotations,
    "Article": Article,
}


class Earnings(BaseModel):
    revenue: int


# Texts.

NOT_TEXTS: list[tuple[Any, str]] = [
    (Path("a.txt"), "not PosixPath: did you mean Article.from_file('a.txt')?"),
    (b"Four men died.", "not bytes: decode bytes first."),
    (bytearray(b"Four men died."), "not bytearray: decode bytes first."),
    (b"%PDF-1.7 ...", "not bytes: did you mean Article.from_pdf(...)?"),
    (b"<!DOCTYPE html><p>", "not bytes: did you mean Article.from_html(...)?"),
    (["Four men died."], "not list: pass one text; summarize_many() takes many."),
    (("Four", "men"), "not tuple: pass one text; summarize_many() takes many."),
    ({"text": "Four men died."}, "The text must be a str, not dict."),
    (io.StringIO("Four men died."), "not StringIO: pass what its read() returns."),
    (None, "not NoneType."),
    (5, "not int."),
    (2.5, "not float."),
    (True, "not bool."),
    (Decimal(5), "not Decimal."),
    (object(), "not object."),
    (str, "not type."),
    (print, "not builtin_function_or_method."),
]
LOCATIONS: list[tuple[str, str]] = [
    ("article.txt", "the name of a file, not a text: did you mean Article.from_file('article.txt')?"),
    (" article.PDF\n", "did you mean Article.from_file('article.PDF')?"),
    ("news/2024-01-01.html", "did you mean Article.from_file('news/2024-01-01.html')?"),
    ("/tmp/article", "did you mean Article.from_file('/tmp/article')?"),
    ("~/article", "did you mean Article.from_file('~/article')?"),
    ("./article", "did you mean Article.from_file('./article')?"),
    (r"C:\news\article", r"did you mean Article.from_file('C:\\news\\article')?"),
    ("/home/ann/My Documents/a b.docx", "did you mean Article.from_file("),
    ("https://example.org/mill", "an address, not a text: did you mean Article.from_url('https://example.org/mill')?"),
    ("HTTP://EXAMPLE.ORG", "did you mean Article.from_url('HTTP://EXAMPLE.ORG')?"),
]  # fmt: skip
TEXTS = [
    "Four people were hurt, says report.pdf",
    "See https://example.org/mill",
    "https://example.org/mill burned on Friday.",
    "./configure fails.",
    "The U.S.",
    "Fire.",
    "2.5",
    "It burned.\narticle.txt",
    "article.txt\nIt burned.",
    "政府周五表示，洪水造成4人死亡。",
    "and/or",
    "a.txt " * 400,
]


@pytest.mark.parametrize(("text", "said"), [*NOT_TEXTS, *LOCATIONS])
def test_what_is_no_text_is_not_summarized(silent: ScriptedServer, text: object, said: str) -> None:
    for name, function in SUMMARIZING.items():
        is_item = name.endswith("many") and not isinstance(text, str)
        with pytest.raises(InputError, match=None if is_item else re.escape(said)):
            function(text, "m", base_url=silent.base_url)


@pytest.mark.parametrize(("text", "said"), NOT_TEXTS)
def test_what_is_no_text_is_not_read(text: object, said: str) -> None:
    for function in READING.values():
        with pytest.raises(InputError, match=re.escape(said)):
            function(text)


@pytest.mark.parametrize(("text", "said"), LOCATIONS)
def test_a_location_is_not_checked(text: str, said: str) -> None:
    for name in ("crosscheck summary", "crosscheck source"):
        with pytest.raises(InputError, match=re.escape(said)):
            READING[name](text)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_with_a_name_in_it_is_a_text(text: str) -> None:
    assert Article.of(text).text == text


def test_a_file_that_exists_is_known_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("Makefile", "my article.txt", "Fire at the mill"):
        (tmp_path / name).write_text("Four people were hurt.")
    for name in ("Makefile", "my article.txt"):
        with pytest.raises(InputError, match="the name of a file"):
            Article.of(name)
    assert Article.of("Fire at the mill").text == "Fire at the mill"
    assert Article.of("your article.txt").text == "your article.txt"


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (Article.from_file, "A file must be str or Path, not int."),
        (Article.from_url, "An address must be str, not int."),
        (Article.from_html, "A page must be str or bytes, not int."),
        (Article.from_pdf, "A PDF must be bytes or str or Path, not int."),
    ],
)
def test_what_names_no_source_is_refused(read: Callable[[Any], Article], said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        read(5)


# Options.

WHOLE = "give a whole number from"
WRONG_OPTIONS: list[tuple[dict[str, Any], str]] = [
    ({"max_claim": 3}, "There is no option 'max_claim': did you mean 'max_claims'?"),
    ({"focuss": "money"}, "There is no option 'focuss': did you mean 'focus'?"),
    ({"lang": "de"}, "There is no option 'lang': did you mean 'language'?"),
    ({"zzz": 1}, "There is no option 'zzz': choose among on_problem, max_reasks, max_claims,"),
    ({"max_claims": "3"}, f"max_claims='3': {WHOLE} 1 to 30."),
    ({"max_claims": True}, f"max_claims=True: {WHOLE} 1 to 30."),
    ({"max_claims": 2.5}, f"max_claims=2.5: {WHOLE} 1 to 30."),
    ({"max_claims": float("nan")}, f"max_claims=nan: {WHOLE}"),
    ({"max_claims": Decimal("NaN")}, f"max_claims=Decimal('NaN'): {WHOLE}"),
    ({"max_claims": [3]}, f"max_claims=[3]: {WHOLE}"),
    ({"max_claims": None}, f"max_claims=None: {WHOLE}"),
    ({"max_claims": 0}, "max_claims=0: choose 1 to 30."),
    ({"max_figures": "all"}, f"max_figures='all': {WHOLE} 0 to 40."),
    ({"max_reasks": b"1"}, f"max_reasks=b'1': {WHOLE} 0 to 5."),
    ({"context_tokens": "8k"}, f"context_tokens='8k': {WHOLE} 1000 to 10000000 or None."),
    ({"language": 3}, "language=3: give a text or None."),
    ({"focus": b"money"}, "focus=b'money': give a text or None."),
    ({"focus": "\ud800"}, r"focus='\ud800': it is not valid Unicode (a lone surrogate)."),
    ({"instructions": ["Be brief."]}, "instructions=['Be brief.']: give a text or None."),
    ({"cache": 5}, "cache= takes True, a path or a Cache, not int."),
    ({"on_event": "print"}, "on_event='print': give a function or None."),
    ({"on_problem": "explode"}, "give one of reask, repair, flag, drop, raise or a function."),
    ({"on_problem": []}, "on_problem=[]: give one of reask, repair, flag, drop, raise or a function."),
    ({"prompt": 5}, "prompt=5: give a text, a path or None."),
    ({"prompt": "/"}, "prompt='/': a folder, not a file."),
    ({"prompt": "nowhere.jinja"}, "prompt='nowhere.jinja': no such file."),
    ({"api_key": b"sk-secret"}, "api_key=<bytes>: give a text or None."),
    ({"judge": 5}, "not int"),
]  # fmt: skip


@pytest.mark.parametrize(("options", "said"), WRONG_OPTIONS)
def test_a_wrong_option_is_refused(
    silent: ScriptedServer, options: dict[str, Any], said: str
) -> None:
    for function in SUMMARIZING.values():
        with pytest.raises(SummarizerError, match=re.escape(said)) as caught:
            function(ARTICLE, "m", base_url=silent.base_url, **options)
        assert "sk-secret" not in str(caught.value)


HOSTILE: list[Any] = [5, 2.5, float("inf"), Decimal("NaN"), b"x", [], {}, (), object(), str, 1j, "\ud800"]  # fmt: skip


@pytest.mark.parametrize("option", OPTIONS)
def test_no_value_of_an_option_ends_in_an_error_from_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = 0
    for value in HOSTILE:
        try:
            make_session("m", **{"base_url": "http://127.0.0.1:9/v1", option: value})  # type: ignore[arg-type]
        except SummarizerError:
            refused += 1
    assert refused >= len(HOSTILE) - 2


@pytest.mark.parametrize("model", [5, 2.5, b"openai/m", [], object(), str, "m", "openai/", ""])
def test_a_wrong_model_is_refused(model: Any) -> None:
    with pytest.raises(ModelError):
        summarize(ARTICLE, model)


# A template of the user's own.

TEMPLATES: list[tuple[bytes, str]] = [
    (b"{% if %}", ", line 1, is not valid Jinja: Expected an expression"),
    (b"Summarize.\n\n{{ focus", ", line 3, is not valid Jinja: unexpected end of template"),
    (b"Summarize.\n{{ focus | nofilter }}", ", line 2, is not valid Jinja: No filter named"),
    (b"Summarize.\n\n{{ focs }}", ", line 3, cannot be filled in: 'focs' is undefined."),
    (b"{{ 1 / 0 }}", ", line 1, cannot be filled in: division by zero."),
    (b"\n{{ max_claims + 'a' }}", ", line 2, cannot be filled in: unsupported operand"),
    (b"{{ ''.__class__ }}", ", line 1, cannot be filled in: access to attribute '__class__'"),
    (
        b"{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        ", line 1, cannot be filled in: maximum recursion",
    ),
    (b"\xff\xfe", " is not text in UTF-8 (byte 0)."),
]


@pytest.mark.parametrize(("template", "said"), TEMPLATES)
def test_a_broken_prompt_names_the_file_and_the_line(
    silent: ScriptedServer, tmp_path: Path, template: bytes, said: str
) -> None:
    path = tmp_path / "mine.jinja"
    path.write_bytes(template)
    with pytest.raises(InputError, match=re.escape(f"The prompt {path}{said}")):
        summarize(ARTICLE, "m", base_url=silent.base_url, prompt=path)


# Schemas.


@dataclasses.dataclass
class Plain:
    revenue: int


class Empty(BaseModel):
    pass


class Calling(BaseModel):
    call: Callable[[], int]


class Unfinished(BaseModel):
    other: NowhereDefined  # type: ignore[name-defined]  # noqa: F821


SCHEMA = "schema= takes a pydantic model (a class made from BaseModel), not "
SCHEMAS: list[tuple[Any, str]] = [
    ({"revenue": int}, SCHEMA + "a dict: make a model with its fields."),
    (str, SCHEMA + "str: make a model with its fields."),
    (Plain, SCHEMA + "Plain: make a model with its fields."),
    (Earnings(revenue=1), SCHEMA + "a Earnings: pass its class."),
    (list[Earnings], "Earnings]: make a model with a field of that type."),
    (Earnings | None, "make a model with a field of that type."),
    ("Earnings", SCHEMA + "a str: make a model with its fields."),
    (False, SCHEMA + "a bool"),
    (Empty, "schema=Empty has no fields to fill in."),
    (BaseModel, "schema=BaseModel has no fields to fill in."),
    (Calling, "schema=Calling cannot be described as JSON: "),
    (Unfinished, "schema=Unfinished cannot be described as JSON: "),
]


@pytest.mark.parametrize(("schema", "said"), SCHEMAS)
def test_what_is_no_schema_is_refused(silent: ScriptedServer, schema: Any, said: str) -> None:
    for name in ("summarize", "asummarize", "summarize_many", "asummarize_many"):
        with pytest.raises(InputError, match=re.escape(said)):
            SUMMARIZING[name](ARTICLE, "m", schema=schema, base_url=silent.base_url)


# The command line.


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("run", "x", "--max-claim", "3"), "--max-claims"),
        (("batch", "x", "-o", "y", "--concurency", "3"), "--concurrency"),
        (("run", "x", "--max-claims", "three"), "Invalid value for '--max-claims'"),
        (("chek", "x"), "Did you mean 'check'"),
    ],
)
def test_a_wrong_word_of_a_command_names_the_nearest(args: tuple[str, ...], said: str) -> None:
    done = command(*args)
    assert done.returncode == 2
    assert said in done.stderr.decode()
