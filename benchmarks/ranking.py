"""How well questions in sentences are ranked: nDCG@10, MAP and recall@100 on judged collections, bm25s beside them.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/ranking.py ../shared/data/ranking/* [--json] [--engine whoosh]`.
A collection is a folder with docs.jsonl (`id`, `title`, `text`), queries.jsonl (`id`, `text`) and qrels.tsv (question,
document, grade). A document becomes a cable with the title as its subject and one paragraph, and goes the way of every
cable: indexed by `open_writer`, asked for by a `Query` with `match="any"`. `--gains` measures what each part of the
ranking is worth: the table of docs/ranking.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from corpus.model import Cable, Paragraph, Part
from search.engines import DEFAULT_ENGINE, ENGINES, open_searcher, open_writer
from search.engines.protocols import Searcher
from search.language import questions
from search.language.questions import question
from search.language.tree import Query
from search.plans import documents, ranking

# A question's documents that are looked at: what MAP is counted over by custom.
DEPTH = 1000
# Run: question -> document -> score.
Run = dict[str, dict[str, float]]
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents as (title, text), questions, and the grades of documents by question."""

    name: str
    documents: dict[str, tuple[str, str]]
    questions: dict[str, str]
    grades: dict[str, dict[str, int]]


def read_collection(folder: Path) -> Collection:
    """The collection of a folder, named as the folder."""
    grades: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        asked, document, grade = line.split("\t")
        grades.setdefault(asked, {})[document] = int(grade)
    return Collection(
        folder.name,
        {each["id"]: (each.get("title") or "", each["text"]) for each in _rows(folder, "docs")},
        {each["id"]: each["text"] for each in _rows(folder, "queries")},
        grades,
    )


def _rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    with (folder / f"{name}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


@contextmanager
def indexed(collection: Collection, engine: str) -> Iterator[Searcher]:
    """A searcher of the collection; the cables' ids are places, because a document's own may be no cable's."""
    with tempfile.TemporaryDirectory() as folder:
        with open_writer(Path(folder), engine) as writer:
            for place, (title, text) in enumerate(collection.documents.values()):
                paragraph = Paragraph("u1", None, None, None, Part.BODY, text)
                # A document without a text is a cable without paragraphs.
                paragraphs = (paragraph,) if text.strip() else ()
                writer.put(Cable(id=f"D{place}", subject=title, paragraphs=paragraphs))
        searcher = open_searcher(Path(folder))
        try:
            yield searcher
        finally:
            searcher.close()


def run(collection: Collection, searcher: Searcher, depth: int = DEPTH) -> Run:
    """What the searcher finds for each question."""
    names = list(collection.documents)
    found: Run = {}
    for name, text in collection.questions.items():
        # In the order of the best hit of each cable: its paragraph, or its head. No text is read for it.
        cables = searcher.order(Query(question(text), match="any")).cables[:depth]
        found[name] = {names[int(each[1:])]: float(-place) for place, each in enumerate(cables)}
    return found


def run_bm25s(collection: Collection, depth: int = DEPTH) -> Run:
    """The same by the library bm25s: Lucene's BM25 with k1 1.2 and b 0.75, Snowball stems, Lucene's stop words."""
    import bm25s
    import snowballstemmer

    stemmer = snowballstemmer.stemmer("english")

    def tokens(texts: Sequence[str]) -> Any:
        return bm25s.tokenize(
            list(texts), stopwords="en", stemmer=stemmer.stemWords, show_progress=False
        )

    index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    index.index(
        tokens([f"{title} {text}" for title, text in collection.documents.values()]),
        show_progress=False,
    )
    names = list(collection.documents)
    found, scores = index.retrieve(
        tokens(list(collection.questions.values())),
        k=min(depth, len(names)),
        show_progress=False,
    )
    return {
        name: {
            names[place]: float(score)
            for place, score in zip(places, values, strict=True)
            if score > 0
        }
        for name, places, values in zip(collection.questions, found, scores, strict=True)
    }


def measure(collection: Collection, found: Run) -> Figures:
    """nDCG@10, MAP and recall@100 by ir-measures, means over the questions that have grades."""
    import ir_measures
    from ir_measures import AP, R, nDCG

    measures = {"ndcg@10": nDCG @ 10, "map": AP, "recall@100": R @ 100}
    figures = ir_measures.calc_aggregate(measures.values(), collection.grades, found)
    return {name: round(float(figures[each]), 4) for name, each in measures.items()}


def rank(collection: Collection, engine: str = DEFAULT_ENGINE) -> Figures:
    """The figures of an engine."""
    with indexed(collection, engine) as searcher:
        return measure(collection, run(collection, searcher))


# What the ranking is made of, each step with the ones before it. The weights that a step changes are (module, name,
# value); short lists of stop words and wrong weights are there to show that the chosen ones are chosen.
_NONE: tuple[Any, ...] = (
    (questions, "STOP_WORDS", frozenset()),
    (documents, "SUBJECT_WEIGHT", 0),
    (documents, "HEAD_WEIGHT", 1),
    (ranking, "CONTEXT_WEIGHT", 0.0),
    *((ranking, name, 0.0) for name in ("EXACT_WEIGHT", "SUBJECT_EXACT_WEIGHT")),
    *((ranking, name, 0.0) for name in ("PAIR_WEIGHT", "SUBJECT_PAIR_WEIGHT")),
)
STEPS: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("BM25 1.2/0.75, Snowball English, heads and texts apart", _NONE),
    ("+ stop list for questions", _NONE[1:]),
    ("+ own words that stand in the subject, subjects in heads", _NONE[3:]),
    ("+ words over a paragraph", _NONE[4:]),
    ("+ exact forms", _NONE[6:]),
    ("+ neighbours: as it is", ()),
    ("own words that stand in the subject: 4", ((documents, "SUBJECT_WEIGHT", 4),)),
    ("own words that stand in the subject: 10", ((documents, "SUBJECT_WEIGHT", 10),)),
    ("subjects in heads three times", ((documents, "HEAD_WEIGHT", 3),)),
    ("words over a paragraph 0.8", ((ranking, "CONTEXT_WEIGHT", 0.8),)),
    ("neighbours 0.1", ((ranking, "PAIR_WEIGHT", 0.1),)),
    ("exact forms 0.4", ((ranking, "EXACT_WEIGHT", 0.4),)),
    ("without the stop list", _NONE[:1]),
)


def gains(collections: Sequence[Collection], engine: str) -> Iterator[tuple[str, list[Figures]]]:
    """The figures of every step, a collection each."""
    for name, changes in STEPS:
        with ExitStack() as changed:
            for module, attribute, value in changes:
                changed.enter_context(patch.object(module, attribute, value))
            documents._words.cache_clear()
            yield name, [rank(each, engine) for each in collections]


def main() -> int:
    """Print the figures."""
    options = argparse.ArgumentParser(description="ranking on judged collections")
    options.add_argument("folders", type=Path, nargs="+", metavar="DIR")
    options.add_argument("--json", action="store_true")
    options.add_argument("--engine", choices=ENGINES, default=DEFAULT_ENGINE)
    options.add_argument("--gains", action="store_true", help="what each part is worth")
    chosen = options.parse_args()
    collections = [read_collection(folder) for folder in chosen.folders]
    if chosen.gains:
        for name, figures in gains(collections, chosen.engine):
            _print_row(name, figures)
        return 0
    found = {
        each.name: {**rank(each, chosen.engine), "bm25s": measure(each, run_bm25s(each))}
        for each in collections
    }
    if chosen.json:
        print(json.dumps(found, indent=1))
        return 0
    _print_row("", [], [each.name for each in collections])
    _print_row(chosen.engine, list(found.values()))
    _print_row("bm25s", [each["bm25s"] for each in found.values()])
    return 0


def _print_row(name: str, figures: Sequence[Any], heads: Sequence[str] = ()) -> None:
    """nDCG@10 (MAP, recall@100) of each collection and the mean of nDCG@10 and MAP."""
    cells = [*heads, "mean"] if heads else [_cell(each) for each in figures]
    if figures:
        mean: Callable[[str], float] = lambda key: sum(e[key] for e in figures) / len(figures)  # noqa: E731
        cells.append(f"{mean('ndcg@10'):.4f} ({mean('map'):.3f})")
    print(f"{name:56}" + "".join(f"{cell:>24}" for cell in cells), flush=True)


def _cell(figures: Figures) -> str:
    return f"{figures['ndcg@10']:.4f} ({figures['map']:.3f}, {figures['recall@100']:.3f})"


if __name__ == "__main__":
    sys.exit(main())
