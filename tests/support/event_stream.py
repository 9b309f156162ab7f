"""AWS's framing of events, which botocore only decodes: vnd.amazon.eventstream."""

from __future__ import annotations

import base64
import json
import struct
from typing import Any
from zlib import crc32

TYPE = "application/vnd.amazon.eventstream"
_STRING = 7


def frame(name: str, data: dict[str, Any], kind: str = "event") -> bytes:
    """An event or an exception: lengths and their checksum, headers, the body, and a checksum."""
    of_name = {"event": ":event-type", "exception": ":exception-type"}[kind]
    fields = {of_name: name, ":content-type": "application/json", ":message-type": kind}
    headers = b"".join(_header(*field) for field in fields.items())
    body = json.dumps(data).encode()
    lengths = struct.pack("!II", 16 + len(headers) + len(body), len(headers))
    message = lengths + struct.pack("!I", crc32(lengths)) + headers + body
    return message + struct.pack("!I", crc32(message))


def chunk(data: str) -> bytes:
    """An event of a model that is invoked with its own format, as JSON."""
    return frame("chunk", {"bytes": base64.b64encode(data.encode()).decode()})


def _header(name: str, value: str) -> bytes:
    start = struct.pack("!B", len(name)) + name.encode() + struct.pack("!B", _STRING)
    return start + struct.pack("!H", len(value)) + value.encode()
