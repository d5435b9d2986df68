"""What an index remembers of its sources, and which of several places a cable is taken from."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from corpus.ids import lookup_key
from corpus.model import Cable, Paragraph, Part, Problem, Version
from indexer.page import PassedOver, SetAside
from indexer.runs.commits import stamp
from indexer.runs.ledger import Ledger
from indexer.runs.remarks import MOST_REMARKS
from indexer.runs.versions import compared, facts, versions
from search.errors import IndexDamaged, IndexOutdated
from search.sources import DRAFT, FILE_NAME, Aside, Double, Input, read
from search.sources.announced import is_announced
from search.sources.records import Held, Place

OFFERED = "the next run offers it again"
# Of an engine whose commits can't be told apart.
UNMARKED = ("index-1", "")


def source(path: str, digest: str = "d") -> Input:
    return Input(path, f"seen {path}", True, digest, "v1")


def cable(
    address: str, length: int, name: str = "07ROME1", also: tuple[Version, ...] = ()
) -> Cable:
    paragraph = Paragraph("p1", 1, None, None, Part.BODY, "x" * length)
    problem = Problem("short", "m")
    return Cable(
        name,
        paragraphs=(paragraph,),
        problems=(problem,),
        source="scoop",
        address=address,
        digest="d",
        versions=also,
    )


def enter(ledger: Ledger, path: str, *cables: Cable, digest: str = "d") -> int:
    """A source with its cables, one a page."""
    number = ledger.begin(source(path, digest))
    for page, each in enumerate(cables):
        ledger.hold(Place(number, page, 0), facts(each, f"seen {path}"))
    return number


def settle(ledger: Ledger) -> None:
    for key in ledger.unsettled():
        ledger.settle(key, ledger.held(key))


def store(ledger: Ledger) -> None:
    settle(ledger)
    ledger.announce(UNMARKED)
    ledger.replace()
    ledger.close()


Opening = Callable[[], Ledger]


@pytest.fixture
def open_again(tmp_path: Path) -> Iterator[Opening]:
    """Opens the ledger of a run that goes on from the last one; closes all at the end."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(Ledger.open(tmp_path, fresh=False))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path, fresh=True) as opened:
        yield opened


def addresses(held: list[Held]) -> list[str]:
    return [each.version.address for each in held]


def test_there_and_back(tmp_path: Path, ledger: Ledger) -> None:
    aside = Input("/q", "q", True, "e", "v1", "empty", "fetch it", 3)
    number = enter(ledger, "/p", cable("a", 5), cable("b", 7, "08ROME2"))
    ledger.begin(aside)
    ledger.remarks.note(number, SetAside("p:line 3", "broken", "mend it", 3))
    ledger.remarks.note(number, PassedOver("p/README.md", "documentation"))
    store(ledger)
    with read(tmp_path) as manifest:
        assert list(manifest.sources()) == [source("/p"), aside]
        assert manifest.source("/q") == aside
        assert manifest.source("/r") is None
        assert manifest.count() == 2
        assert manifest.cables_of("/p") == list(manifest.cables()) == ["07ROME1", "08ROME2"]
        assert manifest.problems() == {"short": 2}
        assert [(t.path, t.form, t.pages, t.cables, t.paragraphs) for t in manifest.tallies()] == [
            ("/p", "scoop", 2, 2, 2)
        ]
        assert list(manifest.set_aside()) == [
            (source("/p"), Aside("p:line 3", "broken", "mend it", 3)),
            (aside, Aside("q", "empty", "fetch it", 3)),
        ]
        assert list(manifest.passed_over()) == [("/p", "p/README.md", "documentation", 1)]
        assert manifest.built is not None


def test_what_is_passed_over_in_one_place_is_added_up(tmp_path: Path, ledger: Ledger) -> None:
    number = enter(ledger, "/p", cable("a", 5))
    for _ in range(MOST_REMARKS + 5):
        ledger.remarks.note(number, PassedOver("p", "pages without a cable"))
        ledger.remarks.note(number, PassedOver("p", "captures that are no pages", 2))
    ledger.go_on(source("/p"))
    ledger.remarks.note(number, PassedOver("p", "pages without a cable"))
    ledger.remarks.note(number, SetAside("p/x", "broken"))
    store(ledger)
    with read(tmp_path) as manifest:
        assert list(manifest.passed_over()) == [
            ("/p", "p", "pages without a cable", MOST_REMARKS + 6),
            ("/p", "p", "captures that are no pages", 2 * (MOST_REMARKS + 5)),
        ]
        assert [aside.reason for _, aside in manifest.set_aside()] == ["broken"]


def test_names_that_are_no_text_survive(tmp_path: Path, ledger: Ledger) -> None:
    enter(ledger, "/p\udcff", cable("a\ud800", 5))
    store(ledger)
    with read(tmp_path) as manifest:
        assert [each.path for each in manifest.sources()] == ["/p\udcff"]


def test_no_index_has_no_sources(tmp_path: Path) -> None:
    with read(tmp_path) as manifest:
        assert (list(manifest.sources()), manifest.built) == ([], None)


def test_of_many_remarks_the_first_are_named_and_the_others_counted(ledger: Ledger) -> None:
    number = enter(ledger, "/p")
    for line in range(MOST_REMARKS + 25):
        ledger.remarks.note(number, SetAside("p", "broken", line=line))
    told = [aside for _, aside in ledger.manifest.set_aside()]
    assert len(told) == MOST_REMARKS + 1
    assert told[-1] == Aside("p", "and 25 more parts of it", count=25)


def test_a_cable_that_the_cluster_refused_is_set_aside_and_offered_again(
    ledger: Ledger, open_again: Opening, tmp_path: Path
) -> None:
    enter(ledger, "/p", cable("a", 5), cable("b", 7, "08ROME2"), cable("c", 9, "08ROME3"))
    enter(ledger, "/q", cable("d", 5, "08ROME4"))
    settle(ledger)
    ledger.announce(UNMARKED)
    ledger.remarks.refuse({"2008ROME2": "too large", "2008ROME4": "no number"})
    ledger.replace()
    with read(tmp_path) as manifest:
        assert [aside for _, aside in manifest.set_aside()] == [
            Aside("seen /p", "the cluster refused this cable (too large)", OFFERED),
            Aside("seen /q", "the cluster refused this cable (no number)", OFFERED),
        ]
        assert list(manifest.cables()) == ["07ROME1", "08ROME3"]
        assert manifest.double_count() == 0
        assert manifest.cables_of("/p") == ["07ROME1", "08ROME2", "08ROME3"]
        assert [manifest.has_refused(path) for path in ("/p", "/q", "/r")] == [True, True, False]
    with open_again() as again:
        again.remarks.offer_again("/p")
        assert list(again.unsettled()) == ["2008ROME2"]
        assert not again.held("2008ROME2")[0].was_best
        store(again)
    with read(tmp_path) as manifest:
        assert list(manifest.cables()) == ["07ROME1", "08ROME2", "08ROME3"]
        assert [aside.address for _, aside in manifest.set_aside()] == ["seen /q"]


def test_of_many_refused_cables_each_source_names_its_first(ledger: Ledger) -> None:
    more = 3
    for path in ("/p", "/q"):
        enter(
            ledger,
            path,
            *(cable("a", 5, f"08{path[1:]}ROME{n}") for n in range(MOST_REMARKS + more)),
        )
    settle(ledger)
    ledger.announce(UNMARKED)
    ledger.remarks.refuse({key: "no" for path in "pq" for key in _keys(ledger, f"/{path}")})
    told = [aside for _, aside in ledger.manifest.set_aside()]
    assert len(told) == 2 * (MOST_REMARKS + 1)
    assert [aside.count for aside in told if aside.count > 1] == [more, more]


def _keys(ledger: Ledger, path: str) -> list[str]:
    return [lookup_key(each) for each in ledger.manifest.cables_of(path)]


def test_the_place_with_most_text_is_best_and_then_the_first_path(ledger: Ledger) -> None:
    enter(ledger, "/a", cable("a", 40))
    enter(ledger, "/c", cable("c", 90))
    enter(ledger, "/b", cable("b", 90))
    enter(ledger, "/d", cable("d", 90, "2007 Rome 00001"))
    held = ledger.held("2007ROME1")
    assert addresses(held) == ["b", "c", "d", "a"]
    settle(ledger)
    assert ledger.manifest.doubles(9) == (
        Double("07ROME1", "seen /b", "seen /c"),
        Double("07ROME1", "seen /b", "seen /d"),
        Double("07ROME1", "seen /b", "seen /a"),
    )
    assert len(ledger.manifest.doubles(2)) == 2
    assert ledger.manifest.double_count() == 3
    assert ledger.manifest.problems() == {"short": 1}


def test_each_version_is_named_once_and_the_best_is_not(ledger: Ledger) -> None:
    a, b, c = (Version("scoop", name, "d") for name in "abc")
    enter(ledger, "/1", cable("a", 90, also=(c,)))
    enter(ledger, "/2", cable("b", 50, also=(c, a)))
    enter(ledger, "/3", cable("a", 90))
    assert versions(ledger.held("2007ROME1")) == (b, c)
    enter(ledger, "/4", cable("b", 10))
    assert versions(ledger.held("2007ROME1")) == (b, c)


def test_a_text_is_wanted_of_the_first_of_each_other_version(ledger: Ledger) -> None:
    enter(ledger, "/1", cable("a", 90), cable("b", 50), cable("a", 40), cable("b", 30))
    enter(ledger, "/2", cable("c", 40), cable("d", 99, "08ROME2"))
    held = ledger.held("2007ROME1")
    assert [(each.version.address, each.at.page) for each in compared(held)] == [("b", 1), ("c", 0)]
    assert compared(ledger.held("2008ROME2")) == compared([]) == ()


def test_a_text_is_there_until_its_source_or_the_need_for_it_is_gone(ledger: Ledger) -> None:
    first = enter(ledger, "/1", cable("a", 90), cable("b", 50))
    second = enter(ledger, "/2", cable("c", 40))
    short = cable("c", 40)
    ledger.keep(Place(first, 1, 0), cable("b", 50))
    ledger.keep(Place(second, 0, 0), short)
    settle(ledger)
    assert ledger.manifest.versions("07 Rome 1") == {Version("scoop", name, "d") for name in "bc"}
    assert ledger.manifest.text("07ROME1", Version("scoop", "c", "d")) == short
    assert ledger.manifest.text("07ROME1", Version("scoop", "a", "d")) is None
    assert [each.has_text for each in ledger.held("2007ROME1")] == [False, True, True]
    ledger.forget("/2")
    assert ledger.manifest.versions("07ROME1") == {Version("scoop", "b", "d")}
    ledger.give("2007ROME1", Place(first, 1, 0), ())
    assert ledger.manifest.versions("07ROME1") == frozenset()


def test_a_cable_alone_keeps_the_versions_it_came_with(ledger: Ledger) -> None:
    brought = (Version("nara", "z", "1"), Version("frus", "y", "2"))
    enter(ledger, "/1", cable("a", 90, also=brought))
    assert versions(ledger.held("2007ROME1")) == brought


def test_only_what_changed_is_unsettled(
    tmp_path: Path, ledger: Ledger, open_again: Opening
) -> None:
    enter(ledger, "/a", cable("a", 5, "07ROME1"))
    enter(ledger, "/b", cable("b", 5, "07ROME2"))
    store(ledger)
    again = open_again()
    assert list(again.unsettled()) == []
    again.forget("/a")
    enter(again, "/c", cable("c", 5, "07ROME3"))
    again.give("2007ROME3", again.held("2007ROME3")[0].at, ())
    assert list(again.unsettled()) == ["2007ROME1"]
    settle(again)
    assert list(again.manifest.cables()) == ["07ROME2", "07ROME3"]


def test_what_was_given_from_a_forgotten_place_is_unsettled(ledger: Ledger) -> None:
    number = enter(ledger, "/a", cable("a", 90))
    enter(ledger, "/b", cable("b", 5))
    ledger.give("2007ROME1", Place(number, 0, 0), ())
    ledger.forget("/a")
    assert list(ledger.unsettled()) == ["2007ROME1"]
    given = ledger.given("2007ROME1")
    assert given is not None
    assert given.at != ledger.held("2007ROME1")[0].at


def test_what_was_announced_and_not_settled_is_looked_at_again(
    tmp_path: Path, ledger: Ledger, open_again: Opening
) -> None:
    """The commit may have come through or not: each source that was about to change is read again."""
    enter(ledger, "/same", cable("s", 5, "07ROME1"))
    enter(ledger, "/changed", cable("x", 5, "07ROME2"))
    enter(ledger, "/gone", cable("g", 5, "07ROME3"))
    store(ledger)
    second = open_again()
    second.forget("/gone")
    enter(second, "/changed", cable("x", 50, "07ROME4"), digest="e")
    enter(second, "/new", cable("n", 5, "07ROME5"))
    settle(second)
    second.announce(UNMARKED)
    second.close()
    assert is_announced(tmp_path)
    third = open_again()
    digests = {each.path: each.digest for each in third.manifest.sources()}
    assert digests == {"/same": "d", "/changed": "", "/gone": "", "/new": ""}
    assert list(third.unsettled()) == ["2007ROME2", "2007ROME3", "2007ROME4", "2007ROME5"]
    assert not any(held.was_best for key in ("2007ROME2", "2007ROME5") for held in third.held(key))
    store(third)
    assert not is_announced(tmp_path)


def test_a_draft_that_was_never_announced_is_nothing(
    tmp_path: Path, ledger: Ledger, open_again: Opening
) -> None:
    enter(ledger, "/a", cable("a", 5))
    store(ledger)
    before = stamp(tmp_path)
    enter(open_again(), "/b", cable("b", 5))
    assert (tmp_path / DRAFT).exists()
    assert stamp(tmp_path) == before
    assert [each.path for each in open_again().manifest.sources()] == ["/a"]


def test_who_reads_it_is_not_disturbed(tmp_path: Path, ledger: Ledger) -> None:
    enter(ledger, "/a", cable("a", 5))
    store(ledger)
    with read(tmp_path) as manifest:
        sources = manifest.sources()
        with Ledger.open(tmp_path, fresh=True) as again:
            store(again)
        assert [each.path for each in sources] == ["/a"]
    with read(tmp_path) as manifest:
        assert list(manifest.sources()) == []


@pytest.mark.parametrize("content", [b"", b"{", b"SQLite format 3\0" + b"x" * 5_000])
def test_damaged(tmp_path: Path, content: bytes, open_again: Opening) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with (
        pytest.raises((IndexDamaged, IndexOutdated), match="--rebuild"),
        read(tmp_path) as manifest,
    ):
        list(manifest.sources())
    with pytest.raises((IndexDamaged, IndexOutdated), match="--rebuild"):
        open_again()


def test_damage_further_in(tmp_path: Path, ledger: Ledger) -> None:
    for number in range(200):
        enter(ledger, f"/{number}", cable("a", 5, f"07ROME{number}"))
    store(ledger)
    data = bytearray((tmp_path / FILE_NAME).read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    (tmp_path / FILE_NAME).write_bytes(data)
    with pytest.raises(IndexDamaged, match="--rebuild"), read(tmp_path) as manifest:
        list(manifest.cables())


def test_of_another_version(tmp_path: Path, open_again: Opening) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("CREATE TABLE about (built TEXT)")
    with pytest.raises(IndexOutdated, match="--rebuild"):
        read(tmp_path)
    with pytest.raises(IndexOutdated, match="--rebuild"):
        open_again()
    with Ledger.open(tmp_path, fresh=True) as ledger:
        assert ledger.manifest.count() == 0
