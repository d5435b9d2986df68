"""How fast questions are answered: an engine of ours and the bare library tantivy, side by side in one run.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/query.py [--cables 8334] [--engine whoosh] [--json]`; 8,334
synthetic cables are 100,000 paragraphs. The bare library has an index of its own, made from the same paragraphs by its
own English tokenizer, and does for each question what a program written right upon it would do. Both begin with the
words and end with the same things in Python:

    search  ten hits with all that a list shows of them, and how many there are in all
    whole   the same, ten snippets (its own, as HTML), five facets that ignore their own filter, and the number of
            cables, all of them exact
    page    what the web asks for: twenty cables with up to three paragraphs each, and the five facets (ours alone)

`bare` ranks by the BM25 of the stems alone; `alike` is the bare library asked for the clauses that we rank by, exact
forms and neighbours included (docs/ranking.md), and is the same query. Each figure is warm, in milliseconds, p50/p95
over questions of that kind, the ways to ask in turns. No answer is kept from one question to the next.
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
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from operator import methodcaller
from pathlib import Path

import tantivy
from benchmarks.synthetic_cables import synthetic_cables, vocabulary
from corpus.model import Cable, Paragraph
from search.engines import DEFAULT_ENGINE, ENGINES, open_searcher, open_writer
from search.language.parser import parse
from search.language.tree import Filter, Query
from search.plans.ranking import EXACT_WEIGHT, PAIR_WEIGHT
from tantivy import Occur
from tantivy import Query as Clause

FACETS = ("mark", "classification", "origin", "tag", "year")
# What else a list of results shows of a hit, beside the facets and the text.
_SHOWN = ("id", "anchor", "number", "section", "part", "subject", "date", "country", "source")
_WARM_UP = 3


Build = Callable[["Bare"], Clause]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: a line of the query language, and how the bare library's query is made, ranked its way or ours.

    `mark` filters if it is set.
    """

    line: str
    bare: Build
    alike: Build
    mark: str = ""


class Bare:
    """The library as it comes, with the paragraphs of the same cables."""

    def __init__(self, cables: Iterator[Cable]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
        builder.add_text_field("exact", tokenizer_name="default")
        builder.add_integer_field("cable", fast=True)
        for name in FACETS:
            builder.add_text_field(
                name, stored=True, fast=True, tokenizer_name="raw", index_option="basic"
            )
        for name in _SHOWN:
            builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
        self.schema = builder.build()
        index = tantivy.Index(self.schema)
        writer = index.writer(64_000_000, 1)
        for number, cable in enumerate(cables):
            for paragraph in cable.paragraphs:
                writer.add_document(_bare_document(number, cable, paragraph))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._index = index
        self._searcher = index.searcher()

    def stems(self, *words: str) -> Clause:
        """All of the words, stemmed by the library."""
        found = [self._index.parse_query(word, ["text"]) for word in words]
        if len(found) == 1:
            return found[0]
        return Clause.boolean_query([(Occur.Must, each) for each in found])

    def ranked_alike(self, *words: str) -> Clause:
        """The same with the clauses that only score."""
        scoring = [
            (Clause.term_query(self.schema, "exact", word, index_option="freq"), EXACT_WEIGHT)
            for word in words
        ]
        pairs = (self._index.parse_query(f'"{a} {b}"', ["text"]) for a, b in pairwise(words))
        scoring += [(pair, PAIR_WEIGHT) for pair in pairs]
        boosted = [(Occur.Should, Clause.boost_query(clause, weight)) for clause, weight in scoring]
        return Clause.boolean_query([(Occur.Must, self.stems(*words)), *boosted])

    def phrase(self, *words: str) -> Clause:
        """The words as they stand, in this order."""
        return Clause.phrase_query(self.schema, "exact", list(words))

    def prefix(self, beginning: str) -> Clause:
        """Words that begin so."""
        return Clause.fuzzy_term_query(self.schema, "exact", beginning, distance=0, prefix=True)

    def search(self, clause: Clause, mark: str) -> int:
        """Ten hits with what is shown of them, and the total."""
        found = self._searcher.search(self._filtered(clause, mark), limit=10)
        for _, address in found.hits:
            self._searcher.doc(address).to_dict()
        return int(found.count)  # type: ignore[attr-defined]

    def whole(self, clause: Clause, mark: str) -> int:
        """The same with snippets, five facets with exact counts, and the number of cables."""
        filtered = self._filtered(clause, mark)
        found = self._searcher.search(filtered, limit=10)
        snippets = tantivy.SnippetGenerator.create(self._searcher, clause, self.schema, "text")
        for _, address in found.hits:
            document = self._searcher.doc(address)
            document.to_dict()
            snippets.snippet_from_doc(document).to_html()
        counted: dict[str, object] = {name: _values(name, 10_000) for name in FACETS}
        counted["cables"] = _values("cable", 15_000)
        if mark:
            self._searcher.aggregate(clause, {"mark": counted.pop("mark")})
        self._searcher.aggregate(filtered, counted)
        return int(found.count)  # type: ignore[attr-defined]

    def _filtered(self, clause: Clause, mark: str) -> Clause:
        if not mark:
            return clause
        chosen = Clause.term_query(self.schema, "mark", mark, index_option="basic")
        return Clause.boolean_query(
            [(Occur.Must, clause), (Occur.Must, Clause.const_score_query(chosen, 0.0))]
        )


def _values(field: str, most: int) -> dict[str, object]:
    return {"terms": {"field": field, "size": most, "segment_size": most}}


def _bare_document(number: int, cable: Cable, paragraph: Paragraph) -> tantivy.Document:
    text = f"{cable.subject} {paragraph.section} {paragraph.text}"
    origin = cable.origin
    document = tantivy.Document(
        text=text,
        exact=text,
        mark=paragraph.mark,
        classification=cable.classification or "",
        origin=origin.name if origin else "",
        year=str(cable.date.year) if cable.date else "",
        id=cable.id,
        anchor=paragraph.anchor,
        number=str(paragraph.number),
        section=paragraph.section,
        part=paragraph.part.value,
        subject=cable.subject,
        date=cable.date.isoformat() if cable.date else "",
        country=origin.country if origin else "",
        source=cable.source,
    )
    document.add_integer("cable", number)
    for tag in cable.tags:
        document.add_text("tag", tag)
    return document


def questions(cables: Sequence[Cable]) -> dict[str, list[Asked]]:
    """Questions by kind; rare and common words are from fixed ranks of the vocabulary."""
    words = [word for word in vocabulary(1).words if len(word) > 3]
    rare, middle, common = words[9000:9010], words[300:310], words[20:30]
    # Phrases stand in the text: two words next to each other.
    pairs = [cable.paragraphs[0].text.lower().strip(".").split()[5:7] for cable in cables[:10]]
    return {
        "rare word": [_of_words(word) for word in rare],
        "common word": [_of_words(word) for word in common],
        "AND": [_of_words(a, b) for a, b in zip(middle, common, strict=True)],
        "phrase": [_ranked_the_same(f'"{a} {b}"', methodcaller("phrase", a, b)) for a, b in pairs],
        "prefix": [
            _ranked_the_same(f"{word[:4]}*", methodcaller("prefix", word[:4])) for word in middle
        ],
        "word + filter": [replace(_of_words(word), mark="SBU") for word in common],
    }


def _of_words(*words: str) -> Asked:
    return Asked(
        " ".join(words), methodcaller("stems", *words), methodcaller("ranked_alike", *words)
    )


def _ranked_the_same(line: str, build: Build) -> Asked:
    """A question that our engine ranks by no further clause."""
    return Asked(line, build, build)


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
        asked = questions(list(islice(synthetic_cables(10), 10)))
        searcher = open_searcher(folder)

        def query(each: Asked, **more: object) -> Query:
            filters = (Filter("mark", (each.mark,)),) if each.mark else ()
            return Query(parse(each.line).tree, filters, **more)  # type: ignore[arg-type]

        calls: dict[str, Callable[[Asked], object]] = {
            "bare search": lambda each: bare.search(each.bare(bare), each.mark),
            "search": lambda each: searcher.search(
                query(each, grouped=False, size=10, snippets=False)
            ),
            "bare whole": lambda each: bare.whole(each.bare(bare), each.mark),
            "alike whole": lambda each: bare.whole(each.alike(bare), each.mark),
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
