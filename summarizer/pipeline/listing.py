"""Listings: the messages that put an article and its numbered candidates to the model.

A listing is made of an article or one of its chunks; a Draft points at what it numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..article import Article
from ..options import Options
from ..prompts import render
from ..text.escape import prompt_line
from .candidates import FigureCandidate, StatementCandidate, figure_candidates, statement_candidates
from .chunks import Chunk
from .draft import Draft, draft_schema, parts_of

LONGEST_NOTE = 240
"""Characters of a claim that are shown when the chunks of a long article are merged."""

Messages = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Listing:
    """An article or a chunk of it as the model sees it, with what its answer may point at.

    Attributes:
        article: The whole article.
        figures: The numbers to choose from.
        statements: The statements to choose from.
        messages: The question.
        sentences: Number of sentences shown.
        before: Number of sentences before those: sentence 1 of the listing is sentence
            `before + 1` of the article.
        options: How many claims and figures the answer may have.
    """

    article: Article
    figures: list[FigureCandidate]
    statements: list[StatementCandidate]
    messages: Messages
    sentences: int
    before: int
    options: Options

    @property
    def schema(self) -> type[Draft]:
        """What the model must return."""
        return draft_schema(
            self.sentences,
            len(self.figures),
            len(self.statements),
            self.options.max_claims,
            self.options.max_figures,
        )


def list_article(
    article: Article, options: Options | None = None, chunk: Chunk | None = None
) -> Listing:
    """Write the messages that ask for a summary of an article, or of a chunk of it.

    The article comes before the task, so that further questions about it reuse the server's
    prefix. The same article and options always give the same characters.
    """
    options = options or Options()
    figures = figure_candidates(article, chunk) if options.max_figures else []
    statements = statement_candidates(article, chunk)
    before, last = (chunk.first - 1, chunk.last) if chunk else (0, len(article.sentences))
    parts = parts_of(last - before, options.max_claims)
    body = render(
        "article",
        parts=parts,
        sentences=[prompt_line(s.text) for s in article.sentences[before:last]],
        figures=figures,
        statements=statements,
        before=before,
    )
    task = render("summary", options, figures=figures, statements=statements, parts=parts)
    messages = _messages(f"{body}\n\n{task}")
    return Listing(article, figures, statements, messages, last - before, before, options)


def ask_to_merge(
    claims: list[str],
    figures: list[FigureCandidate],
    statements: list[StatementCandidate],
    options: Options,
) -> Messages:
    """Write the messages that ask to choose among the claims of all chunks of a long article."""
    task = render(
        "merge",
        options,
        claims=[prompt_line(claim)[:LONGEST_NOTE] for claim in claims],
        figures=figures,
        statements=statements,
        parts=parts_of(len(claims), options.max_claims),
    )
    return _messages(task)


def ask_again(asked: Messages, answer: str, items: list[tuple[str, list[str]]]) -> Messages:
    """Write the messages that send failed lines back with their problems.

    Args:
        asked: The messages of the first question.
        answer: The model's answer to it, as JSON.
        items: Each failed line with the reasons.
    """
    shown = [
        {"text": prompt_line(text), "problems": [prompt_line(p) for p in problems]}
        for text, problems in items
    ]
    return [
        *asked,
        {"role": "assistant", "content": answer},
        {"role": "user", "content": render("repair", items=shown)},
    ]


def ask_to_fill(article: Article, options: Options) -> Messages:
    """Write the messages that ask for an instance of the user's own schema."""
    text = "\n".join(prompt_line(s.text) for s in article.sentences)
    return _messages(render("fill", options, text=text))


def _messages(content: str) -> Messages:
    return [
        {"role": "system", "content": render("system")},
        {"role": "user", "content": content},
    ]
