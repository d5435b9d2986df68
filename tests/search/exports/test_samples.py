"""All sample cables in every format: what comes out is as much as went in, for the programs that read it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator

import bibtexparser
import feedparser
import pytest
import rispy

from corpus.cable_json import cable_from_json
from corpus.sample_cables import samples_folder
from indexer.runs.build import build
from search.engines import open_searcher
from search.engines.protocols import Searcher
from search.exports.about import About
from search.exports.entries import results
from search.exports.formats import FORMAT_OF
from search.language.tree import Query


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("samples") / "index"
    with samples_folder() as pages:
        build([str(pages)], folder)
    searcher = open_searcher(folder)
    yield searcher
    searcher.close()


def bibtex_keys(text: str) -> list[str]:
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    return [entry.key for entry in library.entries]


def feed_ids(text: str) -> list[str]:
    feed = feedparser.parse(text.encode())
    assert not feed.bozo
    return [entry.id for entry in feed.entries]


# Names each entry of an export, as a program of that format reads it.
NAMES: dict[str, Callable[[str], list[object]]] = {
    "csv": lambda text: [
        (row["cable"], row["paragraph"])
        for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    ],
    "jsonl": lambda text: [
        (each.get("cable") or each["id"], each.get("anchor"))
        for each in map(json.loads, text.splitlines())
    ],
    "ris": lambda text: [each["id"] for each in rispy.loads(text)],
    "bib": lambda text: list(bibtex_keys(text)),
    "csl.json": lambda text: [each["id"] for each in json.loads(text)],
    "atom": lambda text: list(feed_ids(text)),
    "txt": lambda text: [line for line in text.splitlines() if line.startswith("https://x/cable/")],
}


@pytest.mark.parametrize("name", FORMAT_OF)
@pytest.mark.parametrize("grouped", [True, False])
def test_every_sample_is_there_once(samples: Searcher, name: str, grouped: bool) -> None:
    form, stats = FORMAT_OF[name], samples.stats()
    entries = results(samples, Query(grouped=grouped), whole=form.whole(grouped=grouped))
    text = b"".join(form.encoded(entries, About(site="https://x"))).decode()
    found = NAMES[name](text)
    assert len(found) == len(set(found)) == (stats.cables if grouped else stats.paragraphs)


def test_json_lines_are_the_cables(samples: Searcher) -> None:
    entries = results(samples, Query(), whole=True)
    for line in FORMAT_OF["jsonl"].encoded(entries, About()):
        cable = cable_from_json(json.loads(line))
        assert samples.get(cable.id) == cable
