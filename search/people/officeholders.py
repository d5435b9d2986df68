"""Who held the offices that cables name by a surname alone: `KISSINGER` under a telegram of 1974.

Owns the table officeholders. Must not know how a text is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from corpus.late_dataclasses import dataclass
from corpus.table_files import read_table
from search.people.vocabulary import FAMILY_FIRST

# A cable names those who left an office, or come into it, so many years on.
_AROUND = 1


@dataclass(frozen=True, slots=True)
class Officeholder:
    """A person in an office: `first` and `last` are the years, both included; `country` is whose office it is.

    Of leaders of countries the table has no office by name, and `office` is `leader`: the years are those in which
    cables speak of them. `alone` says that the surname by itself means this person in those years.
    """

    name: str
    office: str
    country: str
    first: int
    last: int
    forms: tuple[str, ...]
    alone: bool


@cache
def officeholders() -> tuple[Officeholder, ...]:
    """The rows of the table, in its order."""
    return tuple(
        Officeholder(
            row["name"],
            row["office"],
            row["country"],
            int(row["from"]),
            int(row["to"]),
            tuple(filter(None, row["forms"].split("|"))),
            row["alone"] != "no",
        )
        for row in read_table("officeholders")
    )


@cache
def alone_in(year: int) -> Mapping[str, str]:
    """The surnames that mean one person in a year, as text has them and in capitals, with whose they are."""
    found: dict[str, set[str]] = {}
    barred: set[str] = set()
    for each in officeholders():
        if not each.first - _AROUND <= year <= each.last + _AROUND:
            continue
        for surname in _surnames(each):
            (found.setdefault(surname, set()).add(each.name) if each.alone else barred.add(surname))
    single = {
        word: next(iter(names))
        for word, names in found.items()
        if len(names) == 1 and word not in barred
    }
    return {**single, **{word.upper(): name for word, name in single.items()}}


def _surnames(each: Officeholder) -> tuple[str, ...]:
    words = each.name.split()
    family = words[0] if len(words) > 1 and words[0] in FAMILY_FIRST else words[-1]
    return (family, *(form for form in each.forms if " " not in form))
