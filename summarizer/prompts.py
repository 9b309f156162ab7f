"""Prompts: load and render the templates of prompts/."""

from __future__ import annotations

import hashlib
import traceback
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
        InputError: It is not a valid template, or fails with these variables.
    """
    options = options or Options()
    template = _load(name, options.prompt_file)
    try:
        return template.render(**(options.decisive | values)).rstrip()
    except Exception as error:  # a user's template may divide by zero, or call what is no function
        place = f"{template.filename}{_line_of(error, template.filename)}"
        raise InputError(f"The prompt {place} cannot be filled in: {_said(error)}") from error


def require_template(prompt_file: Path | None) -> None:
    """Refuse a user's own template that is none, before anything else is done.

    Args:
        prompt_file: The template; None if the user has none.

    Raises:
        SummarizerError: It cannot be read.
        InputError: It is not a valid template.
    """
    if prompt_file is not None:
        _load("summary", prompt_file)


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


def _load(name: str, prompt_file: Path | None) -> jinja2.Template:
    import jinja2

    path = str(prompt_file if prompt_file and name == "summary" else f"{name}.jinja")
    try:
        return _template(_source(name, prompt_file).decode("utf-8"), path)
    except OSError as error:
        raise SummarizerError(
            f"The prompt {error.filename} cannot be read: {error.strerror}."
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"The prompt {path} is not text in UTF-8 (byte {error.start:,})."
        ) from error
    except jinja2.TemplateSyntaxError as error:
        raise InputError(
            f"The prompt {path}, line {error.lineno}, is not valid Jinja: {_said(error)}"
        ) from error


def _line_of(error: BaseException, filename: str | None) -> str:
    """Where in a template an error arose: jinja gives its frames the lines of the template."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == filename]
    return f", line {lines[-1]}," if lines else ""


def _said(error: Exception) -> str:
    """The words of an error on one line."""
    words = " ".join(str(error).split()) or type(error).__name__
    return words if words.endswith(".") else f"{words}."


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
def _template(source: str, filename: str) -> jinja2.Template:
    environment = _environment()
    code = environment.compile(source, filename=filename)
    return environment.template_class.from_code(environment, code, environment.make_globals(None))


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    # Prompts are plain text: values are inserted as they are and never rendered again. A
    # user's own template may come from elsewhere: it sees its variables and nothing behind them.
    return ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        keep_trailing_newline=False,
    )
