"""The phrases of the shared FRUS volumes: each by a table of their forms that is independent of the reader.

The form of a phrase is told by one pattern each, written from the editors' style: a phrase of which no form is known
fails the test, so that the share is of all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from corpus.omissions import OmissionKind, omissions

_TAG = re.compile(r"<[^<>]*>")
_NUMBER = r"(\d+)(½?)"
# Every phrase between brackets that says so, in the text as people see it.
_SAID = re.compile(r"\[([^\[\]]{0,160}?not declassified[^\[\]]{0,40})\]")
_UNSIZED = ("text",)
_ONE = ("name", "dollar amount", "handling restriction")


def _amount(whole: str, half: str) -> float:
    return int(whole) + (0.5 if half else 0.0)


def sizes_by_form(phrase: str) -> list[tuple[float, str, str]] | None:
    """The amounts of a phrase as (amount, unit, bound), None for a form that is not known."""
    found: list[tuple[float, str, str]] = []
    rest = phrase.replace(" not declassified", "").replace(" in time for publication", "").strip()
    rest = rest.replace("three ", "3 ")
    for part in re.split(r": ", rest):
        if part in _UNSIZED:
            continue
        if part in _ONE:
            found.append((1.0, part, ""))
        elif match := re.fullmatch(r"less than (\d+) line", part):
            found.append((float(match[1]), "line", "less than"))
        elif match := re.fullmatch(
            rf"{_NUMBER} (line|page|paragraph|name)s?(?: \({_NUMBER} lines?\))?", part
        ):
            found.append((_amount(match[1], match[2]), match[3], ""))
            if match[4]:
                found.append((_amount(match[4], match[5]), "line", ""))
        else:
            return None
    return found


def test_kind_and_size_of_each_phrase_of_the_volumes(shared: Path) -> None:
    wrong: list[str] = []
    counts: Counter[str] = Counter()
    for path in sorted((shared / "data/frus").glob("*.xml")):
        text = " ".join(_TAG.sub("", path.read_text(encoding="utf-8")).split())
        by_place = {each.start: each for each in omissions(text)}
        for said in _SAID.finditer(text):
            if "Source:" in said[1]:
                continue
            counts[said[1]] += 1
            one = by_place.get(said.start())
            sizes = sizes_by_form(said[1])
            read = [(size.amount, size.unit, size.bound) for size in one.sizes] if one else None
            if one is None or one.kind is not OmissionKind.NOT_DECLASSIFIED or read != sizes:
                wrong.append(said[1])
    total = sum(counts.values())
    assert total > 200
    assert len(counts) > 20
    assert len(wrong) <= total // 100, wrong


def test_markup_changes_nothing(shared: Path) -> None:
    for path in sorted((shared / "data/frus").glob("*.xml")):
        printed = path.read_text(encoding="utf-8")
        plain = _TAG.sub("", printed)
        with_tags = Counter((each.kind, each.size) for each in omissions(printed))
        without = Counter((each.kind, each.size) for each in omissions(plain))
        assert with_tags == without


@pytest.mark.parametrize("phrase", ["text not declassified", "12 lines not declassified"])
def test_the_table_of_forms_knows_these(phrase: str) -> None:
    assert sizes_by_form(phrase) is not None
    assert sizes_by_form("something else not declassified") is None
