"""A document of a volume becomes a cable.

Owns which part of the document each field of the cable is taken from. Must not take text apart itself: each part has
a module of its own.

The subject is what the telegram calls it (`Subject: ...`); one that names none has the editors' title, without its
number in the volume, as the series' own table of contents has it. The editors' summary stays in the source note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.model import (
    Cable,
    Footnote,
    NamedPerson,
    Paragraph,
    Post,
    Problem,
    Recipient,
    Reference,
    SegmentKind,
)
from indexer import header
from indexer.body.endings import place_ending
from indexer.errors import NotACable
from indexer.header.header import Header
from indexer.header.references.read import read_references
from indexer.lines.lines import segments
from indexer.page import RawPage
from indexer.sources.frus.dating import Sent, leading_place, plain_dateline, sent
from indexer.sources.frus.layout import Layout, lay_out
from indexer.sources.frus.offices import post_at, post_of
from indexer.sources.frus.opening import Fields, MessageNumber, message_number, read_fields
from indexer.sources.frus.placing import label_lists, place_edition, place_paragraphs
from indexer.sources.frus.source_note import copies, marking, marking_of_opener
from indexer.sources.frus.text import Document, Note, Role, read_text
from indexer.sources.frus.title import NUMBER_ALONE, Title, read_title
from indexer.sources.frus.volume import edition_of, persons_of, volume_of
from indexer.sources.frus.wire_form import (
    listed_header,
    mend_times,
    place_header,
    place_page_breaks,
    read_wire_text,
)

NAME = "frus"
_SITE = "https://history.state.gov/historicaldocuments"
# Where the fields of a telegram can stand: in the paragraphs before the first numbered one, three at most.
_FIRST_PARAGRAPHS = 3
# A source note that is not marked as one begins with the word, behind a summary perhaps.
_SOURCE = re.compile(r"^Source:", re.MULTILINE)
# Airgrams and despatches that another signed say for whom, before the name or on a line over it: `For the Ambassador:`,
# `For the Chargé d'Affaires a.i.:`, `By direction of the Secretary:`.
_FOR_ANOTHER = re.compile(
    r"\A(?:For|By (?:authority|direction) of) (?:the )?[^:\n]{3,60}(?::\s*|\n|\Z)"
)
# What the editors say of a signature: `TOON [MT initialed]`.
_SIGNERS_NOTE = re.compile(r" ?\[[^\[\]]{1,80}\]\Z")
# `Lantern.`, not `Lantern, Jr.` and not `J. L.`.
_NAMES_STOP = re.compile(r"(?<!\bJr)(?<!\bSr)(?<!\b\w)\.\Z")
_DIGITS = re.compile(r"\d{1,6}")
# An id with two digits of the year means 1966 to 2065 (`corpus.ids`), so that older references have none.
_FIRST_YEAR_OF_IDS = 1966
# Since the Department's TAGS of 1973 each telegram has its subject on a line with them.
_FIRST_YEAR_OF_SUBJECTS = 1973


def read_document(page: RawPage) -> Cable:
    """The cable of a page that `documents` gave. Raises `NotACable` for damaged XML and for a document without text."""
    document = read_text(page.text)
    title = read_title(_titled(document))
    dateline = _dateline(document) or title.date
    label_lists(document.blocks)
    layout = lay_out(document)
    text = _read_body(layout, title)
    footnotes = _place_notes(layout)
    note = _source_note(document)
    when = sent(document.attributes, document.dates, dateline)
    where = document.place or leading_place(dateline) or title.place
    named = post_of(title.sender, where, text.number.series)
    origin = named or post_at(where)
    references, unsure = _references(text.fields, when, origin, text.number)
    mark = marking(note)
    if mark.classification is None:
        mark = marking_of_opener(_words(document, "opener"))
    ident = f"{volume_of(page)}/{_name(page, document)}"
    doubts = _doubts(text.fields, named, origin, title, when.year)
    return Cable(
        id=ident,
        date=when.date,
        date_precision=when.precision,
        date_end=when.end,
        origin=origin,
        subject=text.fields.subject or title.text,
        classification=mark.classification,
        caveats=mark.caveats,
        tags=text.fields.tags,
        references=references,
        sender=title.sender or None,
        recipients=tuple(Recipient(each) for each in title.recipients),
        info_recipients=copies(note),
        precedence=mark.precedence,
        executive_order=text.fields.executive_order or None,
        signed_by=text.signed_by,
        paragraphs=text.paragraphs,
        problems=(*page.problems, *text.problems, *when.problems, *unsure, *doubts),
        segments=segments(layout.all_lines),
        source=NAME,
        address=page.address,
        digest=page.digest,
        footnotes=footnotes,
        source_note=note,
        place=where,
        message_number=text.number.printed,
        url=f"{_SITE}/{ident}",
        volume=edition_of(page),
        people=_people(page, document),
    )


def _people(page: RawPage, document: Document) -> tuple[NamedPerson, ...]:
    """Whom the editors tagged, in the order in which they are named; without a list by the longest form."""
    listed = persons_of(page)
    return tuple(
        NamedPerson(*_listed(listed.get(ident), ident, forms), forms)
        for ident, forms in document.people.items()
    )


def _listed(
    known: tuple[str, str] | None, ident: str, forms: tuple[str, ...]
) -> tuple[str, str, str]:
    name, office = known or (max(forms, key=len), "")
    return name, ident, office


def _name(page: RawPage, document: Document) -> str:
    """The document's id in its volume; that of its page where its element has none."""
    return document.attributes.get("id") or page.address.rpartition("#")[2]


@dataclass(frozen=True, slots=True)
class _Text:
    """What the document's own text gave."""

    number: MessageNumber
    fields: Fields
    paragraphs: tuple[Paragraph, ...]
    signed_by: tuple[str, ...]
    problems: tuple[Problem, ...]


def _read_body(layout: Layout, title: Title) -> _Text:
    """Place the lines of the text. Raises `NotACable` if there is none."""
    texts = place_edition(layout.blocks)
    if not texts:
        raise _without_text(layout)
    mend_times(texts)
    paged = place_page_breaks(texts)
    listed = listed_header(layout.blocks)
    printed = place_header(texts, paged=paged, listed=bool(listed))
    signed = _signers(layout)
    if printed and not signed and not paged:
        signed = _named(place_ending([line for laid in texts for line in laid.words]))
    left = [laid for laid in texts if not laid.placed]
    if paged:
        number = MessageNumber(title.number)
        paragraphs, signer = read_wire_text(layout.blocks, texts)
        signed = signed or _named(signer)
        problems: list[Problem] = []
    else:
        number = message_number([laid.block.reading for laid in left], title.number)
        paragraphs, problems = place_paragraphs(left, number, wrapped=bool(printed))
    printed = "\n\n".join(each for each in (printed, listed) if each)
    fields = _header_fields(printed)
    if not printed:
        for at, paragraph in enumerate(paragraphs[:_FIRST_PARAGRAPHS]):
            if at == 0 or paragraph.number is None:
                fields = fields.filled_from(read_fields(paragraph.text))
    return _Text(number, fields, paragraphs, signed, tuple(problems))


def _without_text(layout: Layout) -> NotACable:
    """Why a document without text is none: a supplement's entry stands for what is on its microfiche."""
    if any(laid.block.role == "record" for laid in layout.blocks):
        reason = "the document has no text: the volume lists it, and its pages are on microfiche"
        return NotACable(reason, advice="look it up in the volume's microfiche supplement")
    return NotACable("the document has no text", advice="look it up in the volume")


def _signers(layout: Layout) -> tuple[str, ...]:
    """Who signed, by the element for it; some volumes have the name in the closer itself."""
    roles: tuple[Role, ...] = ("signed", "closer")
    found = ([laid.block for laid in layout.blocks if laid.block.role == role] for role in roles)
    blocks = next((each for each in found if each), [])
    said = (_FOR_ANOTHER.sub("", block.reading, count=1) for block in blocks)
    names = (_SIGNERS_NOTE.sub("", each.split("\n", 1)[0]) for each in said if each)
    # Volumes before 1906 end the name with a full stop; `Jr.` and initials keep theirs.
    return tuple(name.rstrip(".") if _NAMES_STOP.search(name) else name for name in names)


def _named(signer: str | None) -> tuple[str, ...]:
    """Who signed by a line of the text, without the title in the line under it."""
    return (signer.partition("\n")[0],) if signer else ()


def _header_fields(text: str) -> Fields:
    """The fields of a header that is printed line by line, each read from its own lines."""
    whole = Header(text)
    lines = whole.fields
    tags = lines.get("tags", "") or lines.get("eo", "")
    return Fields(
        header.subject(whole),
        lines.get("references", ""),
        header.tags(tags),
        header.executive_order(lines.get("eo", "")) or "",
    )


def _words(document: Document, role: Role) -> str:
    return " ".join(
        block.reading.replace("\n", " ") for block in document.blocks if block.role == role
    )


def _titled(document: Document) -> str:
    """The title's words. Where it is a number alone, the heading behind it is the title: `No. 7`, `Mr. A to Mr. B`."""
    words = _words(document, "title")
    if NUMBER_ALONE.fullmatch(words.strip()):
        behind = next((block for block in document.blocks if block.role == "heading"), None)
        if behind is not None:
            behind.role = "title"
            for block in document.blocks:
                block.section = None if block.section == behind.reading else block.section
            return f"{words.strip()} {behind.reading}".replace("\n", " ")
    return words


def _dateline(document: Document) -> str:
    """The dateline's words. Where there is none, the first paragraph may be one: it is made the dateline then."""
    words = _words(document, "dateline")
    first = next((block for block in document.blocks if block.role == "paragraph"), None)
    if not words and first is not None and plain_dateline(first.reading):
        first.role = "dateline"
        return first.reading
    return words


def _is_source(note: Note) -> bool:
    """The note that says where the original is: in the title, marked as such, or the file number above the title."""
    if not note.number and note.at is None:
        return True
    in_title = note.at is not None and note.at.role == "title"
    return note.type == "source" or (in_title and _SOURCE.search(note.block.reading) is not None)


def _source_note(document: Document) -> str:
    texts = [block.reading for block in document.blocks if block.role == "source"]
    texts.extend(note.block.reading for note in document.notes if _is_source(note))
    return "\n".join(texts)


def _place_notes(layout: Layout) -> tuple[Footnote, ...]:
    """Place the lines of the notes, and give those that are not the source note."""
    anchors = {id(laid.block): laid.anchor for laid in layout.blocks}
    found = []
    for note, laid in layout.notes:
        anchor = anchors.get(id(note.at))
        anchors[id(note.block)] = anchor  # a note may have a note of its own
        if _is_source(note):
            laid.assign(SegmentKind.CHROME, "source_note")
        else:
            laid.assign(SegmentKind.CHROME, "footnote", anchor)
            found.append(Footnote(note.number, note.block.reading, anchor))
    return tuple(found)


def _references(
    fields: Fields, when: Sent, origin: Post | None, number: MessageNumber
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    digits = _DIGITS.search(number.printed)
    own = (origin.code, int(digits.group())) if origin and digits else None
    year = when.year
    found, unsure = read_references(fields.references, year, own)
    if year is not None and year < _FIRST_YEAR_OF_IDS:
        found = tuple(replace(each, id=None) for each in found)
    return found, unsure


def _doubts(
    fields: Fields, named: Post | None, origin: Post | None, title: Title, year: int | None
) -> tuple[Problem, ...]:
    doubts = []
    # Older telegrams have none, so that nothing is lost.
    if not fields.subject and (year is None or year >= _FIRST_YEAR_OF_SUBJECTS):
        doubts.append(
            Problem("subject-from-title", "no subject in the text: it is the editors' title")
        )
    if named is None:
        told = f"the title names {title.sender or 'nobody'}, of which no post is known"
        code = "origin-from-dateline" if origin else "origin-unknown"
        doubts.append(Problem(code, f"{told}: it is the dateline's" if origin else told))
    return tuple(doubts)
