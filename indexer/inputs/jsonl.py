"""Our own JSON lines: a whole cable a line, as `cablegram export` writes them, read back to equal cables.

Owns the form of the file. What a cable looks like as JSON is told by `corpus.cable_json`. Must not know pages: what is
read here was parsed long ago, and is not parsed again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from corpus.cable_json import cable_from_json
from corpus.ids import can_name
from corpus.model import Cable
from indexer.page import SetAside

_ADVICE = "give it as `cablegram export` writes it, a cable a line"

# A file of JSON lines starts with an object: `{"id": "07GUANGZHOU376", "date": ...`.
_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*+\{\s*+\"")
# Names of fields that a cable has and that few other objects have together, in whatever order.
_FIELDS = (
    b'"id"',
    b'"date"',
    b'"origin_code"',
    b'"classification"',
    b'"paragraphs"',
    b'"segments"',
)
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Exported:
    """A cable with the place it was read from, `cables.jsonl:line 12`; its own address is where it was found first."""

    cable: Cable
    place: str


def recognise(head: bytes) -> bool:
    """Whether a file starts as an export does; `head` is its beginning."""
    return bool(_OBJECT.match(head)) and sum(name in head for name in _FIELDS) >= _ENOUGH


def looks_like_json(head: bytes) -> bool:
    """Whether a file starts as an object of JSON, be it a cable or not."""
    return bool(_OBJECT.match(head))


def read_lines(stream: BinaryIO, address: str, limit: int) -> Iterator[Exported | SetAside]:
    """The cables of an export, in order, each equal to the one that was written; bad lines as what is wrong with them.

    `stream` stands at the start; `limit` is the longest line in bytes.
    """
    number, whole = 0, True
    while line := stream.readline(limit + 1):
        number += whole
        rest, whole = not whole, line.endswith(b"\n")
        if rest:  # of a line that was too long
            continue
        if len(line) > limit:
            reason = f"the line has more than {limit:,} bytes"
            yield SetAside(address, reason, "allow more with --max-page-size", number)
        elif line.strip():
            yield _cable(line, address, number)


def _cable(line: bytes, address: str, number: int) -> Exported | SetAside:
    try:
        cable = cable_from_json(json.loads(line.decode("utf-8-sig")))
    except UnicodeDecodeError:
        return SetAside(address, "the line is not UTF-8", _ADVICE, number)
    except json.JSONDecodeError as error:
        reason = f"the line is no JSON: {error.msg}, at its character {error.pos + 1}"
        return SetAside(address, reason, _ADVICE, number)
    except RecursionError:
        return SetAside(address, "the line is JSON nested too deep to be read", _ADVICE, number)
    except ValueError as error:  # the sentence of `cable_from_json`; a number of too many digits
        return SetAside(address, f"the line holds no cable: {error}", _ADVICE, number)
    if not can_name(cable.id):
        return SetAside(address, "the line holds no cable: its id is no text", _ADVICE, number)
    return Exported(cable, f"{address}:line {number}")
