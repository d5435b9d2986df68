"""How often one known cable or section is found: recall@1, recall@5 and MRR, and what chrome's words find.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/known_items.py ../shared [--json]`. The cables are the shipped
samples and NARA's released telegrams. The sets are honest ones: what is asked with is not in the index. For `subject`
and `cited` the cables are indexed without subjects and headings, for `heading` without headings; subjects and headings
that stand on several cables or sections, or have fewer than three words that count, are left out.

- subject: the words of a cable's subject find that cable.
- heading: the words of a heading find one of the paragraphs under it.
- head, headed: the same two with subjects and headings in the index, as a reader has them: the head counts, and so does
  the heading's own row, which leads to its paragraphs.
- cited: the words of a citing cable's subject find the cable it cites, the citing one left out of the list.
- reference: a reference, as printed by the citing cable, finds the cable it cites.
- volumes: as `subject`, for the telegrams of four FRUS volumes, in an index of these and of the other cables.
- chrome: the words of a page's menus and teasers find nothing; here the figure is how many paragraphs they find.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.ids import lookup_key
from corpus.model import Cable
from indexer.errors import NotACable
from indexer.inputs.files import read
from indexer.inputs.finding import PageFile
from indexer.page import RawPage
from indexer.parse import parse
from search.engines import DEFAULT_ENGINE, ENGINES, open_searcher, open_writer
from search.engines.protocols import Searcher
from search.language.parser import parse as parse_query
from search.language.questions import question
from search.language.stop_words import STOP_WORDS
from search.language.tree import Query, Word
from search.text.analysis import analyse, fold

ROOT = Path(__file__).resolve().parent.parent
# Words of menus, teasers and adverts of the pages in which the samples stand; no cable among them speaks of these.
CHROME = (
    "free weekly newsletter",
    "kiribati ferry",
    "scoop infopro licence",
    "more from scoop world",
)
# How far down a list an item is looked for.
_DEPTH = 50
_FEWEST_WORDS = 3

Ranks = list[int | None]


@dataclass(frozen=True, slots=True)
class Item:
    """A question with what it should find, (cable key, section) pairs, section None for any; `leave` is left out."""

    asked: str
    wanted: frozenset[tuple[str, str | None]]
    leave: str = ""


def cables(shared: Path) -> list[Cable]:
    """The samples and NARA's telegrams, each id once."""
    return _parsed(_pages(shared))


def volume_cables(shared: Path) -> list[Cable]:
    """The telegrams of the FRUS volumes, each id once."""
    files = sorted((shared / "data/frus").glob("*.xml"))
    items = (item for path in files for item in read(PageFile(path, path.name)))
    return _parsed(item for item in items if isinstance(item, RawPage))


def _pages(shared: Path) -> Iterator[RawPage]:
    for path in sorted((ROOT / "corpus/samples").glob("*/*.*")):
        markup = "html" if path.suffix == ".html" else "text"
        yield RawPage(path.read_text(encoding="utf-8"), path.name, markup, "0" * 64)
    lines = (shared / "data/aad/telegrams.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines:
        yield RawPage(json.loads(line)["text"], "aad", "text", "0" * 64)


def _parsed(pages: Iterable[RawPage]) -> list[Cable]:
    found: dict[str, Cable] = {}
    for page in pages:
        try:
            found.update((lookup_key(cable.id), cable) for cable in parse(page))
        except NotACable:
            continue
    return list(found.values())


@contextmanager
def indexed(found: Iterable[Cable], engine: str) -> Iterator[Searcher]:
    """A searcher of the cables."""
    with tempfile.TemporaryDirectory() as folder:
        with open_writer(Path(folder), engine) as writer:
            for cable in found:
                writer.put(cable)
        searcher = open_searcher(Path(folder))
        try:
            yield searcher
        finally:
            searcher.close()


def without_headings(cable: Cable) -> Cable:
    """The cable without what heads its paragraphs."""
    bare = tuple(replace(paragraph, section=None) for paragraph in cable.paragraphs)
    return replace(cable, paragraphs=bare)


def without_heads(cable: Cable) -> Cable:
    """The cable without its subject and without headings; its header as printed has the subject too."""
    return replace(without_headings(cable), subject="", segments=())


def telling(text: str) -> bool:
    """Whether a text has words enough to be asked with."""
    return sum(token.term not in STOP_WORDS for token in analyse(text)) >= _FEWEST_WORDS


def words_of(text: str) -> tuple[str, ...]:
    """What a text asks for: `W/W MICKEY, PEGUES` and `W/W MICKEY PEGUES` are one question."""
    return tuple(token.term for token in analyse(text))


def subject_items(found: Sequence[Cable]) -> list[Item]:
    """A question for each subject that one cable has."""
    counts = Counter(words_of(cable.subject) for cable in found)
    return [
        Item(cable.subject, frozenset({(lookup_key(cable.id), None)}))
        for cable in found
        if counts[words_of(cable.subject)] == 1 and cable.paragraphs and telling(cable.subject)
    ]


def heading_items(found: Sequence[Cable]) -> list[Item]:
    """A question for each heading that one section has."""
    sections = {
        (lookup_key(cable.id), paragraph.section)
        for cable in found
        for paragraph in cable.paragraphs
        if paragraph.section and telling(paragraph.section)
    }
    counts = Counter(fold(section) for _, section in sections)
    return [
        Item(section, frozenset({(key, section)}))
        for key, section in sorted(sections)
        if counts[fold(section)] == 1
    ]


def cited_items(found: Sequence[Cable]) -> list[Item]:
    """A question for each cable with a subject that cites others of these."""
    keys = {lookup_key(cable.id) for cable in found if cable.paragraphs}
    items = []
    for cable in found:
        key = lookup_key(cable.id)
        cited = {lookup_key(each.id) for each in cable.references if each.id} & keys - {key}
        if cited and telling(cable.subject):
            items.append(Item(cable.subject, frozenset((each, None) for each in cited), key))
    return items


def ranks(
    searcher: Searcher, items: Iterable[Item], sections: Callable[[str, str], str | None]
) -> Ranks:
    """The place, from 1, of the first cable (or paragraph of the section) wanted, None if it isn't among the first."""
    places: Ranks = []
    for item in items:
        by_section = any(section is not None for _, section in item.wanted)
        query = Query(
            question(item.asked), grouped=not by_section, size=_DEPTH, match="any", snippets=False
        )
        # Which cables come first is known without reading them; what a paragraph stands under is not.
        listed = (
            [
                (lookup_key(hit.cable.id), hit.under[0] if hit.under else hit.anchor)
                for hit in searcher.search(query).hits
            ]
            if by_section
            else [(lookup_key(each), "") for each in searcher.order(query).cables[:_DEPTH]]
        )
        kept = [(key, anchor) for key, anchor in listed if key != item.leave]
        found = [
            (key, sections(key, anchor) if by_section else None) in item.wanted
            for key, anchor in kept
        ]
        places.append(found.index(True) + 1 if True in found else None)
    return places


def reference_ranks(searcher: Searcher, found: Sequence[Cable]) -> Ranks:
    """For each reference to one of the cables, the place of that cable when its id is asked for as it was printed."""
    keys = {lookup_key(cable.id) for cable in found if cable.paragraphs}
    ids = {each.id for cable in found for each in cable.references if each.id}
    places: Ranks = []
    for wanted in sorted(each for each in ids if lookup_key(each) in keys):
        result = searcher.search(Query(Word(wanted, "id"), snippets=False))
        listed = [lookup_key(group.cable.id) for group in result.groups]
        key = lookup_key(wanted)
        places.append(listed.index(key) + 1 if key in listed else None)
    return places


def figures(places: Ranks) -> dict[str, float]:
    """Recall@1, recall@5, MRR, and of how many."""
    count = max(1, len(places))
    return {
        "recall@1": round(sum(place == 1 for place in places) / count, 4),
        "recall@5": round(sum(place is not None and place <= 5 for place in places) / count, 4),
        "mrr": round(sum(1 / place for place in places if place) / count, 4),
        "questions": len(places),
    }


def measure_volumes(
    found: Sequence[Cable], volumes: Sequence[Cable], engine: str = DEFAULT_ENGINE
) -> dict[str, float]:
    """The figures of subjects of FRUS volumes' telegrams, in an index of these and of the other cables.

    Their references lead out of the volumes, so there is no such set of cables that they cite.
    """
    every = list({lookup_key(cable.id): cable for cable in (*volumes, *found)}.values())
    own = {lookup_key(cable.id) for cable in volumes}
    items = [item for item in subject_items(every) if all(key in own for key, _ in item.wanted)]
    with indexed(map(without_heads, every), engine) as searcher:
        return figures(ranks(searcher, items, lambda key, anchor: None))


def measure(found: Sequence[Cable], engine: str = DEFAULT_ENGINE) -> dict[str, dict[str, float]]:
    """The figures of each set, and for chrome the number of paragraphs that each line finds."""
    printed = {
        (lookup_key(cable.id), paragraph.anchor): paragraph.section
        for cable in found
        for paragraph in cable.paragraphs
    }

    def section(key: str, anchor: str) -> str | None:
        return printed.get((key, anchor))

    results = {}
    with indexed(map(without_heads, found), engine) as searcher:
        results["subject"] = figures(ranks(searcher, subject_items(found), section))
        results["cited"] = figures(ranks(searcher, cited_items(found), section))
    with indexed(map(without_headings, found), engine) as searcher:
        results["heading"] = figures(ranks(searcher, heading_items(found), section))
    with indexed(found, engine) as searcher:
        results["head"] = figures(ranks(searcher, subject_items(found), section))
        results["headed"] = figures(ranks(searcher, heading_items(found), section))
        results["reference"] = figures(reference_ranks(searcher, found))
        results["chrome"] = {
            line: searcher.search(Query(parse_query(line).tree)).paragraphs for line in CHROME
        }
    return results


def main() -> int:
    """Print the figures."""
    options = argparse.ArgumentParser(description="known items")
    options.add_argument("shared", type=Path, help="the folder with data/aad/telegrams.jsonl")
    options.add_argument("--engine", choices=ENGINES, default=DEFAULT_ENGINE)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    found = cables(chosen.shared)
    results = measure(found, chosen.engine)
    volumes = volume_cables(chosen.shared)
    results["volumes"] = measure_volumes(found, volumes, chosen.engine)
    if chosen.json:
        print(json.dumps(results, indent=1))
        return 0
    for name, found in results.items():
        print(f"{name:10}", "  ".join(f"{key} {value:g}" for key, value in found.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
