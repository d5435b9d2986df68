"""A run of the indexer in the log, where the log is JSON: that it began, what it set aside, how it ended.

Owns those lines. Must not know how a run goes, nor what is told to people, which is said as ever.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from indexer.runs.report import Report
from search.system.logs import in_json, log


@contextmanager
def logged_run(inputs: Sequence[str], folder: Path) -> Iterator[Callable[[Report], None]]:
    """Logs the run inside; what it yields is to be told of the report. An error is logged with its traceback."""
    if not in_json():
        yield lambda _: None
        return
    index = str(folder)
    log(
        "index started",
        f"Indexing into {folder} has begun",
        facts={"index": index, "inputs": list(inputs)},
    )

    def ended(report: Report) -> None:
        for each in report.set_aside:
            log(
                "set aside",
                f"{each.address} was not read: {each.reason}",
                level=logging.WARNING,
                facts={
                    "address": each.address,
                    "reason": each.reason,
                    "advice": each.advice,
                    "line": each.line,
                },
            )
        stats = report.stats
        log(
            "index finished",
            f"{folder} has {stats.cables:,} cables and {stats.paragraphs:,} paragraphs",
            facts={
                "index": index,
                "engine": stats.engine,
                "changed": report.changed,
                "cables": stats.cables,
                "paragraphs": stats.paragraphs,
                "new": report.new,
                "replaced": report.replaced,
                "unchanged": report.unchanged,
                "removed": report.removed,
                "gone_on_with": report.gone_on_with,
                "set_aside": len(report.set_aside),
                "seconds": round(report.seconds, 3),
            },
        )

    try:
        yield ended
    except BaseException as error:
        said = f"Indexing into {folder} ended: {str(error) or type(error).__name__}"
        log("index failed", said, level=logging.ERROR, error=error, facts={"index": index})
        raise
