"""PlusD's text, rebuilt around the user's cable: raw lines, lines without blanks, and all in one line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.model import Cable, Part

ABOVE = """Key fingerprint 0000 0000 0000 0000 0000  0000 0000 0000 0000 0000

-----BEGIN PGP PUBLIC KEY BLOCK-----
mQQBBGBjDtIBH6DJa80zDBgR+VqlYGaXu5bEJg9HEgAtJeCLuThdhXfl5Zs32RyB
-----END PGP PUBLIC KEY BLOCK-----

Some advice about networks that does not belong to any cable.

USTR'S SECOND IPR PROVINCIAL REVIEW TO SOUTH CHINA HIGHLIGHTS REGIONAL DIFFERENCES
Date: 2007 March 23, 08:44 (Friday)
Canonical ID: 07GUANGZHOU376_a
From: China Guangzhou
To: CHINA POSTS COLLECTIVE | Department of Commerce
Original Classification: UNCLASSIFIED
TAGS: ETRD | KIPR
Content
Show Headers
"""
BELOW = "\nRaw content\nMetadata\nPrint\nShare\n"


@pytest.fixture(scope="module", params=["lines", "no blank lines", "one line"])
def page(request: pytest.FixtureRequest, root: Path) -> str:
    text = (root / "corpus/samples/scoop/07GUANGZHOU376.html").read_text(encoding="utf-8")
    body = text[text.index("SUBJECT: USTR") : text.index("16. (U)")]
    body = re.sub(r"<div.*?</div>", "", body, flags=re.DOTALL)
    body = (
        re.sub(r"<[^>]*>", "", body).replace("&amp;", "&")
        + "16. (U) USTR has cleared this cable.\n"
    )
    if request.param == "no blank lines":
        body = "\n".join(line for line in body.split("\n") if line.strip()) + "\n"
    elif request.param == "one line":
        body = " ".join(body[body.index("06 Guangzhou 32379") :].split()) + "\n"
    return ABOVE + body + BELOW


def test_the_cable_is_the_same(page: str, read: Callable[[str], Cable]) -> None:
    cable = read(page)
    assert "".join(segment.text for segment in cable.segments) == page
    assert (cable.id, cable.source) == ("07GUANGZHOU376", "plusd")
    assert cable.origin is not None
    assert cable.origin.name == "Guangzhou"
    assert cable.classification == "UNCLASSIFIED"
    assert cable.date is not None
    assert cable.date.isoformat() == "2007-03-23T08:44:00+00:00"
    assert [p.number for p in cable.paragraphs if p.number] == list(range(1, 17))
    (four,) = [p for p in cable.paragraphs if p.number == 4]
    assert "infringers use express mail carriers to ship goods abroad." in four.text
    (nine,) = [p for p in cable.paragraphs if p.number == 9]
    assert "officials in 2006. He said Xiamen Customs" in nine.text


def test_midnight_is_what_the_page_writes_where_it_knows_the_day(
    page: str, read: Callable[[str], Cable]
) -> None:
    assert read(page).date_precision == "minute"
    cable = read(page.replace("2007 March 23, 08:44", "2007 March 23, 00:00"))
    assert cable.date is not None
    assert (f"{cable.date:%F}", cable.date_precision) == ("2007-03-23", "day")
    assert cable.id == "07GUANGZHOU376"


def test_sections(page: str, read: Callable[[str], Cable]) -> None:
    sections = [p.section for p in read(page).paragraphs if p.number in {2, 4, 7, 11, 14}]
    expected = {"Background on", "Guangdong:", "Fujian:", "Putian:", "Comment:"}
    assert (
        sum(any((section or "").startswith(word) for word in expected) for section in sections) >= 3
    )


SYNOPSIS = """BOLIVIA: SALT FLATS AND WHO OWNS THEM
Date: 2009 March 30, 18:41 (Monday)\tCanonical ID: 09LAPAZ1234_a
Original Classification: CONFIDENTIAL\tCurrent Classification: UNCLASSIFIED
Handling Restrictions -- Not Assigned --\tCharacter Count: 812
Executive Order: -- Not Assigned --\tLocator: TEXT ONLINE
TAGS: BL - Bolivia | PGOV - Political Affairs--Government; Internal Governmental Affairs | PREL - Political Affairs\
--External Political Relations\tConcepts: -- Not Assigned --
Enclosure: -- Not Assigned --\tType: TE - Telegram (cable)
Office Origin: -- N/A or Blank --\tArchive Status: -- Not Assigned --
Office Action: -- N/A or Blank --\tMarkings: -- Not Assigned --
From: Bolivia La Paz To: Department of State | Secretary of State
Linked documents or other documents with the same ID:
"""
BUTTONS = "Content\nShow Headers\n"
SHORT = (
    "B. 08 LIMA 4567 Classified By: DCM John Doe for reasons 1.4 (b) and (d). 1. (C) Summary: The flats are white. "
    "2. (C) The minister spoke. ------- Comment ------- 3. (C) He will speak again. We will watch. DURS\n"
)


def _one_a_line(synopsis: str) -> str:
    """The synopsis as a browser saves it where each key and each value is a block."""
    title, _, rows = synopsis.partition("\n")
    for old, new in (
        ("\t", "\n"),
        (": ", ":\n"),
        ("Restrictions --", "Restrictions\n--"),
        ("Paz To", "Paz\nTo"),
    ):
        rows = rows.replace(old, new)
    return f"{title}\n{rows}"


def _in_one_row(synopsis: str) -> str:
    title, _, rows = synopsis.partition("\n")
    return f"{title}\n{' '.join(rows.split())}\n"


def _table(synopsis: str) -> str:
    """The same as HTML, a row of the table to a line."""
    rows = "".join(
        f"<tr><td>{row.replace(chr(9), '</td><td>')}</td></tr>" for row in synopsis.splitlines()
    )
    return f"<html><body><p>Advice.</p><table>{rows}</table><div>Content</div><pre>"


@pytest.mark.parametrize(
    "above",
    [
        SYNOPSIS + BUTTONS,
        SYNOPSIS,
        _one_a_line(SYNOPSIS) + BUTTONS,
        _one_a_line(SYNOPSIS),
        _in_one_row(SYNOPSIS),
        _in_one_row(SYNOPSIS).rstrip("\n") + " Content Show Headers ",
        _table(SYNOPSIS),
        SYNOPSIS.replace("Internal Governmental", "Internal\nGovernmental") + BUTTONS,
        SYNOPSIS.replace("Original Classification", "Classification") + BUTTONS,
    ],
    ids=[
        "rows",
        "no buttons",
        "a line each",
        "a line each, no buttons",
        "one row",
        "one line",
        "table",
        "wrapped",
        "short key",
    ],
)
def test_synopsis_with_several_keys_to_a_row(above: str, read: Callable[[str], Cable]) -> None:
    cable = read(above + SHORT + ("</pre></body></html>" if above.startswith("<") else BELOW))
    assert (cable.id, cable.source) == ("09LAPAZ1234", "plusd")
    assert cable.subject == "BOLIVIA: SALT FLATS AND WHO OWNS THEM"
    assert cable.date is not None
    assert cable.date.isoformat() == "2009-03-30T18:41:00+00:00"
    assert cable.classification == "CONFIDENTIAL"
    assert cable.tags == ("BL", "PGOV", "PREL")
    assert cable.origin is not None
    assert cable.origin.code == "LAPAZ"
    assert [problem.code for problem in cable.problems] == ["subject-from-title"]
    assert [paragraph.anchor for paragraph in cable.paragraphs] == ["p1", "p2", "p3"]


def test_the_post_is_the_ids_where_the_synopsis_names_none(read: Callable[[str], Cable]) -> None:
    cable = read(SYNOPSIS.replace("From: Bolivia La Paz", "From: -- Not Assigned --") + SHORT)
    assert cable.origin is not None
    assert cable.origin.code == "LAPAZ"


def test_the_cables_own_tags_are_no_row_of_the_synopsis(read: Callable[[str], Cable]) -> None:
    own = "TAGS: ECON ETRD\nSUBJECT: SALT\n\n1. (C) He spoke at length.\n\n2. (C) He stopped.\n"
    cable = read(SYNOPSIS + BUTTONS + own + BELOW)
    assert (cable.tags, cable.subject) == (("ECON", "ETRD"), "SALT")


@pytest.mark.parametrize("again", ["", "Raw content\n" + SHORT], ids=["once", "twice"])
def test_a_short_cable_in_one_line(again: str, read: Callable[[str], Cable]) -> None:
    page = SYNOPSIS + BUTTONS + SHORT + again + BELOW
    cable = read(page)
    assert "".join(segment.text for segment in cable.segments) == page
    assert [(p.number, p.section, p.text) for p in cable.paragraphs] == [
        (1, None, "Summary: The flats are white."),
        (2, None, "The minister spoke."),
        (3, "Comment", "He will speak again. We will watch."),
    ]
    assert [(each.bullet, each.id) for each in cable.references] == [("B", "08LIMA4567")]
    assert cable.signed_by == ("DURS",)


@pytest.mark.parametrize(
    ("rest", "ids"),
    [
        ("06 QUITO 12", ["06QUITO12"]),
        ("B. 08 LIMA 12 AND 44 C. 09 QUITO 3 (NOTAL)", ["08LIMA12", "08LIMA44", "09QUITO3"]),
        ("B. 08 LIMA 12 C. SMITH-JONES EMAIL OF 03/21/09", ["08LIMA12", None]),
        ("(B) LA PAZ 77; (C) 08 STATE 123456", ["09LAPAZ77", "08STATE123456"]),
    ],
)
@pytest.mark.parametrize("title", ["", "SUMMARY ------- "])
def test_the_rest_of_the_references(
    rest: str, ids: list[str | None], title: str, read: Callable[[str], Cable]
) -> None:
    text = (
        f"{rest} {title}1. (C) The flats are white. 2. (C) The minister spoke to us about them.\n"
    )
    cable = read(SYNOPSIS + BUTTONS + text + BELOW)
    assert [each.id for each in cable.references] == ids
    assert [(p.number, p.section) for p in cable.paragraphs] == [
        (1, "SUMMARY" if title else None),
        (2, "SUMMARY" if title else None),
    ]


@pytest.mark.parametrize(
    "first", ["The minister was in LIMA 12 times. ", "Lima and Quito 2009 were rivals. "]
)
def test_prose_at_the_start_is_no_reference(first: str, read: Callable[[str], Cable]) -> None:
    cable = read(SYNOPSIS + BUTTONS + first + SHORT[SHORT.index("1. (C)") :] + BELOW)
    assert cable.references == ()
    assert first.strip() in [paragraph.text for paragraph in cable.paragraphs]


@pytest.mark.parametrize("end", ["He met the DCM.", "He was at USUN. End comment.", "We agree"])
def test_no_name_behind_the_last_sentence(end: str, read: Callable[[str], Cable]) -> None:
    cable = read(SYNOPSIS + BUTTONS + SHORT.replace("We will watch. DURS", end) + BELOW)
    assert cable.signed_by == ()
    assert cable.paragraphs[-1].text.endswith(end)


def test_the_end_of_a_summary_is_on_a_line_of_its_own(read: Callable[[str], Cable]) -> None:
    text = SHORT.replace("white. 2.", "white. END SUMMARY. 2.")
    cable = read(SYNOPSIS + BUTTONS + text + BELOW)
    assert [(p.number, p.part) for p in cable.paragraphs] == [
        (1, Part.SUMMARY),
        (2, Part.BODY),
        (3, Part.COMMENT),
    ]
    assert cable.paragraphs[0].text == "Summary: The flats are white."


def test_a_row_of_names_is_a_title_where_all_lines_were_joined(
    read: Callable[[str], Cable],
) -> None:
    text = SHORT.replace("------- Comment -------", "Oruro: Salt, Copper and Tin")
    cable = read(SYNOPSIS + BUTTONS + text + BELOW)
    assert [p.section for p in cable.paragraphs] == [None, None, "Oruro: Salt, Copper and Tin"]
    # Where an archive joined some lines only, it may as well be a source.
    page = "SUBJECT: SALT\n\n" + text[text.index("1. (C)") :]
    assert [p.section for p in read(page).paragraphs] == [None, None, None]


def test_title_and_signature_behind_a_page_mark(read: Callable[[str], Cable]) -> None:
    text = (
        "1. (C) The flats are LA PAZ 00001234 002 OF 003 white and wide. Next Steps 2. (C) The minister will "
        "LA PAZ 00001234 003 OF 003 speak again in May. URS NNNN\n"
    )
    cable = read(SYNOPSIS + BUTTONS + text + BELOW)
    assert [(p.number, p.section, p.text) for p in cable.paragraphs] == [
        (1, None, "The flats are white and wide."),
        (2, "Next Steps", "The minister will speak again in May."),
    ]
    assert cable.signed_by == ("URS",)
