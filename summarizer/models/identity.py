"""What decides a model's answers, read off its fields: each counts that is not marked otherwise."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from ..redaction import without_secrets

INDIFFERENT = {"decides": False}
"""The metadata of a field that decides nothing of an answer."""
_PLACE = re.compile(r"(URL|ENDPOINT\w*|HOST|BASE|REGION|LOCATION|PROJECT|VERSION|PROFILE)$")
"""How the names of variables end that say which server an SDK asks."""


def identity_of(thing: Any) -> str:
    """All that decides answers as JSON: the fields of a dataclass, of those in it too; no keys."""
    return json.dumps(_decisive(thing), sort_keys=True, default=str)


def places(variables: Iterable[str]) -> dict[str, str]:
    """The variables in the environment by which an SDK finds its server.

    Args:
        variables: Some of the SDK's variables: the others begin as they do.
    """
    prefixes = tuple({f"{name.partition('_')[0]}_" for name in variables})
    found = (n for n in os.environ if prefixes and n.startswith(prefixes) and _PLACE.search(n))
    return {name: os.environ[name] for name in sorted(found)}


def _decisive(thing: Any) -> Any:
    if is_dataclass(thing) and not isinstance(thing, type):
        members = {
            each.name: _decisive(getattr(thing, each.name))
            for each in fields(thing)
            if each.metadata.get("decides", True)
        }
        return {"kind": type(thing).__name__, **without_secrets(members)}
    if isinstance(thing, Mapping):
        return {str(name): _decisive(value) for name, value in without_secrets(thing).items()}
    if isinstance(thing, frozenset | set):
        return sorted(map(str, thing))
    return thing
