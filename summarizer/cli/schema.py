"""summarizer schema: what the JSON of a summary looks like."""

from __future__ import annotations

import json

from . import options as given
from .printing import write


def schema(output: given.Output = None) -> None:
    """Print the JSON Schema of a summary, as `--format json` writes it."""
    from ..summary import Summary

    described = Summary.model_json_schema(mode="serialization")
    write(json.dumps(described, indent=2) + "\n", output)
