"""Command line options: those of `summarize`, made from their definitions, and shared ones."""

from __future__ import annotations

import functools
import inspect
import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from ..options import Policy

ModelName = Annotated[
    str | None, typer.Option(help="openai/…, anthropic/…, ollama/…, local, or local:FILE.gguf.")
]
Judge = Annotated[
    str | None, typer.Option(help="A model that answers yes or no about doubtful numbers.")
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write here instead of stdout.")
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from private network addresses too.")
]

_PYTHON_ONLY = frozenset({"api_key", "on_event"})
"""A key would be seen in the list of processes; a function cannot be typed."""
_TYPES: dict[str, Any] = {
    "on_problem": Policy,
    "prompt": Path | None,
    "judge": str | None,
    "cache": bool,
    "model_options": list[str] | None,
}
"""Types of options that take more in Python than on the command line."""
_FLAGS = {"model_options": "--model-option"}
"""Options whose entries are given one by one, as NAME=VALUE."""
_DEFAULTS = {"cache": True, "deadline": 900.0}
"""Defaults that differ from Python's."""


def expand(**groups: type) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command one option for each field of a dataclass.

    Args:
        **groups: For a parameter of the command, the dataclass: its fields take the place of the
            parameter, and the command is passed a dictionary of their values.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(command, eval_str=True)
        names = {name: [p.name for p in _parameters(group)] for name, group in groups.items()}

        @functools.wraps(command)
        def expanded(**values: Any) -> None:
            for name, members in names.items():
                given = {member: values.pop(member) for member in members}
                values[name] = {m: _pairs(v) if m in _FLAGS else v for m, v in given.items()}
            command(**values)

        parameters: list[inspect.Parameter] = []
        for parameter in signature.parameters.values():
            group = groups.get(parameter.name)
            parameters += _parameters(group) if group else [_keyword(parameter)]
        expanded.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
        return expanded

    return decorate


def _keyword(parameter: inspect.Parameter) -> inspect.Parameter:
    return parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)


def _parameters(group: type) -> Iterator[inspect.Parameter]:
    """The parameters that stand for the fields of a dataclass made with `option`."""
    hints = get_type_hints(group)
    for each in fields(group):
        if each.name in _PYTHON_ONLY:
            continue
        flag = _FLAGS.get(each.name, f"--{each.name.replace('_', '-')}")
        kind = _TYPES.get(each.name, hints[each.name])
        names = f"{flag}/--no-{flag[2:]}" if kind is bool else flag
        low, high = each.metadata["low"], each.metadata["high"]
        info = typer.Option(
            names,
            min=low,
            max=high,
            help=each.metadata["help"],
            metavar="NAME=VALUE" if each.name in _FLAGS else None,
        )
        yield inspect.Parameter(
            each.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=_DEFAULTS.get(each.name, each.default),
            annotation=Annotated[kind, info],
        )


def _pairs(given: list[str] | None) -> dict[str, Any] | None:
    """The entries of an option given as NAME=VALUE; a value is JSON, or else text.

    Raises:
        typer.BadParameter: One has no name or no equals sign.

    >>> _pairs(["max_tokens=300", "reasoning_effort=low"])
    {'max_tokens': 300, 'reasoning_effort': 'low'}
    """
    pairs: dict[str, Any] = {}
    for each in given or ():
        name, equals, value = each.partition("=")
        if not (name.strip() and equals):
            raise typer.BadParameter(f"{each!r}: write NAME=VALUE, such as max_tokens=2000.")
        try:
            pairs[name.strip()] = json.loads(value)
        except ValueError:
            pairs[name.strip()] = value
    return pairs or None
