"""Summarize a Ray Data dataset, on one machine or many (extra `ray`)."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from .batch.items import Item
from .batch.many import Pacing, run_many
from .errors import InputError
from .options import Options
from .pipeline.keywords import OptionKeywords
from .pipeline.session import make_session

if TYPE_CHECKING:
    from ray.data import Dataset

INSTALL = "pip install 'grounded-summarizer[ray]'"


class DatasetKeywords(OptionKeywords, total=False):
    """The types of the fields of `Options` and of `Pacing`, for type checkers."""

    concurrency: int
    requests_per_minute: float | None
    tokens_per_minute: float | None
    deadline: float | None


def summarize_dataset(
    dataset: Dataset,
    model: str | None = None,
    *,
    workers: int = 2,
    rows_at_once: int = 32,
    text_column: str = "text",
    **options: Unpack[DatasetKeywords],
) -> Dataset:
    """Add summaries to a dataset of articles.

    Each worker is a process of its own and keeps the model's answers in the cache: if one dies,
    Ray starts it again, and no request is paid for twice. On a cluster this needs a path for
    `cache=` that all machines share; otherwise each machine has a cache of its own.

    Args:
        dataset: Rows with a column of texts.
        model: As in `summarize`, but only a name: clients cannot be sent to other processes.
        workers: Number of processes; the embedded model uses all cores of a machine for each.
        rows_at_once: Rows that a worker takes and returns together, from 1.
        text_column: Name of the column of texts.
        **options: The fields of `summarizer.options.Options`, of which `cache` is True by default,
            and `concurrency`, `requests_per_minute`, `tokens_per_minute` and `deadline` as in
            `summarize_many`; the limits are those of all workers together.

    Returns:
        The dataset, still lazy, with two more columns: "summary", the Summary as JSON or None,
        and "error", the reason or None.

    Raises:
        InputError: An option is wrong, or Ray is not installed.

    Example:
        ```python
        dataset = summarize_dataset(ray.data.read_json("articles.jsonl"), "openai/gpt-4.1-mini")
        dataset.write_json("summaries")
        ```
    """
    _need_ray()
    if model is not None and not isinstance(model, str):
        raise InputError("model= must be a name: a client cannot be sent to other processes.")
    for name, value in (("workers", workers), ("rows_at_once", rows_at_once)):
        if value < 1:
            raise InputError(f"{name}={value}: choose 1 or more.")
    values: dict[str, Any] = {"cache": True, **options}
    if isinstance(values["cache"], str | Path):
        values["cache"] = str(Path(values["cache"]).absolute())
    names = [f.name for f in fields(Pacing) if f.name in values]
    whole = Pacing(**{name: values.pop(name) for name in names})
    Options.of(values)  # a wrong one is refused here, not by every worker
    return dataset.map_batches(
        _Worker,
        fn_constructor_args=(model, _share(whole, workers), text_column, values),
        concurrency=workers,
        batch_size=rows_at_once,
        batch_format="numpy",
    )


def _need_ray() -> None:
    try:
        import ray.data  # noqa: F401
    except ImportError as error:
        raise InputError(f"Ray is not installed: {INSTALL}") from error


def _share(whole: Pacing, workers: int) -> Pacing:
    """The pacing of one of several workers."""

    def part(value: float | None) -> float | None:
        return None if value is None else value / workers

    return replace(
        whole,
        concurrency=max(1, round(whole.concurrency / workers)),
        requests_per_minute=part(whole.requests_per_minute),
        tokens_per_minute=part(whole.tokens_per_minute),
    )


class _Worker:
    """Summarizes rows side by side in a process of its own."""

    def __init__(
        self, model: str | None, pacing: Pacing, text_column: str, options: dict[str, Any]
    ) -> None:
        self.model = model
        self.pacing = pacing
        self.text_column = text_column
        self.options = options

    def __call__(self, rows: dict[str, Any]) -> dict[str, Any]:
        texts = rows[self.text_column]
        items = [
            Item(str(n), text)
            if isinstance(text, str)
            else Item(str(n), "", InputError(f"{self.text_column} is not a text"))
            for n, text in enumerate(texts)
        ]
        # Made for each call: a batch closes the connections of a model that was found by name.
        session = make_session(self.model, **self.options)
        outcomes = list(run_many(items, session, self.pacing, ordered=True))
        rows["summary"] = [o.summary and o.summary.model_dump_json() for o in outcomes]
        rows["error"] = [o.error and str(o.error) for o in outcomes]
        return rows
