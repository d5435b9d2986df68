"""The audit log: who signed in, who was refused, who took an export; a line of JSON for each.

    {"time": "2031-05-01T09:12:44Z", "event": "export", "reader": "anna", "address": "10.1.0.7", "what": "search.csv"}

Owns its form. Must not know a request. What was asked does not stand in it, unless whoever runs the server wants that:
then `asked` has the address with the question.
"""

from __future__ import annotations

import json
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

from search.errors import BadRights


class AuditLog:
    """A file that only grows. Several processes may write to the same; each line is written at once."""

    def __init__(self, path: Path, *, questions: bool = False) -> None:
        """Raises BadRights if the file can't be written to: a server that can't tell who did what does not begin."""
        self._questions = questions
        self._lock = threading.Lock()
        try:
            # A file that is moved away for a new one is followed at the next line.
            self._path = path
            os.close(self._open())
        except OSError as error:
            raise BadRights(f"The audit log {path} can't be written: {error.strerror}.") from error

    def write(self, event: str, reader: str, address: str, *, asked: str = "", **more: str) -> None:
        """A line; `asked` is left out unless questions are to be logged. Raises OSError if it can't be written."""
        line = {
            "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "event": event,
            "reader": reader,
            "address": address,
            **{name: value for name, value in more.items() if value},
        }
        if asked and self._questions:
            line["asked"] = asked
        written = json.dumps(line, ensure_ascii=True).encode() + b"\n"
        with self._lock:
            file = self._open()
            try:
                os.write(file, written)
            finally:
                os.close(file)

    def _open(self) -> int:
        return os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
