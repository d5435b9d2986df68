"""The network of references: who refers to whom, what is lacking, which cable answers which. Cables are invented."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from indexes import index_of

from corpus.model import Cable, Paragraph, Part, Post, Reference
from search.asking import network as asking
from search.asking.network import Edge, Network, Node, Step, network, threads
from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.tree import Query

LIMA = Post("LIMA", "Lima", "Peru", "Western Hemisphere")
QUITO = Post("QUITO", "Quito", "Ecuador", "Western Hemisphere")


def _cable(
    name: str, day: int, *refers: Reference | str, text: str = "quinoa", month: int = 3
) -> Cable:
    return Cable(
        name,
        date=datetime(2007, month, day, 12, tzinfo=UTC),
        origin=LIMA if "LIMA" in name else QUITO,
        subject=f"About {name}",
        references=tuple(
            each if isinstance(each, Reference) else Reference(each, each) for each in refers
        ),
        paragraphs=(Paragraph("p1", 1, "U", None, Part.BODY, f"A harvest of {text}."),),
    )


CABLES = (
    _cable("07LIMA1", 1, text="maize"),
    _cable(
        "07LIMA2",
        2,
        Reference("A) 07 LIMA 1", "07LIMA1", bullet="A)"),
        Reference("LIMA 0001", "2007LIMA00001"),
        Reference("Ruiz e-mail of March 1", None, "email"),
        Reference("LIMA 99", None, "cable"),
    ),
    _cable("07QUITO3", 3, "07LIMA2", "06QUITO77"),
    _cable("07LIMA4", 4, "07QUITO3", "07LIMA1"),
    # Names a cable that was not sent yet.
    _cable("07QUITO5", 5, "07LIMA6", "07QUITO5"),
    _cable("07LIMA6", 6, text="potatoes"),
    _cable("07LIMA7", 7),
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with closing(index_of(tmp_path_factory.mktemp("network"), CABLES)) as searcher:
        yield searcher


def _found(searcher: Searcher, asked: str, **how: int) -> Network:
    return network(searcher, Query(parse(asked).tree), **how)


def _standings(found: Network) -> dict[str, str]:
    return {each.id: each.standing for each in found.nodes}


def _steps(found: Network) -> list[list[tuple[str, int]]]:
    return [[(each.node.id, each.depth) for each in steps] for steps in found.threads]


def test_what_the_search_found_what_is_here_and_what_is_lacking(searcher: Searcher) -> None:
    found = _found(searcher, "quinoa")
    assert found.matching == found.read == 5
    assert _standings(found) == {
        "06QUITO77": "lacking",
        "07LIMA1": "cited",
        "07LIMA2": "matching",
        "07QUITO3": "matching",
        "07LIMA4": "matching",
        "07QUITO5": "matching",
        "07LIMA6": "cited",
    }
    lacking = found.nodes[0]
    assert (lacking.year, lacking.post, lacking.cable) == (2006, "Quito", None)
    assert found.others == 2


def test_two_spellings_of_a_number_are_one_reference(searcher: Searcher) -> None:
    found = _found(searcher, "quinoa")
    to_the_first = [each for each in found.edges if each.target == "2007LIMA1"]
    assert [(each.source, each.text) for each in to_the_first] == [
        ("2007LIMA2", "07 LIMA 1; LIMA 0001"),
        ("2007LIMA4", "07LIMA1"),
    ]
    assert found.degree["2007LIMA2"] == 2


def test_threads_say_which_cable_answers_which(searcher: Searcher) -> None:
    found = _found(searcher, "quinoa")
    assert _steps(found) == [[("07LIMA1", 0), ("07LIMA2", 1), ("07QUITO3", 2), ("07LIMA4", 3)]]
    assert [each.answers and each.answers.id for each in found.threads[0]] == [
        None,
        "07LIMA1",
        "07LIMA2",
        "07QUITO3",
    ]


def test_a_reference_to_a_later_cable_is_told_and_answers_nothing(searcher: Searcher) -> None:
    found = _found(searcher, "quinoa")
    assert [(one.id, other.id) for one, other in found.backwards] == [("07QUITO5", "07LIMA6")]


def test_only_the_most_connected_are_shown_and_all_are_counted(searcher: Searcher) -> None:
    found = _found(searcher, "quinoa", most=3)
    assert found.connected == 7
    # QUITO3 has three neighbours; next to it LIMA2 has two, and next to that LIMA1.
    assert [each.id for each in found.nodes] == ["07LIMA1", "07LIMA2", "07QUITO3"]
    assert {(each.source, each.target) for each in found.edges} == {
        ("2007LIMA2", "2007LIMA1"),
        ("2007QUITO3", "2007LIMA2"),
    }


def test_of_many_cables_the_most_cited_are_read(searcher: Searcher) -> None:
    found = _found(searcher, "", read=2)
    assert (found.matching, found.read, found.read_by) == (7, 2, "referenced")
    # LIMA1 is cited twice; what the search finds besides and was not read is told as what it is.
    assert _standings(_found(searcher, "", read=3))["07LIMA1"] == "matching"


def test_of_very_many_cables_the_newest_are_read(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_RANKED", 6)
    found = _found(searcher, "", read=3)
    assert (found.matching, found.read, found.read_by) == (7, 3, "newest")
    # LIMA7 and LIMA6 refer to nothing; QUITO5 to LIMA6 and itself.
    assert [each.id for each in found.nodes] == ["07QUITO5", "07LIMA6"]


def test_what_was_not_read_and_the_search_finds_is_no_stranger(searcher: Searcher) -> None:
    # Only QUITO5 and LIMA7 are cited by none: of LIMA2, LIMA1, LIMA6, QUITO3 some are read.
    standings = {
        each.standing for read in range(1, 8) for each in _found(searcher, "", read=read).nodes
    }
    assert standings == {"matching", "lacking"}


def test_nothing_found_is_an_empty_network(searcher: Searcher) -> None:
    found = _found(searcher, "asparagus")
    assert (found.matching, found.nodes, found.threads) == (0, (), ())


def _thread_of(*pairs: tuple[str, str]) -> list[list[tuple[str, int]]]:
    names = sorted({name for pair in pairs for name in pair})
    nodes = {name: Node(name, name, "lacking", year=2007) for name in names}
    edges = [Edge(source, target, "cable", "") for source, target in pairs]
    found: tuple[tuple[Step, ...], ...] = threads(nodes, edges)
    return [[(each.node.key, each.depth) for each in steps] for steps in found]


def test_cables_that_refer_to_each_other_end() -> None:
    assert _thread_of(("a", "b"), ("b", "a")) == [[("b", 0), ("a", 1)]]
    assert _thread_of(("a", "b"), ("b", "c"), ("c", "a")) == [[("c", 0), ("b", 1), ("a", 2)]]


def test_each_cable_stands_once_however_many_it_refers_to() -> None:
    found = _thread_of(
        *((f"n{late:02}", f"n{early:02}") for late in range(30) for early in range(late))
    )
    assert sorted(name for steps in found for name, _ in steps) == [f"n{at:02}" for at in range(30)]


def test_a_thread_of_thousands_is_no_recursion() -> None:
    pairs = [(f"n{at + 1:05}", f"n{at:05}") for at in range(3000)]
    (steps,) = _thread_of(*pairs)
    assert steps[-1] == ("n03000", 3000)
