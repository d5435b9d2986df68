"""What a program says while it works, a line each: in words for people, or as JSON for programs that read logs.

Owns the form of a line of JSON, and what else becomes one: warnings of libraries, and errors that nobody caught. Must
not know what happens. In text everything is said as before, by whoever says it.

    {"time": "2026-11-30T16:02:11.482Z", "level": "info", "event": "request", "message": "GET /help 200",
     "request_id": "5f0c...", "method": "GET", "route": "/help", "status": 200, "seconds": 0.012, "bytes": 5210}
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import traceback
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType

# The name of the request that this thread answers; "" for none.
REQUEST: ContextVar[str] = ContextVar("request", default="")
LOG = logging.getLogger("cablegram")
# Whatever a library says for itself has this event.
_OTHERS = "log"
_FACTS = "cablegram_facts"


class JsonLines(logging.Formatter):
    """Each record as one JSON object on one line, an error with its traceback too."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        event, facts = getattr(record, _FACTS, (_OTHERS, {}))
        moment = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, object] = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "event": event,
            "message": record.getMessage(),
        }
        if event == _OTHERS:
            line["logger"] = record.name
        if name := REQUEST.get():
            line["request_id"] = name
        line |= facts
        if record.exc_info and (error := record.exc_info[1]) is not None:
            line["error"] = {
                "type": type(error).__name__,
                "message": str(error),
                "traceback": "".join(traceback.format_exception(error)),
            }
        return json.dumps(line, ensure_ascii=False, default=str)


class _Lines(logging.Handler):
    """Writes each line to standard error in one piece, so that those of several processes don't get into each other."""

    def emit(self, record: logging.LogRecord) -> None:
        """Writes it."""
        try:
            line = f"{self.format(record)}\n".encode("utf-8", "backslashreplace")
            sys.stderr.buffer.write(line)
            sys.stderr.flush()
        except Exception:
            self.handleError(record)


class _Words(logging.Formatter):
    """A request as a line of text: when, then what."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        moment = datetime.fromtimestamp(record.created, UTC)
        return (
            f"{moment.isoformat(timespec='seconds').replace('+00:00', 'Z')} {record.getMessage()}"
        )


def set_up(form: str, *, requests: bool = False) -> None:
    """Has this process write its log in that form from now on: "text" or "json"; with a line for each request or not.

    In JSON errors that nobody caught, and warnings of Python's, are lines too.
    """
    LOG.propagate = True
    LOG.setLevel(logging.INFO if form == "json" or requests else logging.NOTSET)
    root = logging.getLogger()
    for logger in (LOG, root):
        logger.handlers[:] = [each for each in logger.handlers if not isinstance(each, _Lines)]
    if form == "text":
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        if requests:
            words = _Lines()
            words.setFormatter(_Words())
            LOG.addHandler(words)
            LOG.propagate = False
        return
    lines = _Lines()
    lines.setFormatter(JsonLines())
    root.addHandler(lines)
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_a_thread


def in_json() -> bool:
    """Whether this process writes its log as JSON."""
    return any(isinstance(each.formatter, JsonLines) for each in logging.getLogger().handlers)


def log(
    event: str,
    message: str,
    *,
    level: int = logging.INFO,
    error: BaseException | None = None,
    facts: Mapping[str, object] | None = None,
) -> None:
    """A line about something that happened, with its facts by name."""
    LOG.log(level, "%s", message, exc_info=error, extra={_FACTS: (event, dict(facts or {}))})


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    log("failed", f"{kind.__name__}: {error}", level=logging.CRITICAL, error=error)


def _uncaught_in_a_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
