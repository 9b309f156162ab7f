"""Summaries whose figures, quotations and claims are proved by the source's own characters.

`summarize` asks a model and checks its answer; `crosscheck` checks a summary that anybody wrote.
Names are loaded on first use: `import summarizer` costs next to nothing, and only asking a model
loads openai and instructor.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .annotations import InSource, NamedIn, QuotedFrom, SupportedBy
    from .article import Article, Sentence
    from .batch import asummarize_many, summarize_many
    from .cache import Cache, CacheWarning
    from .crosscheck import CrossCheck, NameCheck, NumberCheck, Omission, QuoteCheck, crosscheck
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
    from .items import Item, Outcome
    from .numbers import Number, find_numbers
    from .pipeline import asummarize, summarize
    from .quotations import Quotation, find_quotations
    from .schema import Claim, Figure, Quote, Rejected, Summary, Usage
    from .spans import Span
    from .streaming import astream_summary, stream_summary
    from .verdicts import Verdict

__version__ = "0.1.0"

_HOMES = {
    "AccessError": "errors",
    "Article": "article",
    "BatchError": "errors",
    "Cache": "cache",
    "CacheWarning": "cache",
    "Claim": "schema",
    "CrossCheck": "crosscheck",
    "CrossCheckError": "errors",
    "DeadlineError": "errors",
    "Figure": "schema",
    "InSource": "annotations",
    "InputError": "errors",
    "Item": "items",
    "LocalModelError": "errors",
    "ModelError": "errors",
    "NameCheck": "crosscheck",
    "NamedIn": "annotations",
    "NoModelError": "errors",
    "Number": "numbers",
    "NumberCheck": "crosscheck",
    "Omission": "crosscheck",
    "Outcome": "items",
    "Quotation": "quotations",
    "Quote": "schema",
    "QuoteCheck": "crosscheck",
    "QuotedFrom": "annotations",
    "Rejected": "schema",
    "Sentence": "article",
    "Span": "spans",
    "SummarizerError": "errors",
    "Summary": "schema",
    "SupportedBy": "annotations",
    "Usage": "schema",
    "Verdict": "verdicts",
    "astream_summary": "streaming",
    "asummarize": "pipeline",
    "asummarize_many": "batch",
    "find_numbers": "numbers",
    "find_quotations": "quotations",
    "stream_summary": "streaming",
    "summarize": "pipeline",
    "summarize_many": "batch",
}

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


class _Package(ModuleType):
    """This package, with one attribute that no import can overwrite.

    Importing a submodule sets an attribute of its name on the package, and `crosscheck` is both a
    submodule and the function that users mean: theirs is always the function.
    """

    @property
    def crosscheck(self) -> Any:
        return import_module(f"{__name__}.crosscheck").crosscheck

    @crosscheck.setter
    def crosscheck(self, _: Any) -> None:
        pass


sys.modules[__name__].__class__ = _Package


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
