"""summarizer schema: the JSON Schema of a summary."""

from __future__ import annotations

import json

from .arguments import Output
from .printing import write


def schema(output: Output = None) -> None:
    """Print the JSON Schema of a summary, as `--format json` writes it."""
    from ..summary import Summary

    json_schema = Summary.model_json_schema(mode="serialization")
    write(json.dumps(json_schema, indent=2) + "\n", output)
