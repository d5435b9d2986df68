"""Four volumes of the series against their own XML, read here a second time and in another way (ElementTree).

Two of them are printed volumes; the other two are transcripts, which give the telegrams line by line as the wire had
them: there the header's lines are paragraphs of the XML, and in some documents the wire's page breaks too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from corpus.model import Cable, SegmentKind
from indexer.header.signatures import stands_behind
from indexer.page import RawPage
from indexer.parse import parse
from indexer.sources import frus

PRINTED = ("frus1969-76ve09p1", "frus1977-80v21")
TRANSCRIBED = ("frus1969-76ve14p1", "frus1969-76ve15p1")
VOLUMES = (*PRINTED, *TRANSCRIBED)
# How many telegrams and airgrams each has: counted over the titles.
TELEGRAMS = {
    "frus1969-76ve09p1": 67,
    "frus1977-80v21": 70,
    "frus1969-76ve14p1": 92,
    "frus1969-76ve15p1": 15,
}

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
Element = ET.Element


def folded(text: str) -> str:
    return " ".join(text.split())


def words(element: Element) -> str:
    """The text of an element without its footnotes."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == f"{TEI}lb":
            pieces.append("\n")
        elif child.tag != f"{TEI}note":
            pieces.append(words(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def telegrams(root: Element) -> Iterator[Element]:
    """The documents whose title has the word."""
    for document in root.iter(f"{TEI}div"):
        head = document.find(f"{TEI}head")
        if document.get("type") != "document" or head is None:
            continue
        if re.search(r"\b(?:tele|air)gram\b", words(head), re.IGNORECASE):
            yield document


def units(element: Element) -> Iterator[str]:
    """The text of each paragraph and each table, in order, footnotes left out."""
    for child in element:
        name = child.tag.removeprefix(TEI)
        if name == "p":
            yield folded(words(child))
        elif name == "table":
            yield folded(" ".join(words(cell) for cell in child.iter(f"{TEI}cell")))
        elif name != "note":
            yield from units(child)


class Volume:
    """A volume, its telegrams as ElementTree sees them and as the reader does, by their ids."""

    def __init__(self, path: Path) -> None:
        markup = path.read_text(encoding="utf-8-sig")
        root = ET.fromstring(markup)  # noqa: S314 - the shared files are the series' own
        self.name = path.stem
        self.elements = {each.attrib[XML_ID]: each for each in telegrams(root)}
        self.documents = frus.documents(markup, path.name)
        self.pages = {page.address.partition("#")[2]: page for page in self.documents}
        self.cables = {name: self.one(page) for name, page in self.pages.items()}
        self.all_documents = sum(each.get("type") == "document" for each in root.iter(f"{TEI}div"))

    @staticmethod
    def one(page: RawPage) -> Cable:
        (cable,) = parse(page)
        return cable


@cache
def read_volume(path: Path) -> Volume:
    return Volume(path)


@pytest.fixture(scope="module", params=VOLUMES)
def volume(request: pytest.FixtureRequest, shared: Path) -> Volume:
    return read_volume(shared / "data" / "frus" / f"{request.param}.xml")


@pytest.fixture(scope="module", params=PRINTED)
def printed(request: pytest.FixtureRequest, shared: Path) -> Volume:
    return read_volume(shared / "data" / "frus" / f"{request.param}.xml")


@pytest.fixture(scope="module", params=TRANSCRIBED)
def transcribed(request: pytest.FixtureRequest, shared: Path) -> Volume:
    return read_volume(shared / "data" / "frus" / f"{request.param}.xml")


def test_every_telegram_and_airgram_is_found(volume: Volume) -> None:
    assert list(volume.cables) == list(volume.elements)
    assert len(volume.cables) == TELEGRAMS[volume.name]
    assert volume.documents.volume == volume.name
    assert volume.documents.telegrams == len(volume.cables)
    assert volume.documents.others == volume.all_documents - len(volume.cables)
    for name, cable in volume.cables.items():
        assert cable.id == f"{volume.name}/{name}"
        assert cable.url == f"https://history.state.gov/historicaldocuments/{cable.id}"


# What may stand before the text of a paragraph: its number (corrected in brackets by the editors), its portion mark.
TAKEN_OFF = re.compile(r"(?:(?P<number>\d+)(?: \[\d+\])?[.)] ?)?(?:\([A-Z]+\)[.:-]* ?)?")
# A dateline that was set as a paragraph, in a document that has no other.
DATELINE = re.compile(r"[A-Z][a-z]+, [A-Z][a-z]+ \d{1,2}, \d{4}, \d{4}Z\.")


NUMBERED = re.compile(r"(\d{1,3})(?: \[(\d{1,3})\])?\.(?=\s|[A-Z])")


def numbers(found: Iterable[str]) -> list[int]:
    """The numbers that texts begin with, as the editors corrected them."""
    return [int(m[2] or m[1]) for text in found if (m := NUMBERED.match(text))]


def test_paragraphs_are_those_of_a_printed_volume(printed: Volume) -> None:
    for name, element in printed.elements.items():
        wanted = [unit for unit in units(element) if unit and not DATELINE.fullmatch(unit)]
        paragraphs = printed.cables[name].paragraphs
        assert len(paragraphs) == len(wanted), name
        for paragraph, unit in zip(paragraphs, wanted, strict=True):
            text = folded(paragraph.text)
            assert unit.endswith(text), f"{name}#{paragraph.anchor}"
            assert TAKEN_OFF.fullmatch(unit.removesuffix(text)), (
                f"{name}#{paragraph.anchor}: {unit}"
            )


def test_numbers_are_those_of_a_printed_volume(printed: Volume) -> None:
    for name, element in printed.elements.items():
        wanted = numbers(units(element))
        cable = printed.cables[name]
        # The telegram's own number is no paragraph's, though it may have three digits too.
        if wanted and str(wanted[0]) in re.split(r"\D+", cable.message_number):
            del wanted[0]
        assert [p.number for p in cable.paragraphs if p.number is not None] == wanted, name


# What the wire puts into a text at the end of its pages, and the archive behind the last.
PAGE_BREAK = re.compile(
    r"PAGE \d\d .*|(?:SECRET|CONFIDENTIAL)(?: POSS DUPE)?|NNNN?|\S* ?END OF DOCUMENT ?\S*"
)


def squeezed(text: str) -> str:
    """A text without any white space, and without its number and mark: paragraphs of the wire are joined."""
    return "".join(text.split())


def test_paragraphs_are_those_of_a_transcript(transcribed: Volume) -> None:
    for name, element in transcribed.elements.items():
        cable = transcribed.cables[name]
        found = list(units(element))
        paged = any(unit.startswith("PAGE 01") for unit in found)
        texts = [squeezed(paragraph.text) for paragraph in cable.paragraphs]
        rest = squeezed(
            "".join(
                segment.text
                for segment in cable.segments
                if segment.kind not in {SegmentKind.PARAGRAPH, SegmentKind.CHROME}
            )
        )
        first = next((at for at, unit in enumerate(found) if numbers([unit]) == [1]), 0)
        for at, unit in enumerate(found):
            text = squeezed(unit)
            bare = text[len(squeezed(TAKEN_OFF.match(unit)[0])) :]  # type: ignore[index]
            if paged and PAGE_BREAK.fullmatch(unit):
                assert text in rest, f"{name}: {unit}"
            elif paged:
                # An end mark; the foot of a page.
                bare = bare.removesuffix("ENDCOMMENT.").removesuffix("CONFIDENTIAL")
                assert text in rest or bare in "".join(texts), f"{name}: {unit}"
            elif text not in texts and bare not in texts:
                # Not a paragraph: of the header, then, or the signature.
                assert text in rest, f"{name}: {unit}"
                signed = all(stands_behind(below) for below in found[at + 1 :])
                assert at < first or not first or signed, f"{name}: {unit}"
        for paragraph in texts:
            assert paragraph in squeezed("".join(found)) or paged, f"{name}: {paragraph}"


def test_numbers_are_those_of_a_transcript(transcribed: Volume) -> None:
    for name, element in transcribed.elements.items():
        wanted = numbers(units(element))
        found = [p.number for p in transcribed.cables[name].paragraphs if p.number is not None]
        if found != wanted:
            # In a telegram of the wire a list that is numbered anew stands inside a paragraph.
            assert found == sorted(found), name
            assert set(found) == set(wanted), name


def test_nothing_is_lost(volume: Volume) -> None:
    for name, element in volume.elements.items():
        cable = volume.cables[name]
        visible = frus.visible_text(volume.pages[name].text)
        assert "".join(segment.text for segment in cable.segments) == visible
        wanted = Counter("".join("".join(element.itertext()).split()))
        for page in element.iter(f"{TEI}pb"):
            wanted.update(f"[Page{page.get('n')}]")
        for note in element.iter(f"{TEI}note"):
            wanted.update(f"[{note.get('n')}]" * 2)
        assert Counter("".join(visible.split())) == wanted, name
        unplaced = [s for s in cable.segments if s.kind is SegmentKind.UNPLACED]
        assert not unplaced, name


def test_footnotes_hang_on_their_paragraphs(volume: Volume) -> None:
    for name, element in volume.elements.items():
        cable = volume.cables[name]
        notes = [note for note in element.iter(f"{TEI}note") if "Source:" not in words(note)]
        assert [note.number for note in cable.footnotes] == [note.get("n") for note in notes]
        assert [folded(note.text) for note in cable.footnotes] == [folded(words(n)) for n in notes]
        by_anchor = {p.anchor: p for p in cable.paragraphs}
        for note, footnote in zip(notes, cable.footnotes, strict=True):
            holder = next((p for p in element.iter(f"{TEI}p") if note in p.iter()), None)
            if holder is None:
                assert footnote.anchor is None
            else:
                assert folded(words(holder)).endswith(folded(by_anchor[footnote.anchor or ""].text))
        assert cable.source_note.count("Source:") == 1


def test_header_of_every_telegram(volume: Volume) -> None:
    for name, element in volume.elements.items():
        cable = volume.cables[name]
        place = element.find(f".//{TEI}dateline/{TEI}placeName")
        date = element.find(f".//{TEI}dateline/{TEI}date")
        assert cable.date is not None
        if place is not None:
            assert cable.place == folded(words(place))
        if date is None:
            date = element.find(f"{TEI}head/{TEI}date")
        if date is not None:
            when = date.attrib["when"].removesuffix("Z")
            form = "%Y-%m-%dT%H:%M:%S" if "T" in when else "%Y-%m-%d"
            # One telegram of 1974 is of 1973 in the markup; what is printed counts, and the doubt is told.
            doubted = any(problem.code == "date-differs" for problem in cable.problems)
            assert doubted == (cable.date.strftime(form) != when), name
            assert cable.date_precision == ("minute" if "T" in when else "day")
        signed = [
            folded(words(each)).removesuffix(" [MT initialed]").removesuffix(" [DK initialed]")
            for each in element.iter(f"{TEI}signed")
        ]
        assert not signed or list(cable.signed_by) == signed, name
        assert cable.sender, name
        assert cable.recipients, name
        assert cable.classification, name
        assert cable.message_number, name
        assert cable.subject, name
        assert not cable.subject.startswith(("Telegram", "Airgram")), name
        if "Telecommunications" not in cable.sender:
            # A delegation to one conference is in no table of posts.
            assert cable.origin is not None, f"{name}: {cable.sender}"
