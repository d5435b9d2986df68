"""The files of a batch while they are written: what was answered before an interruption is not asked again.

Owns the file `NAME.part` beside each file that is wanted, and `NAME.part.json`, which says how far they are. Must not
know what is written. `NAME` appears when it is complete.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from search.batch.formats import Told
from search.system.outputs import real_path, take_the_place


@dataclass(slots=True)
class Progress:
    """How far a batch is: lines answered, and what came of them."""

    lines: int = 0
    told: Told = field(default_factory=Told)


class Parts:
    """The files of one batch, used in a with statement; what was written stays if that is left before `finish`.

    `key` says what is asked of what: what was written for another one is no beginning of this.
    """

    def __init__(self, outputs: Sequence[Path], key: str) -> None:
        self._outputs = [real_path(output) for output in outputs]
        self._key = key
        self._state = self._outputs[0].with_name(f"{self._outputs[0].name}.part.json")
        self._files: list[BinaryIO] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def begin(self) -> Progress:
        """Open the files, behind what was written before the interruption; how far that was."""
        progress, sizes = self._left()
        for output, size in zip(self._outputs, sizes, strict=True):
            file = _part(output).open("r+b" if size else "wb")
            self._files.append(file)
            file.truncate(size)
            file.seek(size)
        return progress

    def write(self, place: int, text: str) -> None:
        """Write behind what is in a file; half of a surrogate pair as JSON writes it."""
        self._files[place].write(text.encode("utf-8", "backslashreplace"))

    def keep(self, progress: Progress) -> None:
        """Say that all up to here was written, for the next time."""
        for file in self._files:
            file.flush()
        told = progress.told
        state = {
            "key": self._key,
            "lines": progress.lines,
            "told": [told.found, told.nothing, told.problems],
            "sizes": [file.tell() for file in self._files],
        }
        next_state = self._state.with_name(f"{self._state.name}.new")
        next_state.write_text(json.dumps(state), encoding="utf-8")
        next_state.replace(self._state)

    def finish(self) -> None:
        """Give the files their names: they are complete."""
        self._close()
        for output in self._outputs:
            take_the_place(_part(output), output)
        self._state.unlink(missing_ok=True)

    def _left(self) -> tuple[Progress, list[int]]:
        """How far the files of an interrupted batch are, and how much of each counts; nothing where there are none."""
        none = Progress(), [0] * len(self._outputs)
        try:
            state = json.loads(self._state.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return none
        if state["key"] != self._key or len(state["sizes"]) != len(self._outputs):
            return none
        for output, size in zip(self._outputs, state["sizes"], strict=True):
            part = _part(output)
            if not part.is_file() or part.stat().st_size < size:
                return none
        return Progress(state["lines"], Told(*state["told"])), state["sizes"]

    def _close(self) -> None:
        for file in self._files:
            file.close()
        self._files.clear()


def _part(output: Path) -> Path:
    return output.with_name(f"{output.name}.part")
