"""What an archive decides of its people: a line for each, in a file of its own, `people.csv`.

    decision,one,other,note
    same,Anna L. Mora,Anna Mora-Weiss,"married 1974, see 74PORTO12"
    apart,Robert Weiss,R. Weiss,the consul and the engineer

Owns the form of the file, and how a line is added or taken out. A line that is taken out is undone: nothing of it is in
the index. Must not know which names there are.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from corpus.late_dataclasses import dataclass
from search.errors import SearchError

FILE_NAME = "people.csv"
VARIABLE = "CABLEGRAM_PEOPLE"
_HEADER = ("decision", "one", "other", "note")
_SAME, _APART = "same", "apart"


class BadDecisions(SearchError):
    """The file of decisions can't be read or written, or a line of it is none."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A line: two names are one person's (`same`), or are not; `note` is the archive's reason."""

    same: bool
    one: str
    other: str
    note: str = ""


def decisions_file(folder: Path) -> Path:
    """The file of an index: the one that CABLEGRAM_PEOPLE names, or people.csv in the folder of the index."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else folder / FILE_NAME


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The lines of a file in their order; () where there is none. Raises BadDecisions, with the line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise BadDecisions(f"The file {path} can't be read: {error}.") from error
    found = []
    for number, row in enumerate(csv.reader(StringIO(text)), 1):
        cells = [" ".join(cell.split()) for cell in row]
        if not any(cells) or cells[0].startswith("#") or tuple(cells[:3]) == _HEADER[:3]:
            continue
        if len(cells) < 3 or cells[0] not in {_SAME, _APART} or not (cells[1] and cells[2]):
            raise BadDecisions(
                f"{path}, line {number}: write same or apart, and two names: same,Anna L. Mora,Anna Mora"
            )
        found.append(Decision(cells[0] == _SAME, cells[1], cells[2], ",".join(cells[3:])))
    return tuple(found)


def write_decisions(path: Path, decisions: Sequence[Decision]) -> None:
    """Write the lines; the file is replaced whole. Raises BadDecisions."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADER)
    for each in decisions:
        writer.writerow((_SAME if each.same else _APART, each.one, each.other, each.note))
    new = path.with_name(f"{path.name}.new")
    try:
        new.write_text(text.getvalue(), encoding="utf-8")
        new.replace(path)
    except OSError as error:
        raise BadDecisions(f"The file {path} can't be written: {error.strerror}.") from error
