"""The schema of the tantivy engine: which fields its documents have.

Owns the names of the fields. Must not know plans, pages or commits.

A unit of a cable is a document (`search.units`). The cable itself, compressed, is stored on that of its head.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from struct import Struct
from typing import Any

import tantivy

from search.fields import COUNTED, NUMBER_FIELDS, PLACED_FIELDS, TERM_FIELDS
from search.plans.documents import BREAK
from search.text.nearness import MOST_BETWEEN, MOST_WORDS

NAME = "tantivy"
# Counts up whenever this module makes other documents or fields than before.
SCHEMA = 10

BLANKS = "blanks"  # our tokenizer: terms come ready made and are split at blanks only
# A word that is not indexed but takes a position. So many of them behind a break keep words on both sides of it from
# being near each other.
GAP = "/"
GAPS = MOST_WORDS + MOST_BETWEEN
OWNER = "owner"  # the look-up key of the cable that a document belongs to
CABLE = "cable"  # the whole cable, from which its paragraphs are shown as well
# The cable's id. Only numbers can be read for many documents at once, so it is kept as numbers of eight bytes.
ID = ("id_0", "id_1", "id_2", "id_3")
# Also the id, if those numbers are too few for it.
LONG_ID = "long_id"
# The same for all paragraphs of a cable, another for each cable; counting the different ones counts the cables. They
# are given out one after the other, because tantivy counts small numbers in half the time that large ones take.
CABLE_NUMBER = "cable_number"
# The stems of a unit that stand in one of its cable's units before it: a word has as many cables as units, less these.
AGAIN = "again"
# Fields with about as many values as cables. They are also counted by a number for each value, as folded: tantivy adds
# up numbers at once, but reads the text of each value that it adds up, which takes 5 microseconds.
MANY_VALUED = ("section",)
# Fields that are counted together, by the name of their column: what a paragraph has in them is one value. To write and
# to count one column takes less time than three, as long as there are few such values. The fields of a group have one
# value each; a group of one field may have several.
GROUPS: dict[str, tuple[str, ...]] = {
    "post": ("origin", "country", "region"),
    "form": ("classification", "part", "mark", "source"),
    "has": ("has",),
}
GROUP_OF = {name: group for group, names in GROUPS.items() for name in names}
# All values that are asked for and not scored, as folded, each behind the name of its field: to write one field takes
# less time than to write twenty.
VALUES = "values"
# Fields whose values are folded as they are printed: they are asked for in the column that is counted.
PLAIN = frozenset({"year", "month", "day", "words"})
# Fields that nearly every unit has nearly all values of: asked for by the sets of values that there are. To write one
# set takes less time than to write eight values.
SETS = frozenset({"has"})
# Counted by asking for each of its values; see `totals`.
WHERE = "in"
JOINT = "\n"
_CODE_BYTES = 6
_SCORED = frozenset(f"terms_{name}" for name in TERM_FIELDS)
# Where the values of a field are counted, of all fields that are.
COLUMNS = {name: f"shown_{GROUP_OF.get(name, name)}" for name in COUNTED if name != WHERE}
_ONLY_COUNTED = frozenset(column for name, column in COLUMNS.items() if name not in PLAIN)
_ID_FORM = Struct(f">{len(ID)}q")
_NUMBER_BYTES = 8


def build_schema() -> tantivy.Schema:
    """The fields of every index."""
    builder = tantivy.SchemaBuilder()
    for name in TERM_FIELDS:
        kept = "position" if name in PLACED_FIELDS else "freq"
        builder.add_text_field(f"terms_{name}", tokenizer_name=BLANKS, index_option=kept)
    builder.add_text_field(VALUES, tokenizer_name="raw", index_option="basic")
    for name in sorted(SETS):
        builder.add_text_field(f"set_{name}", tokenizer_name="raw", index_option="basic")
    for name in MANY_VALUED:
        builder.add_integer_field(f"code_{name}", indexed=True, fast=True)
    builder.add_text_field(f"terms_{AGAIN}", tokenizer_name=BLANKS, index_option="basic")
    for column in dict.fromkeys(COLUMNS.values()):
        # As people read it, to be counted; see `trim`.
        builder.add_text_field(column, fast=True, tokenizer_name="raw", index_option="basic")
    for name in NUMBER_FIELDS:
        # Ranges are read off the column; an index of numbers beside it would be asked for nothing.
        builder.add_integer_field(f"number_{name}", fast=True)
    builder.add_text_field(OWNER, tokenizer_name="raw", index_option="basic")
    for name in (*ID, CABLE_NUMBER):
        builder.add_integer_field(name, fast=True)
    builder.add_text_field(LONG_ID, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field(CABLE, stored=True)
    return builder.build()


def trim(schema: list[dict[str, Any]]) -> None:
    """Takes out of a schema, as tantivy writes it, what nothing asks for; the library's Python has no word for it.

    That is the lengths of fields, a byte a document and field, but for fields of terms, which are scored by them; and
    the list of documents of each value that is only counted.
    """
    for field in schema:
        name, options = field["name"], field.get("options", {})
        indexing = options.get("indexing")
        if not isinstance(indexing, dict):
            continue
        if name in _ONLY_COUNTED:
            options["indexing"] = None
        elif name not in _SCORED:
            indexing["fieldnorms"] = False


def joint_value(group: str, values: Mapping[str, tuple[str, ...]]) -> str:
    """What a unit has in the fields of a group, as their column has it; "" for nothing."""
    names = GROUPS[group]
    if len(names) == 1:
        return JOINT.join(sorted(values.get(names[0], ())))
    found = [values.get(name) for name in names]
    return JOINT.join([each[0] if each else "" for each in found]) if any(found) else ""


def counted_values(name: str, joint: str) -> list[str]:
    """The values of one field of a group in what their column has."""
    each = joint.split(JOINT)
    names = GROUPS[GROUP_OF[name]]
    if len(names) == 1:
        return each
    found = each[names.index(name)]
    return [found] if found else []


@lru_cache(maxsize=1 << 12)
def code_of(folded: str) -> int:
    """A number for a value: 48 bits of its hash.

    Of a million values two have the same number in one index of six hundred; such two are counted together when the
    most frequent are chosen, and apart when they are shown.
    """
    return int.from_bytes(blake2b(folded.encode(), digest_size=_CODE_BYTES).digest())


def value_place(name: str) -> tuple[str, str]:
    """Where the folded values of a field are asked for: the field of the index, and what stands before each value.

    Those of `SETS` stand elsewhere.
    """
    return (f"shown_{name}", "") if name in PLAIN else (VALUES, f"{name}:")


def set_of(values: Iterable[str]) -> str:
    """Folded values as one."""
    return JOINT.join(sorted(values))


_BREAK = f" {BREAK} "
_WIDE_BREAK = f"{_BREAK}{f'{GAP} ' * GAPS}"


def with_gaps(terms: str) -> str:
    """The terms of a field as they are indexed, with room at each break."""
    return terms.replace(_BREAK, _WIDE_BREAK)


def id_numbers(cable_id: str) -> tuple[int | None, ...]:
    """The first bytes of an id as signed numbers, filled up with zeros; None behind its end."""
    encoded = cable_id.encode()[: _ID_FORM.size]
    numbers = _ID_FORM.unpack(encoded.ljust(_ID_FORM.size, b"\0"))
    return tuple(
        number if place * _NUMBER_BYTES < len(encoded) else None
        for place, number in enumerate(numbers)
    )


@lru_cache(maxsize=1 << 16)
def id_of(numbers: tuple[int | None, ...]) -> str | None:
    """The id that gave these numbers, None if they may not hold all of it."""
    padded = _ID_FORM.pack(*(number or 0 for number in numbers))
    return None if padded[-1] else padded.rstrip(b"\0").decode()
