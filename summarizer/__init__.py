"""LLM summaries in which every figure, quotation and claim is checked against the source.

`summarize` asks a model and checks its answer; `crosscheck` checks a summary that anyone wrote.
Names are imported on first use: `import summarizer` costs next to nothing, and only asking a model
loads openai and instructor.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .article import Article, Sentence
    from .batch.items import Item, Outcome
    from .batch.many import asummarize_many, summarize_many
    from .checking import crosscheck
    from .checks.result import CrossCheck, NameCheck, NumberCheck, Omission, QuoteCheck
    from .checks.verdicts import Verdict
    from .errors import (
        AccessError,
        BatchError,
        CrossCheckError,
        DeadlineError,
        InputError,
        LocalModelError,
        ModelError,
        NoModelError,
        SummarizerError,
    )
    from .fields import InSource, NamedIn, QuotedFrom, SupportedBy
    from .models.cache import Cache, CacheWarning
    from .numbers import Number, find_numbers
    from .pipeline.run import asummarize, summarize
    from .pipeline.stream import astream_summary, stream_summary
    from .quotations import Quotation, find_quotations
    from .summary import Claim, Figure, Quote, Rejected, Summary, Usage
    from .text.spans import Span

__version__ = "0.1.0"

_HOMES = {
    name: module
    for module, names in (
        (
            "errors",
            "AccessError BatchError CrossCheckError DeadlineError InputError LocalModelError ModelError NoModelError SummarizerError",
        ),
        ("text.spans", "Span"),
        ("numbers", "Number find_numbers"),
        ("quotations", "Quotation find_quotations"),
        ("article", "Article Sentence"),
        ("checks.verdicts", "Verdict"),
        ("checks.result", "CrossCheck NameCheck NumberCheck Omission QuoteCheck"),
        ("checking", "crosscheck"),
        ("summary", "Claim Figure Quote Rejected Summary Usage"),
        ("fields", "InSource NamedIn QuotedFrom SupportedBy"),
        ("models.cache", "Cache CacheWarning"),
        ("pipeline.run", "asummarize summarize"),
        ("pipeline.stream", "astream_summary stream_summary"),
        ("batch.items", "Item Outcome"),
        ("batch.many", "asummarize_many summarize_many"),
    )
    for name in names.split()
}
"""Public name -> the module that defines it."""

__all__ = [
    "AccessError",
    "Article",
    "BatchError",
    "Cache",
    "CacheWarning",
    "Claim",
    "CrossCheck",
    "CrossCheckError",
    "DeadlineError",
    "Figure",
    "InSource",
    "InputError",
    "Item",
    "LocalModelError",
    "ModelError",
    "NameCheck",
    "NamedIn",
    "NoModelError",
    "Number",
    "NumberCheck",
    "Omission",
    "Outcome",
    "Quotation",
    "Quote",
    "QuoteCheck",
    "QuotedFrom",
    "Rejected",
    "Sentence",
    "Span",
    "SummarizerError",
    "Summary",
    "SupportedBy",
    "Usage",
    "Verdict",
    "astream_summary",
    "asummarize",
    "asummarize_many",
    "crosscheck",
    "find_numbers",
    "find_quotations",
    "stream_summary",
    "summarize",
    "summarize_many",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
