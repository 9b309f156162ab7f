"""JSON schemas in the dialect of each provider: what it refuses is left out and said in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Schema = dict[str, Any]

_NUMBERS = "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf"
_STRINGS = "minLength maxLength"
_LISTS = "minItems maxItems uniqueItems"
_EXCLUSIVE = "exclusiveMinimum exclusiveMaximum"
_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}
_CHILDREN = frozenset({"properties", "$defs"})
"""Keywords whose value has a schema under each name."""
_LISTED = frozenset({"anyOf", "allOf", "oneOf", "prefixItems"})
"""Keywords whose value is a list of schemas."""
_SINGLE = frozenset({"items", "additionalProperties"})
"""Keywords whose value may be a schema."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a provider takes as a schema.

    Attributes:
        refuses: Keywords that it refuses. Those that bound a value are told in its description
            instead; the answer is validated against the schema in full on our side.
        is_closed: True if each object must name all of its properties as required, and forbid others.
        has_recursion: False if a definition may not refer to itself.
        has_references: False if it knows no `$ref`: definitions are put in their place.
        has_integer_enums: False if an enumeration may hold strings only: integers get a minimum and
            a maximum.
        has_const: False if it knows no `const`: it becomes an enumeration of one.
        has_one_of: False if it knows no `oneOf`: it becomes `anyOf`.
        has_annotated_references: False if nothing may stand beside a `$ref`: what does is left out.
        most_min_items: The largest `minItems` that it takes; a larger one is told in the
            description, and lowered.
        most_enumerated: How many values all enumerations may have together; integers beyond that
            get a minimum and a maximum.
    """

    refuses: frozenset[str] = frozenset()
    is_closed: bool = False
    has_recursion: bool = True
    has_references: bool = True
    has_integer_enums: bool = True
    has_const: bool = True
    has_one_of: bool = True
    has_annotated_references: bool = True
    most_min_items: int | None = None
    most_enumerated: int | None = None

    def fit(self, schema: Schema) -> Schema:
        """The schema in this dialect.

        Raises:
            UnfitSchemaError: It cannot be said in this dialect.

        >>> Dialect(frozenset({"maxLength"})).fit({"type": "string", "maxLength": 9})
        {'type': 'string', 'description': '(maxLength: 9)'}
        """
        most = self.most_enumerated
        too_many = most is not None and sum(map(_enumerated, _schemas_in(schema))) > most
        if not self.has_recursion:
            _inlined(schema, schema.get("$defs", {}))
        if not self.has_references:
            schema = _inlined(schema, schema.get("$defs", {}))
        return self._fit(schema, not self.has_integer_enums or too_many)

    def _fit(self, schema: Schema, no_integers: bool) -> Schema:
        return _with_children(
            self._own(schema, no_integers), lambda child: self._fit(child, no_integers)
        )

    def _own(self, schema: Schema, no_integers: bool) -> Schema:
        """The keywords of one schema, without its children."""
        if "$ref" in schema and not self.has_annotated_references:
            return {k: v for k, v in schema.items() if k in ("$ref", "$defs")}
        fitted = self._spelled(schema)
        values: list[Any] = fitted.get("enum", [])
        if no_integers and _is_integers(values):
            del fitted["enum"]
            fitted |= {"type": "integer", "minimum": min(values), "maximum": max(values)}
        told = [
            f"{k}: {fitted[k]}" for k in fitted if k in _BOUNDS and self._is_beyond(k, fitted[k])
        ]
        if "enum" not in fitted and _has_gaps(values):
            told.append(f"one of {', '.join(map(str, values))}")
        for keyword in self.refuses & fitted.keys():
            del fitted[keyword]
        if self.most_min_items is not None and "minItems" in fitted:
            fitted["minItems"] = min(fitted["minItems"], self.most_min_items)
        if told:
            words = [fitted.get("description", ""), f"({', '.join(told)})"]
            fitted["description"] = " ".join(filter(None, words))
        return _closed(fitted) if self.is_closed and fitted.get("type") == "object" else fitted

    def _spelled(self, schema: Schema) -> Schema:
        """A schema whose keywords are exchanged for others that say the same."""
        spelled = dict(schema)
        if "const" in spelled and not self.has_const:
            spelled["enum"] = [value := spelled.pop("const")]
            if type(value) in _TYPES:  # Gemini heeds an enumeration only beside a type
                spelled.setdefault("type", _TYPES[type(value)])
        if "oneOf" in spelled and not self.has_one_of:
            spelled["anyOf"] = spelled.pop("oneOf")
        return spelled

    def _is_beyond(self, keyword: str, value: Any) -> bool:
        """True if a bound cannot be enforced as it is."""
        too_high = self.most_min_items is not None and keyword == "minItems"
        return keyword in self.refuses or (too_high and value > self.most_min_items)


class UnfitSchemaError(ValueError):
    """A schema cannot be said in a dialect; its message says which feature is missing."""


_BOUNDS = frozenset(f"{_NUMBERS} {_STRINGS} {_LISTS} pattern format".split())

ANY = Dialect()
"""A grammar of the server's own takes the schema as it is: llama.cpp, vLLM, Ollama, LM Studio."""
OPENAI_STRICT = Dialect(
    frozenset(f"{_STRINGS} uniqueItems default title patternProperties".split()),
    is_closed=True,
    has_const=False,
    most_enumerated=1000,
)
"""https://platform.openai.com/docs/guides/structured-outputs#supported-schemas"""

ANTHROPIC = Dialect(
    frozenset(
        f"{_NUMBERS} {_STRINGS} maxItems uniqueItems pattern format default title examples"
        " discriminator patternProperties propertyNames minProperties maxProperties prefixItems".split()
    ),
    is_closed=True,
    has_recursion=False,
    has_one_of=False,
    has_annotated_references=False,
    most_min_items=1,
)
"""https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations"""

GEMINI = Dialect(
    frozenset(
        f"{_STRINGS} {_EXCLUSIVE} multipleOf pattern uniqueItems default examples"
        " patternProperties discriminator".split()
    ),
    has_references=False,
    has_integer_enums=False,
    has_const=False,
)
"""https://ai.google.dev/gemini-api/docs/structured-output#json_schema_support

Its newer models take references, but nothing beside one; and integers as an enumeration, of which a
long one is "too many states". Said like this, all of its models take them."""
BEDROCK_TOOL = Dialect(frozenset({"title", "default"}), has_references=False)
"""Amazon's models know no definitions in the schema of a tool."""


def _closed(schema: Schema) -> Schema:
    """An object that forbids other properties, and requires its own.

    Raises:
        UnfitSchemaError: Its properties have names that are not known.
    """
    if schema.get("additionalProperties") not in (None, False) or _is_free(schema):
        raise UnfitSchemaError("an object with names of its own")
    required = list(schema.get("properties", {}))
    return {**schema, "additionalProperties": False, "required": required}


def _is_integers(values: list[Any]) -> bool:
    return bool(values) and all(type(v) is int for v in values)


def _has_gaps(values: list[Any]) -> bool:
    """True if a minimum and a maximum say less than the values themselves."""
    return bool(values) and len(set(values)) <= max(values) - min(values)


def _is_free(schema: Schema) -> bool:
    """True if an object names no property: any would be right."""
    return "properties" not in schema and "additionalProperties" not in schema


def _with_children(schema: Schema, change: Callable[[Schema], Schema]) -> Schema:
    """A schema whose child schemas are changed."""
    changed = dict(schema)
    for keyword in _CHILDREN & changed.keys():
        changed[keyword] = {name: change(child) for name, child in changed[keyword].items()}
    for keyword in _LISTED & changed.keys():
        changed[keyword] = [change(child) for child in changed[keyword]]
    for keyword in _SINGLE & changed.keys():
        if isinstance(changed[keyword], dict):
            changed[keyword] = change(changed[keyword])
    return changed


def _inlined(schema: Schema, definitions: Schema, within: tuple[str, ...] = ()) -> Schema:
    """A schema with its definitions put where they are referred to.

    Raises:
        UnfitSchemaError: A definition refers to itself.
    """
    rest = {k: v for k, v in schema.items() if k not in ("$ref", "$defs")}
    if (reference := schema.get("$ref")) is not None:
        name = reference.rpartition("/")[2]
        if name in within or name not in definitions:
            raise UnfitSchemaError(f"the reference {reference}")
        rest = {**definitions[name], **rest}
        within = (*within, name)
        return _inlined(rest, definitions, within)
    return _with_children(rest, lambda child: _inlined(child, definitions, within))


def _enumerated(schema: Schema) -> int:
    return len(schema.get("enum", ()))


def _schemas_in(schema: Schema) -> list[Schema]:
    """A schema, and all schemas in it."""
    found = [schema]
    _with_children(schema, lambda child: found.extend(_schemas_in(child)) or child)  # type: ignore[func-returns-value]
    return found
