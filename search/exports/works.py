"""What is cited: a cable, or one paragraph or other unit of it, as catalogues describe a work.

Owns who is named as the author, how the work is numbered, where it was published and how a place in it is pinpointed.
Must not know a style or a file format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.dates import units_known
from corpus.late_dataclasses import dataclass
from corpus.late_patterns import late_pattern
from corpus.model import Cable, Post
from corpus.posts import post_by_spelling, post_kind
from corpus.title_case import display_subject
from corpus.web_address import is_web_address
from search.exports.repositories import NOWHERE, Repository, repository_of
from search.units import SOURCE_ANCHOR, Unit, UnitKind, first_place

# What kind of post is named before its name; the others have a name that says it (`AIT Taipei`, `White House`).
_KINDS = {"embassy": "U.S. Embassy", "consulate": "U.S. Consulate", "mission": "U.S. Mission"}
# A name that already says whose it is: `USUN New York`, `USAU Addis Ababa`.
_NAMED_BY_ITSELF = late_pattern(r"US[A-Z]")
# How editors begin the name of a sender that is the post itself, by the kind of post. A legation and an interests
# section are none of these, nor an attaché or a delegation at one: those are named as printed.
_AS_EDITED = {"embassy": "Embassy in ", "consulate": "Consulate ", "mission": "Mission "}
# A post of the United States as editors name it: `Embassy in Cyprus`, `Interests Section in Syria`.
_POST_AS_EDITED = late_pattern(
    r"(?:Embassy|Legation|Consulate|Mission|Interests Section|Liaison Office)\b", re.IGNORECASE
)

# What a key of a bibliography is not made of: the slash of `frus1969-76ve09p1/d12`.
_NOT_IN_A_KEY = late_pattern(r"[^A-Za-z0-9._-]+")

# A line that is longer is no day.
_LONGEST_DAY = 40
# Works are cited by the day.
_OF_A_DAY = 3


@dataclass(frozen=True, slots=True)
class Work:
    """A cable as it is cited; every text is "" where it is not known.

    `title` is the subject, in title case where it was printed in capitals: no manual sets a title in them. `key` names
    it in a bibliography, by letters, digits, `-`, `_`, `.` and `:` alone. `date` is the year, the month and the day as
    printed, as far as they are known; empty without a date. `date_end` is the end of one that is a span.
    `number` is the number that the sender gave the cable; `place` is where the archive keeps it, if its number doesn't
    tell. `repository` says more of that. `recipients` are those to whom it was sent for action, as people call them.
    `source` is the form of its page, `source_note` what editors say of the original. `printed_day` is what editors
    print in place of a day: `undated`, `May 3?, 1964`. `locator` is the paragraph as a label of a paragraph is written
    (`11`, `4b`), `unnumbered` says that the cable gives that paragraph no number. `spot` is what is cited where that is
    no paragraph: `note 3`. `note` is what the one who collected it wrote on it.
    """

    key: str
    id: str
    author: str
    title: str
    number: str
    date: tuple[int, ...]
    archive: str
    place: str
    url: str
    recipients: tuple[str, ...]
    keywords: tuple[str, ...]
    classification: str
    locator: str = ""
    unnumbered: bool = False
    spot: str = ""
    text: str = ""
    date_end: tuple[int, ...] = ()
    repository: Repository = NOWHERE
    printed_day: str = ""
    source: str = ""
    source_note: str = ""
    note: str = ""

    @property
    def genre(self) -> str:
        """What it is: `diplomatic cable`, `telegram`, `airgram`."""
        return self.repository.genre

    @property
    def dated(self) -> bool:
        """Whether a day, a month or a year is known, be it in doubt: `May 3?, 1964`."""
        return bool(self.date) or any(each.isdecimal() for each in self.printed_day)

    @property
    def location(self) -> str:
        """Where in its archive it is, by its own number and the archive's."""
        own = "" if self.repository.edited else self.id
        return ", ".join(filter(None, (own, self.place))) or self.id

    def pinpoint(self, label: str) -> str:
        """`para. 11`, `unnumbered para. 2`, `note 3`; "" for a cable. `label` is the style's word for a paragraph."""
        if not self.locator:
            return self.spot
        return f"{'unnumbered ' if self.unnumbered else ''}{label} {self.locator}"


def work(cable: Cable, unit: Unit | None = None) -> Work:
    """A cable, or one of its units, as a work; `text` is then the unit's.

    A passage of another version was published where that version was.
    """
    key = _NOT_IN_A_KEY.sub("-", cable.id).strip("-") or "cable"
    cable_id, number = _line(cable.id), _line(cable.message_number)
    source, url = cable.source, web_address(cable)
    paragraph = unit.paragraph if unit else None
    if unit and unit.kind is UnitKind.VERSION:
        version = cable.passages[unit.place - first_place(UnitKind.VERSION)].version
        source, url = version.source, version.address if is_web_address(version.address) else ""
        # The numbers of a release are those of the text that is shown.
        cable = replace(cable, release_case="", release_document="")
    repository = repository_of(cable, source)
    return Work(
        key=f"{key}:{unit.anchor}" if unit else key,
        id=cable_id,
        author=_author(cable, edited=repository.edited),
        title=display_subject(_line(cable.subject)),
        number=number or cable_id,
        date=units_known(cable.date, cable.date_precision)[:_OF_A_DAY],
        archive=repository.name,
        place=repository.place or (cable_id if number else ""),
        url=url,
        recipients=tuple(filter(None, _addressees(cable, edited=repository.edited))),
        keywords=cable.tags,
        classification=cable.classification or "",
        locator=paragraph.anchor.lstrip("pu") if paragraph else "",
        unnumbered=paragraph is not None and paragraph.anchor.startswith("u"),
        spot=_spot(cable, unit) if unit else "",
        text=unit.text if unit else "",
        date_end=units_known(cable.date_end, cable.date_precision)[:_OF_A_DAY],
        repository=repository,
        source=source,
        source_note=cable.source_note,
        printed_day=_printed_day(cable) if repository.edited and cable.date is None else "",
    )


def _spot(cable: Cable, unit: Unit) -> str:
    """What is pinpointed where that is no paragraph: `header`, `under “Background”`, `note 3`, `source note`."""
    match unit.kind:
        case UnitKind.HEAD:
            return "header"
        case UnitKind.HEADING:
            return f"under “{_line(unit.text)}”"
        case UnitKind.NOTE if unit.anchor == SOURCE_ANCHOR:
            return "source note"
        case UnitKind.NOTE:
            note = cable.footnotes[unit.place - first_place(UnitKind.NOTE) - 1]
            return _line(f"note {note.number}")
        case _:
            return ""


def web_address(cable: Cable) -> str:
    """The address of the cable's page on the web, "" if it was found in a file."""
    return next((each for each in (cable.url, cable.address) if is_web_address(each)), "")


def _line(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def _author(cable: Cable, *, edited: bool) -> str:
    """The post as people call it; the sender as printed where the tables do not know it, or editors name another."""
    sender = _line(cable.sender or "")
    if cable.origin is None or (edited and sender and not _is_the_post(sender, cable.origin)):
        return _as_edited(sender) if edited else sender
    return _named(cable.origin)


def _is_the_post(sender: str, origin: Post) -> bool:
    kind = post_kind(origin.code) or ""
    return sender.startswith(_AS_EDITED.get(kind, origin.name))


def _as_edited(name: str) -> str:
    return f"U.S. {name}" if _POST_AS_EDITED.match(name) else name


def correspondent(printed: str) -> str:
    """An addressee as people call it: `AMEMBASSY LIMA` is `U.S. Embassy Lima`; as printed if the tables have none."""
    post = post_by_spelling(printed)
    return _named(post) if post else _line(printed)


def _addressees(cable: Cable, *, edited: bool) -> Iterator[str]:
    for each in cable.recipients:
        name = correspondent(each.name)
        yield _as_edited(name) if edited else name


def _named(post: Post) -> str:
    kind = post_kind(post.code) or ""
    if kind in _KINDS and not _NAMED_BY_ITSELF.match(post.name):
        return f"{_KINDS[kind]} {post.name}"
    return f"U.S. {post.name}" if post.name.startswith("Department of") else post.name


def _printed_day(cable: Cable) -> str:
    """What the dateline has in place of a day, without the place before it: `Ankara, undated.` is `undated`."""
    lines = (each.text for each in cable.segments if each.field == "dtg")
    day = _line(next(lines, "")).rstrip(".")
    day = day.removeprefix(f"{_line(cable.place)}, ") if cable.place else day
    return day if len(day) <= _LONGEST_DAY else ""
