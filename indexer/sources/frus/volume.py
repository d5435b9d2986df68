"""A volume and its documents: which of them went by wire, each cut out as a page of its own.

Owns the look of a volume from outside. Must not read what a document says beyond its first lines.

A document is a telegram, for this program, if its editors call it a telegram, an airgram or a cablegram: in its
title (`19. Telegram 5222 From ...`, `Circular Airgram From ...`), in the file number above the title, as the volumes
of the years before 1955 do (`851G.00/4-2849: Telegram`), or in a line of its own before the text (`[Telegram]`); a line
with the wire's precedence (`NIACT`, `US URGENT`) says it too.
Backchannel messages and the CIA's information cables, which went by other wires, are not counted as telegrams by
the series itself and are left out, like memoranda and letters.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from textwrap import shorten

from indexer.errors import NotACable
from indexer.page import RawPage
from indexer.sources.frus.title import NUMBER_ALONE
from search.documents.safe_xml import SafeParser, as_bytes, local

# The namespaces that every volume declares on its first element, and the series' number of the volume.
_TEI = "http://www.tei-c.org/ns/1.0"
_FRUS = "http://history.state.gov/"
_FRUS_NUMBER = '<idno type="frus"'
# The series' title in the volume's own title: copies of before 2019 declare TEI alone, and have no number.
_FRUS_TITLE = re.compile(
    r"<title\b[^>]*>\s*(?:Papers Relating to (?:the )?)?Foreign (?:Relations of the United States|Affairs)\b",
    re.IGNORECASE,
)
_TITLES_END = "</titleStmt>"
_ROOT = re.compile(r"<(?:\w+:)?TEI[\s>]")
# The first element stands behind a few processing instructions; the number of the volume behind its titles.
_ROOT_WITHIN = 4_096
_NUMBER_WITHIN = 65_536

# A title's kind of document: what stands before `From` or `to`, its number in the volume left off. The words before
# `Telegram` say which kind of it: `Circular Telegram`, `Joint State/Defense Telegram`, `Draft Telegram`.
_BY_WIRE = re.compile(
    r"(?:No\. ?)?(?:\d+[a-z]?\.? )?[\[(“\"]?(?:(?!(?:From|to|Memorandum|Letter|Note|Paper|Report|Message|Minutes)\b)"
    r"[\w’'/.–-]+ ){0,5}(?:tele|air|cable)grams?\b",
    re.IGNORECASE,
)
# The file number of a telegram: `851G.00/4-2849: Telegram`, `611.93/1-252: Circular airgram`, `123 X: Telegram, Ext.`.
_FILED_AS_WIRE = re.compile(r":\s*(?:\w+ )?(?:tele|air|cable)gram\b[^:]{0,40}\Z", re.IGNORECASE)
# A line of its own: `[Telegram]`, `[Telegram.-Extract.]`, `[Paraphrase of telegram received]`, `Circular telegram`.
LINE_OF_WIRE = re.compile(
    r"[\[(](?:[\w’-]+ ){0,2}(?:tele|air|cable)gram\b[^\[\]()]{0,40}[\])]\.?"
    r"|(?:circular )?(?:tele|air|cable)gram\.?",
    re.IGNORECASE,
)
# The wire's precedence on a line of its own, which no letter has: `PRIORITY`, `US URGENT`, `TOP SECRET NIACT`.
_LINE_OF_PRECEDENCE = re.compile(
    r"(?:(?:top )?secret |confidential |restricted )?(?:(?:u\.? ?s\.? )?urgent|(?:triple )?priority|niact|rush|flash|"
    r"(?:operational )?immediate)(?: niact| priority| immediate)?\.?",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"\s+")
# How many lines of text behind the title may say it.
_LINES_LOOKED_AT = 3
_BITE = 1 << 18

_VOLUME_NOTE = re.compile(r"<\?frus-volume (?P<volume>[^?\s]+)\?>")
_VOLUME_NAME = re.compile(r"[\w.-]+")
# How the volume is cited, which its title page tells; the end of an instruction never stands in it.
_EDITION_NOTE = re.compile(r"<\?frus-edition (?P<edition>[^?]+)\?>")
# Whom the document names, by the volume's list of persons: id, name and office, parted by strokes:
# `<?frus-person p_MAL_1|Mora, Anna L.|Consul General in Porto until 1974?>`.
_PERSON_NOTE = re.compile(
    r"<\?frus-person (?P<id>[\w.-]+)\|(?P<name>[^?|]+)\|(?P<office>[^?|]*)\?>"
)
# Signs that would end a field of it, or the instruction.
_NOT_IN_NOTE = str.maketrans("?|", "  ")
_TAGGED = re.compile(rb"\bcorresp\s*=\s*[\"']#(?P<id>[\w.-]+)[\"']")
# What a list says of a person may be a whole career; so much of it is kept.
_LONGEST_OFFICE = 160  # characters
# What the header says of that, by the elements that say it.
_OF_THE_IMPRINT = ("pubPlace", "publisher", "date")
# The ids of the series' volumes: `frus1969-76ve09p1`, `frus1919Parisv01`.
_SERIES_ID = re.compile(r"frus\w", re.IGNORECASE)
# What a browser or a desktop adds to the name of a second copy: `frus1961-63v05 (1)`, `frus1961-63v05 - Copy (2)`.
_SECOND_COPY = re.compile(
    r"(?:[ _]?\(\d{1,3}\)|[ _]?-?[ _]?copy(?:[ _]?\(?\d{1,3}\)?)?)+\Z", re.IGNORECASE
)


def recognise(text: str) -> bool:
    """Whether a text is a volume of the series: TEI by its first element, FRUS by its own names."""
    start = text[:_ROOT_WITHIN]
    if _ROOT.search(start) is None or _TEI not in start:
        return False
    if _FRUS in start:
        return True
    head = text[:_NUMBER_WITHIN]
    return _FRUS_NUMBER in head or _FRUS_TITLE.search(head.partition(_TITLES_END)[0]) is not None


def documents(markup: str, address: str) -> VolumeDocuments:
    """The telegrams and airgrams of a volume, one page each; see `VolumeDocuments`."""
    return VolumeDocuments(markup, address)


class VolumeDocuments(Iterator[RawPage]):
    """The pages of a volume, in order, found as they are asked for.

    A page's text is the document's XML, byte for byte, behind instructions that name the volume and its edition; its
    address is `FILE#d12`. When all were taken, `telegrams` and `others` say how many documents were and were not
    telegrams, `volume` what the volume calls itself and `edition` how it is cited. Raises `NotACable` where the XML is
    damaged, behind the last sound document.
    """

    def __init__(self, markup: str, address: str) -> None:
        self.address = address
        self.volume = ""
        self.edition = ""
        self.telegrams = 0
        self.others = 0
        self._persons = _Persons()
        self._data = as_bytes(markup)
        self._pages = self._run()

    def __iter__(self) -> VolumeDocuments:
        return self

    def __next__(self) -> RawPage:
        return next(self._pages)

    def _run(self) -> Iterator[RawPage]:
        parser = SafeParser(NotACable)
        finder = _Finder(parser, self._persons)
        for start in range(0, max(len(self._data), 1), _BITE):
            piece = self._data[start : start + _BITE]
            parser.feed(piece, final=start + _BITE >= len(self._data))
            self.volume, self.edition = finder.volume, _edition(finder.said)
            for found in finder.ended():
                if found.by_wire:
                    self.telegrams += 1
                    yield self._page(found)
                else:
                    self.others += 1

    def _page(self, found: _Found) -> RawPage:
        cut = self._data[found.start : self._data.index(b">", found.end) + 1]
        note = f"<?frus-volume {self.volume}?>\n" if _VOLUME_NAME.fullmatch(self.volume) else ""
        if self.edition and "?" not in self.edition:
            note += f"<?frus-edition {self.edition}?>\n"
        note += "".join(self._persons.of(cut))
        return RawPage(
            note + cut.decode("utf-8"),
            f"{self.address}#{found.name}" if found.name else self.address,
            "tei",
            hashlib.sha256(cut).hexdigest(),
        )


def volume_of(page: RawPage) -> str:
    """The volume that a page was cut from: as its instruction says, else by the name of its file."""
    note = _VOLUME_NOTE.match(page.text)
    if note:
        return note["volume"]
    file = page.address.rpartition("#")[0] or page.address
    return _SECOND_COPY.sub("", file.replace("\\", "/").rpartition("/")[2].removesuffix(".xml"))


def edition_of(page: RawPage) -> str:
    """How the volume is cited that a page was cut from: title, editors, place, publisher, year; "" without a title.

    As the Office of the Historian has it ("Citing the Foreign Relations series"): `Foreign Relations of the United
    States, 1977–1980, Volume XXI, Cyprus; Turkey; Greece, ed. David Zierler (Washington: United States Government
    Printing Office, 2014)`.
    """
    note = _EDITION_NOTE.search(page.text[:_ROOT_WITHIN])
    return note["edition"] if note else ""


def persons_of(page: RawPage) -> dict[str, tuple[str, str]]:
    """The persons of the volume's list whom a page names, by their ids: the name as listed, and what the list says."""
    head = page.text[: page.text.find("<div")]
    return {found["id"]: (found["name"], found["office"]) for found in _PERSON_NOTE.finditer(head)}


class _Persons:
    """The list of persons of a volume, as it is read: `<item><persName xml:id="p_MAL_1">Mora, Anna L.</persName>,
    Consul General in Porto until 1974</item>`."""

    def __init__(self) -> None:
        self.listed: dict[str, str] = {}
        self.reading = False
        self._id = ""
        self._depth = 0
        self._named = False
        self._name: list[str] = []
        self._office: list[str] = []

    def begin(self, ident: str, depth: int) -> None:
        """A person's name begins; what was read of another ends."""
        self.keep()
        self._id, self._depth, self.reading, self._named = ident, depth, True, False
        self._name, self._office = [], []

    def text(self, data: str) -> None:
        (self._office if self._named else self._name).append(data)

    def end(self, name: str, depth: int) -> None:
        """The name ends with its element, the person with the item around it."""
        if depth == self._depth:
            self._named = True
        elif depth < self._depth and name in {"item", "p", "row", "list"}:
            self.keep()

    def keep(self) -> None:
        """Keep the person that was read."""
        if self.reading and _VOLUME_NAME.fullmatch(self._id):
            name, office = (
                _BLANKS.sub(" ", "".join(parts).translate(_NOT_IN_NOTE)).strip(" ,;.:—–-")
                for parts in (self._name, self._office)
            )
            # The stop of an initial is the name's own.
            said = _BLANKS.sub(" ", "".join(self._name)).strip(" ,;:")
            name += "." if said.endswith(f"{name}.") else ""
            if name:
                note = f"{name}|{shorten(office, _LONGEST_OFFICE, placeholder=' …')}"
                self.listed[self._id] = f"<?frus-person {self._id}|{note}?>\n"
        self.reading = False

    def of(self, document: bytes) -> list[str]:
        """The instructions for those whom a document names, in the order of the list."""
        if not self.listed:
            return []
        tagged = {found["id"].decode() for found in _TAGGED.finditer(document)}
        return [note for ident, note in self.listed.items() if ident in tagged]


def _edition(said: Mapping[str, Sequence[str]]) -> str:
    """Title, editors and imprint of a volume as one text, as far as the header says them; "" without a title."""
    title = next(iter(said.get("title", ())), "")
    if not title:
        return ""
    editors = said.get("editor", ())
    named = f", {'ed.' if len(editors) == 1 else 'eds.'} {_listed(editors)}" if editors else ""
    place, publisher, year = (next(iter(said.get(name, ())), "") for name in _OF_THE_IMPRINT)
    house = ": ".join(filter(None, (place, publisher)))
    imprint = ", ".join(filter(None, (house, year)))
    return f"{title}{named} ({imprint})" if imprint else f"{title}{named}"


def _listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B, and C`."""
    *first, last = names
    return f"{', '.join(first)}{',' if len(first) > 1 else ''} and {last}" if first else last


def _by_number(attributes: dict[str, str]) -> str:
    """The id of a document that has none of its own: the series makes it of the number, `d12`."""
    number = attributes.get("n", "").strip()
    return f"d{number}" if number and _VOLUME_NAME.fullmatch(number) else ""


class _Found:
    """A document while it is read: where it stands, and the lines that tell what it is."""

    def __init__(self, name: str, start: int, depth: int, held: int) -> None:
        self.name = name
        self.start = start
        self.end = start
        self.depth = depth
        # How many documents ended before it began: those behind them in the list are inside of it.
        self.held = held
        self.title: str | None = None
        self.filed = ""
        self.lines: list[str] = []

    @property
    def by_wire(self) -> bool:
        return (
            (self.title is not None and _BY_WIRE.match(self.title) is not None)
            or _FILED_AS_WIRE.search(self.filed) is not None
            or any(
                LINE_OF_WIRE.fullmatch(line) or _LINE_OF_PRECEDENCE.fullmatch(line)
                for line in self.lines
            )
        )

    @property
    def settled(self) -> bool:
        return self.title is not None and len(self.lines) >= _LINES_LOOKED_AT


class _Finder:
    """What the parser calls: finds the documents, and of each the title and the lines around it."""

    def __init__(self, parser: SafeParser, persons: _Persons) -> None:
        self.parser = parser
        self.persons = persons
        parser.expat.StartElementHandler = self.start
        parser.expat.EndElementHandler = self.end
        parser.expat.CharacterDataHandler = self.text
        # What the volume is called by its first element, and by its number in the series.
        self.root = self.number = ""
        self.depth = self.begun = 0
        self.open: list[_Found] = []
        # Documents that ended: those that are sure, and those inside one that is still open.
        self.found: list[_Found] = []
        self.held: list[_Found] = []
        # What is gathered: the depth and the kind of the element, and its text.
        self.gathering: tuple[int, str] | None = None
        self.gathered: list[str] = []
        self.in_note = 0
        # What the header says of the edition, by the kind of what is said.
        self.said: dict[str, list[str]] = {}
        self.in_imprint = False

    @property
    def volume(self) -> str:
        """The volume's own name: the one that its addresses on the series' site are made of, if there is one.

        That is the id of the first element, and, but for slips, the number in the series.
        """
        own = self.root if _SERIES_ID.match(self.root) else ""
        return own or self.number or self.root

    def ended(self) -> list[_Found]:
        """The documents that ended since the last call, without those that are a part of a telegram."""
        taken, self.found = self.found, []
        return taken

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        name = local(name)
        if not self.begun:
            self.start_of_header(name, attributes)
        if self.depth == 1:
            self.root = attributes.get("xml:id", "").strip()
        if name == "div" and attributes.get("type") == "document":
            self.begun += 1
            found = attributes.get("xml:id") or _by_number(attributes) or f"document{self.begun}"
            self.open.append(_Found(found, self.parser.position, self.depth, len(self.held)))
        elif name == "idno" and attributes.get("type") == "frus":
            self.gather("idno")
        elif name == "persName" and "xml:id" in attributes and not self.open:
            self.persons.begin(attributes["xml:id"].strip(), self.depth)
        elif self.open and not self.open[-1].settled:
            self.start_inside(name, attributes, self.open[-1])

    def start_of_header(self, name: str, attributes: dict[str, str]) -> None:
        if self.gathering is not None:
            # The lines of a publisher's name: `Office of the Historian<lb/>Bureau of Public Affairs`.
            self.gathered.append(", " if name == "lb" else " ")
        elif name == "publicationStmt":
            self.in_imprint = True
        elif name == "text":
            self.in_imprint = False
        elif (
            (name == "title" and attributes.get("type") == "complete")
            or (name == "editor" and attributes.get("role") == "primary")
            or (self.in_imprint and name in _OF_THE_IMPRINT)
        ):
            self.gather(name)

    def start_inside(self, name: str, attributes: dict[str, str], document: _Found) -> None:
        if self.in_note:
            self.in_note += 1
        elif name == "note":
            if attributes.get("rend") == "inline" and self.gathering is None:
                self.gather("filed")
            else:
                self.in_note = 1
        elif self.gathering is not None:
            return
        elif name == "head" and document.title is None and self.depth == document.depth + 1:
            self.gather("title")
        elif name in {"p", "seg", "head", "item", "salute"}:
            self.gather("line")

    def gather(self, kind: str) -> None:
        self.gathering = (self.depth, kind)
        self.gathered = []

    def text(self, data: str) -> None:
        if self.persons.reading:
            self.persons.text(data)
        if self.gathering is not None and not self.in_note:
            self.gathered.append(data)

    def end(self, name: str) -> None:
        if self.persons.reading:
            self.persons.end(local(name), self.depth)
        if self.in_note:
            self.in_note -= 1
        elif self.gathering is not None and self.gathering[0] == self.depth:
            self.keep(self.gathering[1], _BLANKS.sub(" ", "".join(self.gathered)).strip())
            self.gathering = None
        if self.open and self.open[-1].depth == self.depth:
            ended = self.open.pop()
            ended.end = self.parser.position
            self.in_note = 0
            # A document inside another one is read with it, unless that one is no telegram.
            if ended.by_wire:
                del self.held[ended.held :]
            self.held.append(ended)
            if not self.open:
                self.found.extend(self.held)
                self.held = []
        self.depth -= 1

    def keep(self, kind: str, text: str) -> None:
        if kind == "idno":
            self.number = self.number or text
        elif kind in _OF_THE_IMPRINT or kind == "editor" or (kind == "title" and not self.open):
            self.said.setdefault(kind, []).append(text)
        elif kind == "title":
            self.open[-1].title = None if NUMBER_ALONE.fullmatch(text) else text
        elif kind == "filed":
            self.open[-1].filed = text
        elif text:
            self.open[-1].lines.append(text)
