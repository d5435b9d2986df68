"""The units of a cable: which there are, their anchors, names, places and own words; and as they are stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from corpus.model import (
    Cable,
    Footnote,
    Paragraph,
    Part,
    Passage,
    Post,
    Recipient,
    Reference,
    Segment,
    SegmentKind,
    Version,
)
from search.engines.stored import Shown, pack_cable, packed_units, unpack_cable, unpack_unit
from search.units import (
    HEAD_ANCHOR,
    UnitKind,
    first_place,
    header_parts,
    kind_at,
    note_anchors,
    units,
)

VERSIONS = (Version("scoop", "a", "1"), Version("volume", "b", "2"))


def paragraph(anchor: str, section: str | None = None, number: int | None = None) -> Paragraph:
    return Paragraph(anchor, number, None, section, Part.BODY, f"Text of {anchor}.")


CABLE = Cable(
    id="07ROME1",
    subject="Wheat",
    segments=(
        Segment(SegmentKind.HEADER, "FM AMEMBASSY ROME\n"),
        Segment(SegmentKind.PARAGRAPH, "Text of p1.\n"),
        Segment(SegmentKind.HEADER, "TO SECSTATE\n"),
    ),
    paragraphs=(
        paragraph("p1", number=1),
        paragraph("p2", "Harvest", 2),
        paragraph("u3", "Harvest"),
        paragraph("p4b", "Comment", 4),
        paragraph("p5", None, 5),
        paragraph("p6", "Comment", 6),
        paragraph("p7", "Harvest", 7),
    ),
    source_note="Rome archive.",
    footnotes=(
        Footnote("1", "To the second.", "p2"),
        Footnote("1", "Again to the second.", "p2"),
        Footnote("*", "To no paragraph."),
        Footnote("3", "To one that is not there.", "p99"),
        Footnote("", "Without a mark.", "u3"),
    ),
    versions=VERSIONS,
    passages=(
        Passage(VERSIONS[1], paragraph("p8", "Harvest", 8)),
        Passage(VERSIONS[0], paragraph("u9")),
    ),
)
NAMES = [
    ("p1", "¶1"), ("p2", "¶2"), ("u3", "unnumbered 3"), ("p4b", "¶4b"), ("p5", "¶5"), ("p6", "¶6"), ("p7", "¶7"),
    ("head", "subject and header"),
    ("s-p2", "heading over ¶2 to unnumbered 3"), ("s-p4b", "heading over ¶4b"),
    ("s-p6", "heading over ¶6"), ("s-p7", "heading over ¶7"),
    ("source", "source note"), ("n1", "note 1 to ¶2"), ("n1b", "note 1 to ¶2"), ("nu1", "note * to the header"),
    ("n3", "note 3 to the header"), ("nu2", "note to unnumbered 3"),
    ("v3-p8", "in version 3, ¶8"), ("v2-u9", "in version 2, unnumbered 9"),
]  # fmt: skip


def test_every_unit_has_an_anchor_of_its_own_and_a_name() -> None:
    assert [(each.anchor, each.name) for each in units(CABLE)] == NAMES


def test_places_tell_the_kind_and_paragraphs_count_from_0() -> None:
    every = units(CABLE)
    assert [each.place for each in every] == sorted({each.place for each in every})
    assert [each.place for each in every[:7]] == list(range(7))
    for each in every:
        assert kind_at(each.place) is each.kind
        assert each.place >= first_place(each.kind)


def test_headings_stand_over_runs_of_paragraphs_and_notes_belong_to_one() -> None:
    under = {each.anchor: each.under for each in units(CABLE)}
    assert under["s-p2"] == ("p2", "u3")
    assert under["s-p6"] == ("p6",)
    assert (under["n1"], under["nu1"], under["n3"]) == (("p2",), (), ())
    stretches = {each.anchor: each.stretch for each in units(CABLE) if each.stretch is not None}
    assert stretches == {
        "p2": 0,
        "u3": 0,
        "p4b": 1,
        "p6": 2,
        "p7": 3,
        "s-p2": 0,
        "s-p4b": 1,
        "s-p6": 2,
        "s-p7": 3,
    }


def test_own_words_and_where_they_stand() -> None:
    by_anchor = {each.anchor: each for each in units(CABLE)}
    assert by_anchor["head"].parts == ("Wheat", "FM AMEMBASSY ROME\nTO SECSTATE\n")
    assert by_anchor["s-p2"].text == "Harvest"
    assert by_anchor["v3-p8"].text == "Text of p8."
    where = {anchor: each.where for anchor, each in by_anchor.items()}
    assert (where["p1"], where["s-p2"], where["v2-u9"]) == (("text",), ("text",), ("text",))
    assert (where["head"], where["n1"], where["source"]) == (
        ("header",),
        ("notes",),
        ("notes", "header"),
    )


def test_a_bare_cable_has_a_head() -> None:
    assert [each.anchor for each in units(Cable(id="X"))] == [HEAD_ANCHOR]
    assert units(Cable(id="X"))[0].text == ""


def test_many_notes_of_one_mark() -> None:
    notes = [Footnote("7", "x") for _ in range(29)]
    anchors = note_anchors(notes)
    assert len(set(anchors)) == 29
    assert (anchors[0], anchors[1], anchors[25], anchors[26], anchors[28]) == (
        *("n7", "n7b", "n7z", "n7aa", "n7ac"),
    )
    # Marks that are no plain number are counted: `²` and `٣` could not stand in an address as they are.
    assert note_anchors([Footnote(mark, "x") for mark in ("²", "٣", "a", " 4 ")]) == (
        *("nu1", "nu2", "nu3", "n4"),
    )


@pytest.mark.parametrize(
    ("more", "parts"),
    [
        # What stands in the header as printed, or in the subject, is not said again.
        ({"sender": "AMEMBASSY ROME"}, ()),
        ({"sender": "amembassy  rome"}, ()),
        ({"tags": ("WHEAT",)}, ()),
        ({"sender": "Embassy Rome"}, ("Embassy Rome",)),
        ({"sender": "Embassy Oslo", "signed_by": ("Embassy Oslo",)}, ("Embassy Oslo",)),
        ({"origin": Post("OSLO", "Oslo", "Norway")}, ("Oslo",)),
        ({"recipients": (Recipient("BONN", "RUBN", "IMMEDIATE"),)}, ("BONN", "IMMEDIATE", "RUBN")),
        ({"tags": ("KIPR", "ETRD")}, ("KIPR ETRD",)),
        ({"references": (Reference("ROME 5"),)}, ("ROME 5",)),
        ({"declassify_on": date(2017, 11, 2)}, ("2 November 2017",)),
        ({"date": datetime(2007, 3, 5, 8, 44, tzinfo=UTC)}, ("050844Z MAR 07",)),
        # Dates by another clock, spans and days have no date-time group.
        ({"date": datetime(2007, 3, 5, 8, 44, tzinfo=timezone(timedelta(hours=2)))}, ()),
        ({"date": datetime(2007, 3, 5, tzinfo=UTC), "date_precision": "day"}, ()),
    ],
)
def test_what_the_page_shows_of_the_header_is_there_in_its_own_words(
    more: dict[str, object], parts: tuple[str, ...]
) -> None:
    printed, *others = header_parts(replace(CABLE, **more))  # type: ignore[arg-type]
    assert printed == "FM AMEMBASSY ROME\nTO SECSTATE\n"
    assert tuple(others) == parts


def test_what_is_stored_gives_each_unit_back() -> None:
    for cable in (CABLE, Cable(id="X"), replace(CABLE, paragraphs=(), passages=(), source_note="")):
        packed = pack_cable(cable)
        shown = Shown(packed)
        assert unpack_cable(packed) == cable
        assert shown.summary.subject == cable.subject
        # In any order, each made when it is asked for.
        for unit in reversed(units(cable)):
            assert shown.unit(unit.place) == unit
        assert [unpack_unit(each)[1] for each in packed_units(cable)] == list(units(cable))


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("1. A b\nc d\ne.\n\n2. F g.\n", ("A b c d e.", "F g.")),
        # The same text twice, in another order, in part, not there, with its own line end, or empty.
        ("A b\nc.\nA\nb c.", ("A b c.", "A b c.")),
        ("F g.\nA b.", ("A b.", "F g.")),
        ("A b c.", ("A b", "b c.")),
        ("A\nPAGE 2\nb.", ("A b.",)),
        ("A\nb.", ("A\nb.",)),
        ("A\n\nb.\r\nc", ("A  b.", "", "b. c")),
        ("\nA\n", ("A",)),
    ],
)
def test_a_page_is_given_back_whatever_of_it_the_paragraphs_have(
    page: str, texts: tuple[str, ...]
) -> None:
    cable = Cable(
        id="X",
        paragraphs=tuple(
            Paragraph(f"u{at}", None, None, None, Part.BODY, text)
            for at, text in enumerate(texts, 1)
        ),
        segments=(
            Segment(SegmentKind.PARAGRAPH, page[:3], anchor="u1"),
            Segment(SegmentKind.CHROME, page[3:]),
        ),
    )
    assert unpack_cable(pack_cable(cable)) == cable


@pytest.mark.parametrize("kind", [kind for kind in UnitKind if kind is not UnitKind.HEAD])
def test_a_unit_that_is_not_there(kind: UnitKind) -> None:
    shown = Shown(pack_cable(CABLE))
    with pytest.raises(LookupError):
        shown.unit(first_place(kind) + 99)


def test_half_of_a_pair_in_a_page_is_shown_as_what_it_is_and_the_rest_as_it_stands() -> None:
    """Half a surrogate pair is no character: an answer that had it could not be sent."""
    page = (Segment(SegmentKind.CHROME, "half \ud800 of a pair, \U0001f600 and a whole one"),)
    (read,) = unpack_cable(pack_cable(replace(CABLE, segments=page))).segments
    assert read == Segment(SegmentKind.CHROME, "half \ufffd of a pair, \U0001f600 and a whole one")
