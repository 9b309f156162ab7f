"""A real HTTP server on loopback that answers by a script, and speaks OpenAI's chat completions."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass
class Reply:
    """One answer of the server."""

    status: int = 200
    body: str | bytes = ""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut_off: bool = False
    """Close the connection after half of the body, or after all pieces but before their end."""
    pieces: Iterable[str | bytes] | None = None
    """Sent one by one, each as soon as the iterator gives it, in place of a body."""


EVENT_STREAM = {"Content-Type": "text/event-stream"}


def chat(content: str | None, finish: str = "stop", **extra: Any) -> Reply:
    """A completion with this content."""
    message = {"role": "assistant", "content": content, **extra}
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "finish_reason": finish, "message": message}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
    }
    return Reply(body=json.dumps(body), headers={"Content-Type": "application/json"})


def deltas(content: str, size: int = 7) -> Iterator[str]:
    """The server-sent events that bring the content of a completion, a few characters each."""
    for i in range(0, len(content), size):
        yield _event({"delta": {"content": content[i : i + size]}, "finish_reason": None})


def ending() -> Iterator[str]:
    """The events at the end of a completion, with its usage."""
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    yield _event({"delta": {}, "finish_reason": "stop"})
    yield _event(None, usage=usage)
    yield "data: [DONE]\n\n"


def _event(choice: dict[str, Any] | None, **more: Any) -> str:
    choices = [] if choice is None else [{"index": 0, **choice}]
    named = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 0, "model": "s"}
    return f"data: {json.dumps({**named, 'choices': choices, **more})}\n\n"


def streamed(content: str, size: int = 7) -> Reply:
    """A completion as server-sent events, with the usage at the end."""
    return Reply(body="".join([*deltas(content, size), *ending()]), headers=EVENT_STREAM)


def flowing(pieces: Iterable[str]) -> Reply:
    """Events that are sent one by one, each as soon as the iterator gives it."""
    return Reply(pieces=pieces, headers=EVENT_STREAM)


def answer(**fields: Any) -> Reply:
    """A completion whose content is a JSON object of these fields."""
    return chat(json.dumps(fields))


Step = Reply | Callable[[dict[str, Any]], Reply]


class Crowd:
    """A step that holds every request until a number of them have arrived."""

    def __init__(self, size: int, step: Callable[[dict[str, Any]], Reply]) -> None:
        self.size = size
        self.step = step
        self.came_together = threading.Event()
        self._here = 0
        self._lock = threading.Lock()

    def __call__(self, body: dict[str, Any]) -> Reply:
        with self._lock:
            self._here += 1
            if self._here == self.size:
                self.came_together.set()
        self.came_together.wait(20)
        return self.step(body)


class Loopback:
    """An HTTP server on loopback, in threads of this process; `reply` says what it answers."""

    def __init__(self) -> None:
        self.connections = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                super().setup()
                outer.connections += 1

            def do_POST(self) -> None:
                data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                _send(self, outer.reply(self.path, dict(self.headers), data))

            do_GET = do_POST

            def log_message(self, *_: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    def reply(self, path: str, headers: dict[str, str], data: bytes) -> Reply:
        """The answer to one request; `data` is empty for a GET."""
        raise NotImplementedError


def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    time.sleep(reply.delay)
    with contextlib.suppress(OSError):
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        handler.close_connection = handler.close_connection or reply.cut_off
        if reply.pieces is not None:
            _send_pieces(handler, reply.pieces, reply.cut_off)
            return
        data = reply.body.encode() if isinstance(reply.body, str) else reply.body
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data[: len(data) // 2] if reply.cut_off else data)


def _send_pieces(
    handler: BaseHTTPRequestHandler, pieces: Iterable[str | bytes], cut_off: bool
) -> None:
    """A body in chunks, each of which is sent at once."""
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    with contextlib.ExitStack() as open_pieces:
        if isinstance(pieces, Generator):
            open_pieces.enter_context(contextlib.closing(pieces))  # it sees that nobody reads on
        for piece in filter(None, pieces):
            data = piece.encode() if isinstance(piece, str) else piece
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
            handler.wfile.flush()
    if not cut_off:
        handler.wfile.write(b"0\r\n\r\n")


class ScriptedServer(Loopback):
    """Answers by the steps of a script, then by its last step for ever; keeps every request's body."""

    def __init__(self) -> None:
        super().__init__()
        self.script: list[Step] = []
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self._lock = threading.Lock()

    def will(self, *steps: Step) -> Self:
        self.script = list(steps)
        return self

    def reply(self, path: str, headers: dict[str, str], data: bytes) -> Reply:
        body = json.loads(data or b"{}")
        with self._lock:
            step = self.script[min(len(self.requests), len(self.script) - 1)]
            self.requests.append(body)
            self.headers.append(headers)
        reply = step(body) if callable(step) else step
        return _as_asked(reply) if body.get("stream") else reply


def _as_asked(reply: Reply) -> Reply:
    """A completion as the stream that was asked for; any other reply as it is."""
    try:
        [choice] = json.loads(reply.body)["choices"]
    except (ValueError, TypeError, KeyError):
        return reply
    if not isinstance(content := choice["message"]["content"], str):
        return reply
    return replace(streamed(content), delay=reply.delay, cut_off=reply.cut_off)
