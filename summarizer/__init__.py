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
    from .crosscheck import CrossCheck, NameCheck, NumberCheck, Omission, QuoteCheck, crosscheck
    from .errors import (
        CrossCheckError,
        InputError,
        LocalModelError,
        ModelError,
        NoModelError,
        SummarizerError,
    )
    from .numbers import Number, find_numbers
    from .pipeline import asummarize, summarize
    from .quotations import Quotation, find_quotations
    from .schema import Claim, Figure, Quote, Rejected, Summary, Usage
    from .spans import Span
    from .streaming import astream_summary, stream_summary
    from .verdicts import Verdict

__version__ = "0.1.0.dev0"

_HOMES = {
    "SupportedBy": "annotations",
    "QuotedFrom": "annotations",
    "NamedIn": "annotations",
    "InSource": "annotations",
    "Article": "article",
    "Claim": "schema",
    "CrossCheck": "crosscheck",
    "CrossCheckError": "errors",
    "Figure": "schema",
    "InputError": "errors",
    "LocalModelError": "errors",
    "ModelError": "errors",
    "NameCheck": "crosscheck",
    "NoModelError": "errors",
    "Number": "numbers",
    "NumberCheck": "crosscheck",
    "Omission": "crosscheck",
    "Quotation": "quotations",
    "Quote": "schema",
    "QuoteCheck": "crosscheck",
    "Rejected": "schema",
    "Sentence": "article",
    "Span": "spans",
    "Summary": "schema",
    "SummarizerError": "errors",
    "Usage": "schema",
    "Verdict": "verdicts",
    "asummarize": "pipeline",
    "find_numbers": "numbers",
    "find_quotations": "quotations",
    "astream_summary": "streaming",
    "stream_summary": "streaming",
    "summarize": "pipeline",
}

__all__ = [
    "SupportedBy",
    "QuotedFrom",
    "NamedIn",
    "InSource",
    "Article",
    "Claim",
    "CrossCheck",
    "CrossCheckError",
    "Figure",
    "InputError",
    "LocalModelError",
    "ModelError",
    "NameCheck",
    "NoModelError",
    "Number",
    "NumberCheck",
    "Omission",
    "Quotation",
    "Quote",
    "QuoteCheck",
    "Rejected",
    "Sentence",
    "Span",
    "Summary",
    "SummarizerError",
    "Usage",
    "Verdict",
    "asummarize",
    "crosscheck",
    "find_numbers",
    "find_quotations",
    "astream_summary",
    "stream_summary",
    "summarize",
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
