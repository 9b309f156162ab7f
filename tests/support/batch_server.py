"""A server on loopback that speaks OpenAI's files, batches and chat completions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tests.support.obedient import completion
from tests.support.server import Loopback, Reply

Answering = Callable[[dict[str, Any]], tuple[int, bytes]]
JSON = {"Content-Type": "application/json"}


def obedient(body: dict[str, Any]) -> tuple[int, bytes]:
    return 200, completion(body)


class BatchServer(Loopback):
    """Answers the requests of a batch by a function, once its state was asked for `looks` times.

    It refuses what OpenAI refuses of files and batches.

    Attributes:
        looks: How often a batch is looked at until it has ended.
        answering: What answers each request.
        status: How batches end: one status for each of the first, the last for all others.
        faults: Replies in place of its own, by step: "upload", "create", "look", "list",
            "download"; each is used once.
        lost: How many requests of a batch that does not complete have no line.
        spoil: Changes the lines of an output file.
        late: Faults of "create" come after the batch was made.
    """

    def __init__(self, looks: int = 2, answering: Answering = obedient) -> None:
        super().__init__()
        self.looks = looks
        self.answering = answering
        self.status = ["completed"]
        self.faults: dict[str, list[Reply]] = {}
        self.lost = 10**9
        self.spoil: Callable[[list[bytes]], list[bytes]] = lambda lines: lines
        self.late = False
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.asked_live = 0
        self._looked: dict[str, int] = {}

    def reply(self, path: str, headers: dict[str, str], data: bytes) -> Reply:
        headers = {name.lower(): value for name, value in headers.items()}
        step = _step(path, bool(data))
        fault = self.faults[step].pop(0) if self.faults.get(step) else None
        if fault is not None and not self.late:
            return fault
        if not headers.get("authorization", "").startswith("Bearer "):
            return _refusal(401, "You didn't provide an API key.")
        reply = self._post(step, data, headers) if data else self._get(step, path)
        return fault or reply

    def requests(self) -> list[dict[str, Any]]:
        """Every request that came in a batch, in order."""
        return [
            json.loads(line)
            for batch in self.batches.values()
            for line in self.files[batch["input_file_id"]].splitlines()
        ]

    def _post(self, step: str, data: bytes, headers: dict[str, str]) -> Reply:
        if step == "upload":
            return self._upload(data, headers.get("content-type", ""))
        if step == "create":
            return self._create(json.loads(data))
        self.asked_live += 1
        status, body = self.answering(json.loads(data))
        return Reply(status, body, JSON)

    def _upload(self, data: bytes, kind: str) -> Reply:
        parts = data.split(b"--" + kind.partition("boundary=")[2].encode())
        file = next(p for p in parts if b"filename=" in p)
        purpose = next((p for p in parts if b'name="purpose"' in p), b"")
        if not re.search(rb'filename="[^"]+\.jsonl"', file):
            return _refusal(400, "Invalid file format for Batch API. Must be .jsonl")
        if b"batch" not in purpose:
            return _refusal(400, "'purpose' is not one of the allowed values")
        id = f"file-{len(self.files)}"
        self.files[id] = file.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n")
        return _json(_file(id))

    def _create(self, batch: dict[str, Any]) -> Reply:
        if batch.get("input_file_id") not in self.files:
            return _refusal(400, "Invalid input_file_id")
        if batch.get("endpoint") != "/v1/chat/completions":
            return _refusal(400, "Invalid endpoint")
        if batch.get("completion_window") != "24h":
            return _refusal(400, "Invalid completion_window")
        metadata = batch.get("metadata") or {}
        if len(metadata) > 16 or any(len(k) > 64 or len(v) > 512 for k, v in metadata.items()):
            return _refusal(400, "Invalid metadata")
        id = f"batch-{len(self.batches)}"
        known = {"id": id, "object": "batch", "created_at": 0, "status": "in_progress"}
        self.batches[id] = batch | known
        return _json(self.batches[id])

    def _get(self, step: str, path: str) -> Reply:
        if step == "list":
            newest_first = list(self.batches.values())[::-1]
            return _json({"object": "list", "data": newest_first, "has_more": False})
        id = path.split("?")[0].removesuffix("/content").rpartition("/")[2]
        if step == "download":
            return Reply(200, self.files[id]) if id in self.files else _refusal(404, "No such file")
        if id not in self.batches:
            return _refusal(404, f"No batch found with id '{id}'.")
        batch = self.batches[id]
        self._looked[id] = self._looked.get(id, 0) + 1
        if self._looked[id] >= self.looks and batch["status"] == "in_progress":
            self._end(batch, self.status[0] if len(self.status) == 1 else self.status.pop(0))
        return _json(batch)

    def _end(self, batch: dict[str, Any], status: str) -> None:
        batch["status"] = status
        rows = [json.loads(line) for line in self.files[batch["input_file_id"]].splitlines()]
        if (reason := _unfit(rows)) is not None:
            batch["status"] = "failed"
            batch["errors"] = {"object": "list", "data": [{"code": "x", "message": reason}]}
        if batch["status"] not in ("completed", "expired", "cancelled"):
            return
        done, failed = [], []
        for row in rows if status == "completed" else rows[self.lost :]:
            code, data = self.answering(row["body"])
            response = {"status_code": code, "body": json.loads(data)}
            out = {"custom_id": row["custom_id"], "response": response, "error": None}
            (done if code == 200 else failed).append(json.dumps(out).encode())
        if status == "expired":
            error = {"code": "batch_expired", "message": "This request could not be executed."}
            for row in rows[: self.lost]:
                out = {"custom_id": row["custom_id"], "response": None, "error": error}
                failed.append(json.dumps(out).encode())
        for name, lines in (("output_file_id", self.spoil(done)), ("error_file_id", failed)):
            if lines:
                batch[name] = f"file-{len(self.files)}"
                self.files[batch[name]] = b"\n".join(lines)


def _step(path: str, has_data: bool) -> str:
    """What is asked for."""
    if has_data:
        kinds = {"files": "upload", "batches": "create"}
        return kinds.get(path.rpartition("/")[2], "live")
    if path.endswith("/content"):
        return "download"
    return "look" if re.search(r"/batches/[^/?]", path) else "list"


def _unfit(rows: list[dict[str, Any]]) -> str | None:
    """Why OpenAI fails a batch of these requests after looking at them."""
    if len(rows) > 50_000:
        return "Batch file contains more than 50,000 requests"
    if len({row["custom_id"] for row in rows}) < len(rows):
        return "Duplicate custom_id"
    if {(row["method"], row["url"]) for row in rows} != {("POST", "/v1/chat/completions")}:
        return "The URL provided for this request does not match the batch endpoint"
    if len({row["body"]["model"] for row in rows}) > 1:
        return "All requests in a batch must use the same model"
    return "Streaming is not supported" if any(r["body"].get("stream") for r in rows) else None


def _json(data: dict[str, Any]) -> Reply:
    return Reply(200, json.dumps(data), JSON)


def _refusal(status: int, message: str) -> Reply:
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": None}
    return Reply(status, json.dumps({"error": error}), JSON)


def _file(id: str) -> dict[str, Any]:
    return {
        "id": id,
        "object": "file",
        "bytes": 1,
        "created_at": 0,
        "filename": "requests.jsonl",
        "purpose": "batch",
        "status": "processed",
    }
