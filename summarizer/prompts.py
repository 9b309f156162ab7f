"""What the model is shown: candidates found by code, numbered, and the prompt files around them."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from .article import Article
from .checks.omissions import is_figure
from .errors import InputError, SummarizerError
from .numbers import Number
from .pipeline.chunks import Chunk
from .quotations import Quotation
from .summary import MOST_FIGURES_SHOWN, Draft, draft_schema, parts_of

if TYPE_CHECKING:
    import jinja2

MOST_LISTED = 40
_MOST_STATEMENTS = 30
_PHRASE = 48
_OPENING = 12
_SHORTEST_STATEMENT = 4
LONGEST_NOTE = 240
"""Characters of a claim that are shown when the chunks of a long article are merged."""


Found = TypeVar("Found", Number, Quotation)


@dataclass(frozen=True, slots=True)
class FigureCandidate:
    """A number the model may choose, with the words behind it as the model sees them."""

    number: Number
    phrase: str
    sentence: int


@dataclass(frozen=True, slots=True)
class StatementCandidate:
    """A quotation or reported statement the model may choose."""

    quotation: Quotation
    speaker: str
    text: str
    opening: str
    sentence: int


def figure_candidates(article: Article, chunk: Chunk | None = None) -> list[FigureCandidate]:
    """The numbers that can be key figures, in order; of more than forty, forty evenly spread."""
    found = []
    for number in _within(article, chunk, article.numbers):
        if not is_figure(number):
            continue
        sentence = article.sentence_at(number.start)
        assert sentence is not None
        phrase = article.text[number.start : min(sentence.end, number.end + _PHRASE)]
        found.append(FigureCandidate(number, shown(phrase), sentence.index))
    if len(found) <= MOST_LISTED:
        return found
    return [found[i * len(found) // MOST_LISTED] for i in range(MOST_LISTED)]


def statement_candidates(article: Article, chunk: Chunk | None = None) -> list[StatementCandidate]:
    """The statements with a known speaker, at most thirty.

    Speaker after speaker in turn (everybody's first, then everybody's second): a model that takes
    what it sees first still hears everybody.
    """
    by_speaker: dict[str, list[StatementCandidate]] = {}
    for quotation in _within(article, chunk, article.quotations):
        words = quotation.text.split()
        if quotation.speaker is None or len(words) < _SHORTEST_STATEMENT:
            continue
        sentence = article.sentence_at(quotation.start)
        assert sentence is not None
        opening = shown(" ".join(words[:_OPENING]))
        candidate = StatementCandidate(
            quotation, shown(quotation.speaker), quotation.text, opening, sentence.index
        )
        by_speaker.setdefault(quotation.speaker, []).append(candidate)
    turns = max(map(len, by_speaker.values()), default=0)
    found = [c[turn] for turn in range(turns) for c in by_speaker.values() if turn < len(c)]
    return found[:_MOST_STATEMENTS]


def _within(article: Article, chunk: Chunk | None, found: list[Found]) -> list[Found]:
    """Those of the numbers or quotations of an article that begin in a chunk of it."""
    if chunk is None:
        return found
    start, end = article.sentences[chunk.first - 1].start, article.sentences[chunk.last - 1].end
    low = bisect_left(found, start, key=lambda n: n.start)
    return found[low : bisect_left(found, end, lo=low, key=lambda n: n.start)]


_UNSHOWN = dict.fromkeys((*range(32), *range(127, 160), 8232, 8233), " ")
_UNSHOWN |= dict.fromkeys((8203, 8288, 65279, *range(8234, 8239), *range(8294, 8298)), "")


def shown(text: str) -> str:
    """A text as the model sees it: on one line, without control characters and lone surrogates.

    >>> shown("two\\n lines\\x00 and\\u202e more")
    'two lines and more'
    """
    if text.isprintable() and "  " not in text:  # true of nearly every sentence
        return text.strip()
    flat = " ".join(text.translate(_UNSHOWN).split())
    return flat.encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True, slots=True)
class Listing:
    """An article, or a chunk of it, as the model sees it, with what its answer may point at.

    Attributes:
        article: The whole article.
        figures: The numbers that it may choose.
        statements: The statements that it may choose.
        messages: What it is asked.
        sentences: How many sentences it sees.
        before: How many sentences stand before those: its sentence 1 is number `before + 1`.
        max_claims: How many claims the answer may have.
        max_figures: How many figures.
    """

    article: Article
    figures: list[FigureCandidate]
    statements: list[StatementCandidate]
    messages: list[dict[str, str]]
    sentences: int
    before: int
    max_claims: int
    max_figures: int

    @property
    def schema(self) -> type[Draft]:
        """What the model must return."""
        figures, statements = len(self.figures), len(self.statements)
        most = self.max_claims, self.max_figures
        return draft_schema(self.sentences, figures, statements, *most)


@lru_cache(maxsize=1)
def _directory() -> Path:
    """Where the prompt files lie: inside the wheel, or at the top of a checkout."""
    installed = Path(__file__).parent / "prompts"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "prompts"


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    import jinja2

    # Values are inserted as they are and never rendered again: braces in an article are text.
    return jinja2.Environment(
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - prompts are plain text
        keep_trailing_newline=False,
    )


@lru_cache(maxsize=32)
def _template(source: str) -> jinja2.Template:
    return _environment().from_string(source)


def _render(name: str, wishes: Wishes | None = None, **values: Any) -> str:
    import jinja2

    wished = wishes or Wishes()
    values |= {"instructions": wished.instructions, "language": wished.language}
    values["focus"] = wished.focus
    try:
        source = _prompt_source(name, wished.prompt)
        return _template(source.decode("utf-8")).render(**values).rstrip()
    except OSError as error:
        raise SummarizerError(
            f"The prompt {error.filename} cannot be read: {error.strerror}."
        ) from error
    except (UnicodeDecodeError, jinja2.TemplateError) as error:
        raise InputError(
            f"The prompt {wished.prompt or name} is no valid template: {error}"
        ) from error


def _prompt_source(name: str, replacement: Path | None) -> bytes:
    return replacement.read_bytes() if replacement and name == "summary" else _own_prompt(name)


@lru_cache(maxsize=32)
def _own_prompt(name: str) -> bytes:
    return (_directory() / f"{name}.jinja").read_bytes()


def prompt_version(prompt: Path | None = None) -> str:
    """Name and version of the prompts: the hash of their files."""
    digest = hashlib.sha256()
    for name in ("system", "article", "summary", "repair", "merge"):
        digest.update(_prompt_source(name, prompt))
    return f"{prompt.stem if prompt else 'summary'}@{digest.hexdigest()[:8]}"


def fill_in(article: Article, wishes: Wishes) -> list[dict[str, str]]:
    """The messages that ask for a schema of the user's own."""
    text = "\n".join(shown(s.text) for s in article.sentences)
    return [
        {"role": "system", "content": _render("system")},
        {"role": "user", "content": _render("fill", wishes, text=text)},
    ]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a user asks of a summary besides the article.

    Attributes:
        instructions: Further sentences for the model, at the end of the task.
        language: Language of the headline and the claims, as its English name.
        focus: A question that the summary should answer.
        max_claims: How many claims at most.
        max_figures: How many figures at most.
        prompt: A jinja file instead of `summary.jinja`.
    """

    instructions: str | None = None
    language: str | None = None
    focus: str | None = None
    max_claims: int = 6
    max_figures: int = MOST_FIGURES_SHOWN
    prompt: Path | None = None


def list_article(
    article: Article, wishes: Wishes | None = None, chunk: Chunk | None = None
) -> Listing:
    """The messages that ask for a summary of an article, or of a chunk of it.

    The article comes before the task, so that further questions about it reuse the server's
    prefix. The same article and wishes give the same characters, always.
    """
    wishes = wishes or Wishes()
    figures = figure_candidates(article, chunk) if wishes.max_figures else []
    statements = statement_candidates(article, chunk)
    before, last = (chunk.first - 1, chunk.last) if chunk else (0, len(article.sentences))
    parts = parts_of(last - before, wishes.max_claims)
    body = _render(
        "article",
        parts=parts,
        sentences=[shown(s.text) for s in article.sentences[before:last]],
        figures=figures,
        statements=statements,
        before=before,
    )
    task = _render("summary", wishes, figures=figures, statements=statements, parts=parts)
    messages = [
        {"role": "system", "content": _render("system")},
        {"role": "user", "content": f"{body}\n\n{task}"},
    ]
    most = wishes.max_claims, wishes.max_figures
    return Listing(article, figures, statements, messages, last - before, before, *most)


def ask_to_merge(
    claims: list[str],
    figures: list[FigureCandidate],
    statements: list[StatementCandidate],
    wishes: Wishes,
) -> list[dict[str, str]]:
    """The messages that ask to choose among what the chunks of a long article came to."""
    listed = [shown(claim)[:LONGEST_NOTE] for claim in claims]
    parts = parts_of(len(claims), wishes.max_claims)
    task = _render(
        "merge", wishes, claims=listed, figures=figures, statements=statements, parts=parts
    )
    return [
        {"role": "system", "content": _render("system")},
        {"role": "user", "content": task},
    ]


def render_judge(items: list[dict[str, str]], about: str = "judge") -> str:
    """The question about doubtful numbers ("judge") or claims ("judge_claims"), with their sources."""
    return _render(about, items=[{k: shown(v) for k, v in item.items()} for item in items])


def ask_again(
    asked: list[dict[str, str]], answer: str, items: list[tuple[str, list[str]]]
) -> list[dict[str, str]]:
    """The messages that send failed lines back with their problems.

    Args:
        asked: The messages of the first question.
        answer: The model's answer to it, as JSON.
        items: Each failed line with the reasons.
    """
    shown_items = [
        {"text": shown(text), "problems": [shown(p) for p in problems]} for text, problems in items
    ]
    return [
        *asked,
        {"role": "assistant", "content": answer},
        {"role": "user", "content": _render("repair", items=shown_items)},
    ]
