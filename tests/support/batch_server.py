"""A server on loopback that speaks OpenAI's files, batches and chat completions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tests.support.obedient import completion
from tests.support.server import Loopback, Reply

Answering = Callable[[dict[str, Any]], tuple[int, bytes]]


def obedient(body: dict[str, Any]) -> tuple[int, bytes]:
    return 200, completion(body)


class BatchServer(Loopback):
    """Answers the requests of a batch by a function, once its state was asked for `looks` times."""

    def __init__(self, looks: int = 2, answering: Answering = obedient) -> None:
        super().__init__()
        self.looks = looks
        self.answering = answering
        self.status = "completed"
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.asked_live = 0
        self.fail_uploads = 0
        self._looked: dict[str, int] = {}

    def reply(self, path: str, headers: dict[str, str], data: bytes) -> Reply:
        kind = headers.get("Content-Type", "")
        status, body = self.post(path, data, kind) if data else self.get(path)
        return Reply(status, body, {"Content-Type": "application/json"})

    def requests(self) -> list[dict[str, Any]]:
        """Every request that came in a batch, in order."""
        return [
            json.loads(line)
            for batch in self.batches.values()
            for line in self.files[batch["input_file_id"]].splitlines()
        ]

    def post(self, path: str, data: bytes, kind: str) -> tuple[int, bytes]:
        if path.endswith("/files"):
            if self.fail_uploads:
                self.fail_uploads -= 1
                return 400, b'{"error": {"message": "bad file"}}'
            boundary = kind.partition("boundary=")[2].encode()
            part = next(p for p in data.split(b"--" + boundary) if b"filename=" in p)
            id = f"file-{len(self.files)}"
            self.files[id] = part.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n")
            return 200, json.dumps(_file(id)).encode()
        if path.endswith("/batches"):
            id = f"batch-{len(self.batches)}"
            self.batches[id] = {
                **json.loads(data),
                "id": id,
                "object": "batch",
                "created_at": 0,
                "status": "in_progress",
            }
            return 200, json.dumps(self.batches[id]).encode()
        self.asked_live += 1
        return self.answering(json.loads(data))

    def get(self, path: str) -> tuple[int, bytes]:
        if match := re.search(r"/files/([^/]+)/content", path):
            return 200, self.files[match[1]]
        if match := re.search(r"/batches/([^/?]+)", path):
            batch = self.batches[match[1]]
            self._looked[match[1]] = self._looked.get(match[1], 0) + 1
            if self._looked[match[1]] >= self.looks and batch["status"] == "in_progress":
                self._end(batch)
            return 200, json.dumps(batch).encode()
        rows = {"object": "list", "data": list(self.batches.values()), "has_more": False}
        return 200, json.dumps(rows).encode()

    def _end(self, batch: dict[str, Any]) -> None:
        done, failed = [], []
        for line in self.files[batch["input_file_id"]].splitlines():
            row = json.loads(line)
            status, data = self.answering(row["body"])
            response = {"status_code": status, "body": json.loads(data)}
            out = {"custom_id": row["custom_id"], "response": response, "error": None}
            (done if status == 200 else failed).append(json.dumps(out))
        batch["status"] = self.status
        for name, rows in (("output_file_id", done), ("error_file_id", failed)):
            if rows:
                batch[name] = f"file-{len(self.files)}"
                self.files[batch[name]] = "\n".join(rows).encode()


def _file(id: str) -> dict[str, Any]:
    return {
        "id": id,
        "object": "file",
        "bytes": 1,
        "created_at": 0,
        "filename": "x",
        "purpose": "batch",
        "status": "processed",
    }
