"""Prompts: load and render the templates of prompts/."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import InputError, SummarizerError
from .options import Options
from .text.escape import prompt_line

if TYPE_CHECKING:
    import jinja2


def render(name: str, options: Options | None = None, **values: Any) -> str:
    """Render a template.

    Args:
        name: Of a file in prompts/, without its suffix.
        options: Handed to the template under their own names (those that decide what comes out);
            with a `prompt` file, that replaces the template "summary".
        **values: Further variables of the template.

    Raises:
        SummarizerError: The template cannot be read.
        InputError: It is not a valid template.
    """
    import jinja2

    options = options or Options()
    try:
        source = _source(name, options.prompt_file).decode("utf-8")
        return _template(source).render(**(options.decisive | values)).rstrip()
    except OSError as error:
        raise SummarizerError(
            f"The prompt {error.filename} cannot be read: {error.strerror}."
        ) from error
    except (UnicodeDecodeError, jinja2.TemplateError) as error:
        raise InputError(
            f"The prompt {options.prompt or name} is not a valid Jinja template: {error}"
        ) from error


def render_judge(items: list[dict[str, str]], name: str = "judge") -> str:
    """Render the question about doubtful numbers ("judge") or claims ("judge_claims").

    Args:
        items: The variables of each numbered question: its source and statement.
        name: The template.
    """
    return render(name, items=[{k: prompt_line(v) for k, v in item.items()} for item in items])


def prompt_version(prompt_file: Path | None = None) -> str:
    """Name and version of the prompts: a hash of their files.

    Args:
        prompt_file: The user's own template in place of "summary".
    """
    digest = hashlib.sha256()
    for name in ("system", "article", "summary", "repair", "merge"):
        digest.update(_source(name, prompt_file))
    return f"{prompt_file.stem if prompt_file else 'summary'}@{digest.hexdigest()[:8]}"


def _source(name: str, prompt_file: Path | None) -> bytes:
    return prompt_file.read_bytes() if prompt_file and name == "summary" else _bundled(name)


@lru_cache(maxsize=32)
def _bundled(name: str) -> bytes:
    return (_directory() / f"{name}.jinja").read_bytes()


@lru_cache(maxsize=1)
def _directory() -> Path:
    """The folder of the templates: inside the wheel, or at the top of a checkout."""
    installed = Path(__file__).parent / "prompts"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "prompts"


@lru_cache(maxsize=32)
def _template(source: str) -> jinja2.Template:
    return _environment().from_string(source)


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    import jinja2

    # Values are inserted as they are and never rendered again: braces in an article are text.
    return jinja2.Environment(
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - prompts are plain text
        keep_trailing_newline=False,
    )
