"""Prompts: load and render the files of prompts/."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import InputError, SummarizerError
from .pipeline.draft import MOST_FIGURES_SHOWN

if TYPE_CHECKING:
    import jinja2


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


def render(name: str, wishes: Wishes | None = None, **values: Any) -> str:
    """A prompt file rendered with the wishes and values."""
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


def render_judge(items: list[dict[str, str]], about: str = "judge") -> str:
    """The question about doubtful numbers ("judge") or claims ("judge_claims"), with their sources."""
    return render(about, items=[{k: shown(v) for k, v in item.items()} for item in items])
