"""How fast questions are answered: an engine of ours and the bare library tantivy, side by side in one run.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/query.py [--cables 8334] [--engine whoosh] [--json]`; 8,334
synthetic cables are 100,000 paragraphs. The bare library has an index of its own, made from the same paragraphs by its
own English tokenizer, and does for each question what a program written right upon it would do: ten hits with their
stored text and the total; then the same with five facets and the number of cables, both exact, and its own snippets.
Ours gives the same from a `Query`; `page` is what the web asks for: twenty cables with up to three paragraphs each, and
the five facets.
Each figure is warm, in milliseconds, p50/p95 over questions of that kind, the three taken in turns.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from benchmarks.synthesize import synthetic_cables, vocabulary
from corpus.model import Cable
from search.engines import DEFAULT_ENGINE, ENGINES, open_searcher, open_writer
from search.query import Filter, Query
from search.query_parser import parse

FACETS = ("mark", "classification", "origin", "tag", "year")
_WARM_UP = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, as a line of the query language and as the bare library's query; `mark` filters if it is set."""

    line: str
    bare: Clause
    mark: str = ""


class Bare:
    """The library as it comes, with the paragraphs of the same cables."""

    def __init__(self, cables: Iterator[Cable]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
        builder.add_text_field("exact", tokenizer_name="default")
        builder.add_integer_field("cable", fast=True)
        for name in FACETS:
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        self.schema = builder.build()
        index = tantivy.Index(self.schema)
        writer = index.writer(64_000_000, 1)
        for number, cable in enumerate(cables):
            for paragraph in cable.paragraphs:
                text = f"{cable.subject} {paragraph.section} {paragraph.text}"
                document = tantivy.Document(text=text, exact=text, mark=paragraph.mark)
                document.add_integer("cable", number)
                document.add_text("classification", cable.classification or "")
                document.add_text("origin", cable.origin.name if cable.origin else "")
                document.add_text("year", str(cable.date.year) if cable.date else "")
                for tag in cable.tags:
                    document.add_text("tag", tag)
                writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._index = index
        self._searcher = index.searcher()

    def stems(self, *words: str) -> Clause:
        """All of the words, stemmed by the library."""
        found = [self._index.parse_query(word, ["text"]) for word in words]
        return Clause.boolean_query([(Occur.Must, each) for each in found])

    def phrase(self, *words: str) -> Clause:
        """The words as they stand, in this order."""
        return Clause.phrase_query(self.schema, "exact", list(words))

    def prefix(self, beginning: str) -> Clause:
        """Words that begin so."""
        return Clause.fuzzy_term_query(self.schema, "exact", beginning, distance=0, prefix=True)

    def filtered(self, clause: Clause, mark: str) -> Clause:
        """Those with the mark."""
        chosen = Clause.term_query(self.schema, "mark", mark, index_option="basic")
        return Clause.boolean_query(
            [(Occur.Must, clause), (Occur.Must, Clause.const_score_query(chosen, 0.0))]
        )

    def search(self, clause: Clause) -> int:
        """Ten hits with their text, and the total."""
        found = self._searcher.search(clause, limit=10)
        for _, address in found.hits:
            self._searcher.doc(address).get_first("text")
        return int(found.count)  # type: ignore[attr-defined]

    def whole(self, clause: Clause) -> int:
        """The same with snippets, five facets with exact counts, and the number of cables."""
        found = self._searcher.search(clause, limit=10)
        snippets = tantivy.SnippetGenerator.create(self._searcher, clause, self.schema, "text")
        for _, address in found.hits:
            snippets.snippet_from_doc(self._searcher.doc(address)).to_html()
        counted: dict[str, object] = {
            name: {"terms": {"field": name, "size": 10, "segment_size": 10_000}} for name in FACETS
        }
        counted["cables"] = {"terms": {"field": "cable", "size": 15_000, "segment_size": 15_000}}
        self._searcher.aggregate(clause, counted)
        return int(found.count)  # type: ignore[attr-defined]


def questions(bare: Bare, cables: Sequence[Cable]) -> dict[str, list[Asked]]:
    """Questions by kind; rare and common words are from fixed ranks of the vocabulary."""
    words = [word for word in vocabulary(1).words if len(word) > 3]
    rare, middle, common = words[9000:9010], words[300:310], words[20:30]
    # Phrases stand in the text: two words next to each other.
    pairs = [cable.paragraphs[0].text.lower().strip(".").split()[5:7] for cable in cables[:10]]
    return {
        "rare word": [Asked(word, bare.stems(word)) for word in rare],
        "common word": [Asked(word, bare.stems(word)) for word in common],
        "AND": [Asked(f"{a} {b}", bare.stems(a, b)) for a, b in zip(middle, common, strict=True)],
        "phrase": [Asked(f'"{a} {b}"', bare.phrase(a, b)) for a, b in pairs],
        "prefix": [Asked(f"{word[:4]}*", bare.prefix(word[:4])) for word in middle],
        "word + filter": [
            Asked(word, bare.filtered(bare.stems(word), "SBU"), "SBU") for word in common
        ],
    }


def measure(
    calls: dict[str, Callable[[Asked], object]], asked: Sequence[Asked], rounds: int
) -> dict[str, str]:
    """p50/p95 in milliseconds of each way to answer, in turns."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(-_WARM_UP, rounds):
        for each in asked:
            for name, call in calls.items():
                started = time.perf_counter()
                call(each)
                if number >= 0:
                    times[name].append((time.perf_counter() - started) * 1000)
    return {name: _percentiles(found) for name, found in times.items()}


def _percentiles(found: Sequence[float]) -> str:
    cuts = statistics.quantiles(found, n=20)
    return f"{statistics.median(found):.2f}/{cuts[18]:.2f}"


@contextmanager
def index_folder(keep: Path | None, engine: str, count: int) -> Iterator[Path]:
    """The folder of an index of the cables, made if it isn't there."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = keep or Path(temporary)
        if not (folder / "cablegram.json").exists():
            started = time.perf_counter()
            paragraphs = 0
            with open_writer(folder, engine) as writer:
                for cable in synthetic_cables(count):
                    writer.put(cable)
                    paragraphs += len(cable.paragraphs)
            seconds = time.perf_counter() - started
            print(
                f"{engine}: {paragraphs} paragraphs in {seconds:.0f} s, their making included",
                file=sys.stderr,
            )
        yield folder


def main() -> int:
    """Print the figures, a line a kind of question."""
    options = argparse.ArgumentParser(description="the speed of questions")
    options.add_argument("--cables", type=int, default=8334)
    options.add_argument("--engine", choices=ENGINES, default=DEFAULT_ENGINE)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--keep", type=Path, help="where the index is kept for the next run")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    with index_folder(chosen.keep, chosen.engine, chosen.cables) as folder:
        bare = Bare(synthetic_cables(chosen.cables))
        asked = questions(bare, list(islice(synthetic_cables(10), 10)))
        searcher = open_searcher(folder)

        def query(each: Asked, **more: object) -> Query:
            filters = (Filter("mark", (each.mark,)),) if each.mark else ()
            return Query(parse(each.line).tree, filters, **more)  # type: ignore[arg-type]

        calls: dict[str, Callable[[Asked], object]] = {
            "bare search": lambda each: bare.search(each.bare),
            "search": lambda each: searcher.search(
                query(each, grouped=False, size=10, snippets=False)
            ),
            "bare whole": lambda each: bare.whole(each.bare),
            "whole": lambda each: searcher.search(
                query(each, grouped=False, size=10, facets=FACETS)
            ),
            "page": lambda each: searcher.search(query(each, facets=FACETS)),
        }
        figures = {kind: measure(calls, list_, chosen.rounds) for kind, list_ in asked.items()}
        searcher.close()
    if chosen.json:
        print(json.dumps(figures, indent=1))
        return 0
    print(f"{'p50/p95 in ms':16}" + "".join(f"{name:>16}" for name in calls))
    for kind, row in figures.items():
        print(f"{kind:16}" + "".join(f"{value:>16}" for value in row.values()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
