"""Listings: the messages that put an article and its numbered candidates to the model."""

from __future__ import annotations

from dataclasses import dataclass

from ..article import Article
from ..prompts import Wishes, render, shown
from .candidates import FigureCandidate, StatementCandidate, figure_candidates, statement_candidates
from .chunks import Chunk
from .draft import Draft, draft_schema, parts_of

LONGEST_NOTE = 240
"""Characters of a claim that are shown when the chunks of a long article are merged."""


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


def fill_in(article: Article, wishes: Wishes) -> list[dict[str, str]]:
    """The messages that ask for a schema of the user's own."""
    text = "\n".join(shown(s.text) for s in article.sentences)
    return [
        {"role": "system", "content": render("system")},
        {"role": "user", "content": render("fill", wishes, text=text)},
    ]


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
    body = render(
        "article",
        parts=parts,
        sentences=[shown(s.text) for s in article.sentences[before:last]],
        figures=figures,
        statements=statements,
        before=before,
    )
    task = render("summary", wishes, figures=figures, statements=statements, parts=parts)
    messages = [
        {"role": "system", "content": render("system")},
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
    task = render(
        "merge", wishes, claims=listed, figures=figures, statements=statements, parts=parts
    )
    return [
        {"role": "system", "content": render("system")},
        {"role": "user", "content": task},
    ]


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
        {"role": "user", "content": render("repair", items=shown_items)},
    ]
