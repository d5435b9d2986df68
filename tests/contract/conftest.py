"""The corpus of the contract: thirty small cables, written so that every answer can be read off them by eye."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest
from memory_engine import MemoryIndex

from corpus.model import Cable, DatePrecision, Paragraph, Part, Post, Recipient, Reference
from search.engines import ENGINES, open_searcher, open_writer
from search.engines.peopled import PeopledSearcher
from search.engines.protocols import IndexWriter, Searcher

GUANGZHOU = Post("GUANGZHOU", "Guangzhou", "China", "East Asia")
HANOI = Post("HANOI", "Hanoi", "Vietnam", "East Asia")
LA_PAZ = Post("LAPAZ", "La Paz", "Bolivia", "Western Hemisphere")
SAN_JOSE = Post("SANJOSE", "San José", "Costa Rica", "Western Hemisphere")
MOSCOW = Post("MOSCOW", "Moscow", "Russia", "Europe")
CAIRO = Post("CAIRO", "Cairo", "Egypt", "Near East")
PARIS = Post("PARIS", "Paris", "France", "Europe")
ABIDJAN = Post("ABIDJAN", "Abidjan", "Cote d'Ivoire", "Africa")
LONDON = Post("LONDON", "London", "United Kingdom", "Europe")
BERLIN = Post("BERLIN", "Berlin", "Germany", "Europe")
ROME = Post("ROME", "Rome", "Italy", "Europe")
OSLO = Post("OSLO", "Oslo")

Row = tuple[str | None, str | None, Part, str]  # mark, section, part, text
BODY, SUMMARY, COMMENT = Part.BODY, Part.SUMMARY, Part.COMMENT


def make_cable(
    cable_id: str,
    when: str | None,
    origin: Post | None,
    subject: str,
    rows: list[Row],
    *,
    precision: DatePrecision = "minute",
    classification: str | None = None,
    tags: tuple[str, ...] = (),
    **more: object,
) -> Cable:
    """A cable whose paragraphs are numbered from 1."""
    date = None if when is None else datetime.fromisoformat(when).replace(tzinfo=UTC)
    paragraphs = tuple(
        Paragraph(f"p{number}", number, mark, section, part, text)
        for number, (mark, section, part, text) in enumerate(rows, start=1)
    )
    return Cable(
        cable_id,
        date,
        precision,
        origin,
        subject,
        classification,
        tags=tags,
        paragraphs=paragraphs,
        **more,  # type: ignore[arg-type]
    )


def corpus() -> list[Cable]:
    """The thirty cables, in no particular order."""
    return [
        make_cable(
            "07GUANGZHOU1",
            "2007-03-23T08:44",
            GUANGZHOU,
            "Shoe factory review",
            [
                ("SBU", "Summary", SUMMARY, "Nine plants were seen. An injunction was refused."),
                ("U", "Background", Part.BACKGROUND, "Factories in Putian copy shoes."),
                ("U", "Comment: Mixed Bag", COMMENT, "Enforcement is slow in Putian."),
            ],
            classification="UNCLASSIFIED",
            tags=("KIPR", "ETRD", "CH"),
            caveats=("SIPDIS",),
            recipients=(Recipient("SECSTATE WASHDC"), Recipient("AMEMBASSY HANOI")),
            sender="AMCONSUL GUANGZHOU",
            info_recipients=(Recipient("AMEMBASSY BEIJING"), Recipient("AMEMBASSY REPUBLIC CHINA")),
        ),
        make_cable(
            "06HANOI2",
            "2006-12-31T23:59",
            HANOI,
            "Injunctions in the trade court",
            [
                ("C", "SUMMARY", SUMMARY, "Judges heard three cases on brands."),
                ("S/NF", None, BODY, "A judge may review an appeal."),
            ],
            classification="CONFIDENTIAL",
            tags=("ETRD", "VM"),
            references=(
                Reference("07 GUANGZHOU 1", "07GUANGZHOU1"),
                Reference("e-mail of May 5", kind="email"),
            ),
        ),
        make_cable(
            "05LAPAZ3",
            "2005-06-01",
            LA_PAZ,
            "Paste on the São Paulo route",
            [
                ("S/NF", "Summary", SUMMARY, "Growers ship it by air."),
                ("S", None, BODY, "No F-16 was over El Alto."),
                (None, None, BODY, "At gate 16 F planes waited."),
            ],
            precision="month",
            classification="SECRET",
            tags=("SNAR", "BL"),
        ),
        make_cable(
            "05SANJOSE4",
            "2005-01-01",
            SAN_JOSE,
            "Tuna boats",
            [
                ("U", None, BODY, "U.S. vessels landed here."),
                ("U", None, BODY, "They told us nothing."),
            ],
            precision="year",
            classification="UNCLASSIFIED",
            tags=("EFIS",),
        ),
        make_cable(
            "89MOSCOW5",
            "1989-11-09",
            MOSCOW,
            "Встреча в Москве",
            [
                ("S", None, BODY, "Министр говорил о договоре."),
                ("S", None, BODY, "He spoke of the treaty."),
            ],
            precision="day",
            classification="SECRET",
            tags=("PREL", "UR"),
        ),
        make_cable(
            "04CAIRO6",
            "2004-02-29",
            CAIRO,
            "What the dailies say",
            [
                ("U", "Press Round-up", BODY, "كتبت الصحيفة عن السلام"),
                ("U", "press round-up", BODY, "One paper wrote about peace."),
                ("U", "PRESS ROUND-UP", BODY, "Peace, peace and more peace."),
            ],
            precision="day",
            classification="UNCLASSIFIED",
            tags=("KPAO", "EG"),
        ),
        make_cable(
            "08PARIS7",
            None,
            PARIS,
            "Grain",
            [
                (None, None, BODY, "Wheat rose."),
                (None, "", BODY, "Then wheat fell, and wheat rose."),
            ],
        ),
        make_cable(
            "08PARIS8",
            "2008-01-01T00:00",
            PARIS,
            "",
            [(None, None, BODY, ""), ("U", None, BODY, "Barley, not wheat.")],
            classification="unclassified",
        ),
        make_cable(
            "10ABIDJAN9",
            "2010-10-10",
            ABIDJAN,
            "Harvest in Côte d’Ivoire",
            [
                ("SBU", None, BODY, "Cocoa is scarce."),
                ("SBU", None, BODY, "The state of the state of emergency."),
            ],
            precision="day",
            tags=("EAGR", "IV"),
        ),
        make_cable(
            "07LONDON10",
            "2007-06-30T23:59",
            LONDON,
            "On Hamlet",
            [
                ("U", None, BODY, "Banquo's ghost said to be or not to be."),
                ("U", None, BODY, "Or to be, not to be."),
            ],
            tags=("Kpao", "UK"),
        ),
        make_cable(
            "07LONDON11",
            "2007-07-01T00:00",
            LONDON,
            "Nothing to report",
            [("U", None, BODY, "A play is not to be."), ("C", None, COMMENT, "Banquo left.")],
            tags=("KPAO", "UK"),
        ),
        make_cable(
            "09BERLIN12",
            "2009-05-05T12:00",
            BERLIN,
            "Zoo",
            [
                ("U", "Animals", BODY, f"Quagga number {word}.")
                for word in ["one", "two", "three", "four", "five", "six"]
            ]
            + [("C", "Animals", COMMENT, "Quagga quagga quagga.")],
            classification="CONFIDENTIAL",
            tags=("SENV",),
        ),
        make_cable(
            "09BERLIN13",
            "2009-05-05T12:00",
            BERLIN,
            "Park",
            [("U", "Animals", BODY, "Quagga number one.")],
            tags=("SENV",),
        ),
        make_cable(
            "09BERLIN14",
            "2009-05-05T12:00",
            BERLIN,
            "Park",
            [("U", "Animals", BODY, "Quagga number one."), ("U", "Plants", BODY, "Reeds.")],
            tags=("senv",),
        ),
        make_cable(
            "09ROME15",
            "2009-08-01T09:00",
            ROME,
            "Amethyst mines",
            [
                ("U", None, BODY, "Nobody works at night there."),
                ("U", None, BODY, "Nobody finds amethyst at night."),
            ],
        ),
        make_cable(
            "09ROME16",
            "2009-08-02T09:00",
            ROME,
            "Marble quarries",
            [
                ("U", None, BODY, "Nobody finds topaz at night."),
                ("U", None, BODY, "Topaz, topaz, topaz."),
            ],
        ),
        # Fourteen cables for paging: one paragraph each, every second one a day later, all with equal text.
        *(
            make_cable(
                f"03OSLO{number}",
                f"2003-01-{1 + number % 2:02d}T06:00",
                OSLO,
                "Snow",
                [("U", "Weather", BODY, "Snow fell.")],
                tags=("SENV", "NO"),
                source="specimen",
            )
            for number in range(20, 34)
        ),
        make_cable("11OSLO40", "2011-01-01T00:00", OSLO, "No text received", []),
    ]


class Store(Protocol):
    """Where an engine keeps an index, as its tests need it."""

    def writer(self) -> IndexWriter: ...

    def searcher(self) -> Searcher: ...


@dataclass(frozen=True, slots=True)
class FolderStore:
    """An index in a folder."""

    folder: Path
    engine: str

    def writer(self) -> IndexWriter:
        return open_writer(self.folder, self.engine)

    def searcher(self) -> Searcher:
        return open_searcher(self.folder)


class MemoryStore:
    """The oracle, which joins the names of people as the doors to a folder do."""

    def __init__(self) -> None:
        self._index = MemoryIndex()

    def writer(self) -> IndexWriter:
        return self._index.writer()

    def searcher(self) -> Searcher:
        return PeopledSearcher(self._index.searcher())


def open_store(engine: str, folder: Path) -> Store:
    """A further engine joins the contract by its name in ENGINES, or by a branch here."""
    return MemoryStore() if engine == "memory" else FolderStore(folder, engine)


@pytest.fixture(params=("memory", *ENGINES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An index without cables, of each engine."""
    return open_store(request.param, tmp_path / "index")


@pytest.fixture(params=ENGINES)
def folder_store(request: pytest.FixtureRequest, tmp_path: Path) -> FolderStore:
    """An index without cables, of each engine that has files."""
    return FolderStore(tmp_path / "index", request.param)


@pytest.fixture(scope="session", params=("memory", *ENGINES))
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Searcher]:
    """The corpus in each engine, to be read only.

    It is written in three commits, with a cable replaced and one deleted, so that no engine answers from one neat
    segment.
    """
    store = open_store(request.param, tmp_path_factory.mktemp("filled") / "index")
    cables = corpus()
    with store.writer() as writer:
        for cable in cables[:10]:
            writer.put(cable)
        writer.put(replace(cables[12], paragraphs=cables[11].paragraphs))
    with store.writer() as writer:
        for cable in cables[10:]:
            writer.put(cable)
        writer.put(
            make_cable("99OSLO1", "1999-01-01", OSLO, "Snow", [("U", None, BODY, "Putian.")])
        )
    with store.writer() as writer:
        assert writer.delete("99OSLO1")
        writer.put(cables[0])
    searcher = store.searcher()
    yield searcher
    searcher.close()


@pytest.fixture(scope="session")
def cables() -> list[Cable]:
    """The thirty cables."""
    return corpus()


@pytest.fixture(scope="session")
def make() -> Callable[..., Cable]:
    """`make_cable`, for the tests' own cables."""
    return make_cable


@pytest.fixture
def cable() -> Callable[[str, str], Cable]:
    """A cable of one paragraph with that text."""

    def build(cable_id: str, text: str) -> Cable:
        return make_cable(cable_id, "2007-01-01T00:00", None, "", [("U", None, BODY, text)])

    return build


@pytest.fixture
def texts_searcher(
    request: pytest.FixtureRequest, store: Store, cable: Callable[[str, str], Cable]
) -> Iterator[Searcher]:
    """The module's `TEXTS`, each the one paragraph of the cable of its id, in each engine."""
    with store.writer() as writer:
        for cable_id, text in request.module.TEXTS.items():
            writer.put(cable(cable_id, text))
    searcher = store.searcher()
    yield searcher
    searcher.close()


@pytest.fixture
def built(folder_store: FolderStore, cable: Callable[[str, str], Cable]) -> FolderStore:
    """An index with two cables, of each engine that has files."""
    with folder_store.writer() as writer:
        writer.put(cable("07PARIS1", "alpha"))
        writer.put(cable("07PARIS2", "alpha beta"))
    return folder_store
