"""Whether a reader's answers tell anything of what she may not read: random questions and rights, answer beside answer.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/private.py [--questions 10000] [--engine whoosh] [--seed 1]`.

The sample cables are parted among collections, one cable standing in two of them too. A server with all collections is
asked as a reader of some of them, by every address that it has; beside it a server is asked that has nothing but one
index of the very pages of these collections. Both answers have to be the same, byte for byte and header for header,
but for what says who is signed in, how long it took, and when and how large the index was made. Where a cable stands
in two collections that are both read, one index would merge it: there the other server has these collections alone.

Words, names and ids are drawn from all collections: half of the questions are about what may not be read.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from flask import Flask
from werkzeug.test import TestResponse

from corpus.model import Cable
from corpus.sample_cables import samples_folder
from indexer.runs.build import build
from search.answers.results import Group
from search.engines import DEFAULT_ENGINE, open_searcher, open_together
from search.engines.protocols import Searcher
from search.exports.formats import FORMATS
from search.fields import COUNTED
from search.language.tree import Query
from search.rights.file import RightsFile
from search.sources import FILE_NAME
from webui import WebSettings, create_app
from webui.asking.facets import FACET_NAMES
from webui.private import Private

# The collections, and who reads each; a reader is named by the collections that she may read: `ac`.
NAMES = ("a", "b", "c", "d")
# The fourth has some of the first one's cables, and others of its own.
_OVERLAP = ("a", "d")
_MOMENT = 1_900_000_000
_SETTINGS = WebSettings(address="https://cables.example")
# What differs in any case: who is signed in, how long it took, how large and how old the index is.
_BLOCK = re.compile(
    rb'<div class="who small">.*?</div>\n|<details open class="who">.*?</details>\n|<span class="who">.*?</span>',
    re.DOTALL,
)
_TIMES = re.compile(
    rb'Answered in [^<]*|"milliseconds":\s*[0-9.]+|<dt>(?:Size|Built)</dt><dd>[^<]*</dd>|"checked":\s*"[^"]*"'
    rb"|<updated>[^<]*</updated>(?=\s*<author>)"
)
# What stands beside an answer is left out where it takes too long, so on a busy machine one of two answers may lack it:
# what differs is asked again, and counts if it differs each time. A leak always does.
_AGAIN = 4
_HEADERS = ("Content-Type", "Content-Disposition", "ETag", "Link", "Location", "Last-Modified")
_MORE_HEADERS = ("Cablegram-Results", "Cablegram-Incomplete", "Retry-After", "Allow")


@dataclass(slots=True)
class Asked:
    """A request: a path with what is asked, and what is sent by POST."""

    path: str
    form: dict[str, str] = field(default_factory=dict)
    data: bytes = b""
    content_type: str = ""
    accept: str = "text/html"


@dataclass(frozen=True, slots=True)
class Difference:
    """A request that was answered in two ways."""

    endpoint: str
    reader: str
    asked: Asked
    told: str


class Closing(Protocol):
    """What is to be closed."""

    def close(self) -> None: ...


class Drawn:
    """Words, names and ids of all collections, and odd ones, by a fixed rule."""

    def __init__(self, cables: Sequence[Cable], seed: int) -> None:
        self.source = random.Random(seed)  # noqa: S311 - it makes questions, not keys
        self._cables = [each for each in cables if each.paragraphs]
        self._people = sorted(
            {each.name for cable in cables for each in cable.people}
            | {each for cable in cables for each in cable.signed_by}
        )

    def one(self, *given: Any) -> Any:
        """One of these."""
        return self.source.choice(given)

    def cable(self) -> Cable:
        """A cable of any collection."""
        return self.source.choice(self._cables)

    def id(self) -> str:
        """The id of a cable, most often one that there is."""
        if self.source.random() < 0.1:
            return f"{self.one('07', '1974', '98')}{self.one('ROME', 'LIMA', 'OSLO')}{self.source.randrange(999)}"
        cable = self.cable()
        cited = [each.id for each in cable.references if each.id]
        return self.source.choice(cited) if cited and self.source.random() < 0.3 else cable.id

    def anchor(self, cable_id: str) -> str:
        """A paragraph, most often of that cable."""
        for cable in self._cables:
            if cable.id == cable_id:
                return self.source.choice(cable.paragraphs).anchor
        return self.one("p1", "p2", "u1", "head", "zz")

    def word(self) -> str:
        """A word of a text."""
        words = re.findall(r"[^\W\d_]{3,}", self.source.choice(self.cable().paragraphs).text)
        return self.source.choice(words or ["embassy"])

    def misspelt(self) -> str:
        """A word with one letter off."""
        word = self.word()
        at = self.source.randrange(len(word))
        return word[:at] + self.one("e", "x", "n", "") + word[at + 1 :]

    def phrase(self) -> str:
        """Some words in a row."""
        words = self.source.choice(self.cable().paragraphs).text.split()
        start = self.source.randrange(max(1, len(words) - 3))
        return " ".join(words[start : start + self.source.randrange(2, 5)]).replace('"', "")

    def value(self) -> tuple[str, str]:
        """A field and a value that some cable has."""
        cable = self.cable()
        known = [("origin", cable.origin.name)] if cable.origin else []
        known += [("tag", each) for each in cable.tags]
        known += [("year", str(cable.date.year))] if cable.date else []
        known += [("classification", cable.classification)] if cable.classification else []
        known += [("person", each) for each in self._people[:50]]
        return self.source.choice(known or [("tag", "PREL")])

    def question(self) -> str:
        """A question in the language of the search box."""
        name, value = self.value()
        forms: tuple[Callable[[], str], ...] = (
            self.word,
            self.word,
            self.misspelt,
            lambda: f'"{self.phrase()}"',
            lambda: f"{self.word()} {self.word()}",
            lambda: f"{self.word()[:4]}*",
            lambda: f"{self.word()} OR {self.word()}",
            lambda: f"{self.word()} -{self.word()}",
            lambda: f'{name}:"{value}"',
            lambda: f"{self.misspelt()}~",
            lambda: f"like:{self.id()}",
            lambda: f"cites:{self.id()}",
            lambda: f"id:{self.id()}",
            lambda: self.id(),
            lambda: f"{self.word()} near {self.word()}",
            lambda: f'person:"{self.source.choice(self._people or ["Smith"])}"',
            lambda: f"subject:{self.word()}",
            lambda: "",
        )
        return self.source.choice(forms)()

    def search(self) -> list[tuple[str, str]]:
        """What an address of a search asks."""
        asked = [("q", self.question())]
        if self.source.random() < 0.3:
            name, value = self.value()
            asked.append((name if self.source.random() < 0.8 else f"-{name}", value))
        for name, values in (
            ("sort", ("newest", "oldest", "longest", "referenced")),
            ("view", ("paragraphs",)),
            ("same", ("cable",)),
            ("match", ("any",)),
            ("versions", ("all",)),
            ("since", ("1974", "2007-03")),
        ):
            if self.source.random() < 0.15:
                asked.append((name, self.source.choice(values)))
        return asked

    def list(self) -> str:
        """A list of names and words, a line each."""
        return "\n".join(self.one(self.word, self.misspelt, self.phrase)() for _ in range(4))

    def draft(self) -> str:
        """A text that quotes."""
        return f"As {self.id()} says, “{self.phrase()} {self.phrase()}”. See also {self.id()}.\n"


def _with(path: str, pairs: Sequence[tuple[str, str]]) -> Asked:
    return Asked(f"{path}?{urlencode(pairs)}" if pairs else path)


def _api(path: str, pairs: Sequence[tuple[str, str]] = ()) -> Asked:
    asked = _with(f"/api/v1{path}", pairs)
    asked.accept = "application/json"
    return asked


def _of_cable(drawn: Drawn, path: str) -> str:
    cable_id = drawn.id()
    return path.format(id=quote(cable_id), anchor=quote(drawn.anchor(cable_id)))


def _series(drawn: Drawn) -> str:
    found = re.match(r"(\d{2}|\d{4})([A-Z]+)", drawn.cable().id)
    if found is None:
        return "1974LIMA"
    year = found[1] if len(found[1]) == 4 else f"{'19' if int(found[1]) > 50 else '20'}{found[1]}"
    return f"{year}{found[2]}"


def _kept(drawn: Drawn) -> list[tuple[str, str]]:
    return [("c", drawn.id()) for _ in range(drawn.source.randrange(1, 4))]


_FILES = [each.name for each in FORMATS]
# Each endpoint of the URL map, and how it is asked. A new endpoint without a line here fails the test.
PLANS: dict[str, Callable[[Drawn], Asked]] = {
    "alert.alert": lambda d: _with("/alert", d.search()),
    "api.batch": lambda d: Asked(
        "/api/v1/batch",
        data=d.list().encode(),
        content_type="text/plain",
        accept="application/json",
    ),
    "api.cable": lambda d: _api(_of_cable(d, "/cables/{id}")),
    "api.check": lambda d: Asked(
        "/api/v1/check",
        data=d.draft().encode(),
        content_type="text/plain",
        accept="application/json",
    ),
    "api.citations": lambda d: _api(_of_cable(d, "/cables/{id}/citations")),
    "api.facet": lambda d: _api(f"/facets/{d.one(*COUNTED)}", [("q", d.question())]),
    "api.missing": lambda d: _api("/missing"),
    "api.nothing": lambda d: _api(f"/{d.word()}"),
    "api.numbering": lambda d: _api(f"/missing/numbers/{_series(d)}"),
    "api.numberings": lambda d: _api("/missing/numbers"),
    "api.omissions": lambda d: _api(_of_cable(d, "/cables/{id}/omissions")),
    "api.openapi": lambda d: _api("/openapi.json"),
    "api.paragraph": lambda d: _api(_of_cable(d, "/cables/{id}/paragraphs/{anchor}")),
    "api.people": lambda d: _api("/people"),
    "api.person": lambda d: _api(f"/people/{quote(_person(d))}"),
    "api.places": lambda d: _api("/places", [("q", d.question())]),
    "api.references": lambda d: _api("/network", [("q", d.question())]),
    "api.search": lambda d: _api(
        "/search", [*d.search(), *(("facet", d.one(*COUNTED)) for _ in range(2)), ("size", "5")]
    ),
    "api.status": lambda d: _api("/status"),
    "api.suggestions": lambda d: _api("/suggestions", [("q", d.word()[: d.one(1, 2, 3, 5)])]),
    "api.terms": lambda d: _api("/terms", [("t", d.word()), ("t", d.word())]),
    "api.versions": lambda d: _api(_of_cable(d, "/cables/{id}/versions")),
    "batch.answers": lambda d: Asked("/batch", form={"list": d.list(), "as": d.one(*_MEANINGS)}),
    "batch.form": lambda d: Asked("/batch"),
    "batch.hits_as_file": lambda d: Asked(
        f"/batch-hits.{d.one('csv', 'jsonl')}", form={"list": d.list()}
    ),
    "batch.rows_as_file": lambda d: Asked(
        f"/batch.{d.one('csv', 'jsonl')}", form={"list": d.list(), "as": d.one(*_MEANINGS)}
    ),
    "cable.also": lambda d: Asked(_of_cable(d, "/cable/{id}/also/{anchor}")),
    "cable.cable": lambda d: _with(_of_cable(d, "/cable/{id}"), d.search()),
    "cable.cite": lambda d: Asked(
        _of_cable(d, d.one("/cable/{id}/cite", "/cable/{id}/cite/{anchor}"))
    ),
    "cable.place": lambda d: Asked(_of_cable(d, "/cable/{id}/p/{anchor}")),
    "cable.received": lambda d: Asked(_of_cable(d, "/cable/{id}/received")),
    "checking.check": lambda d: Asked("/check", form={"draft": d.draft()}),
    "checking.form": lambda d: Asked("/check"),
    "export.collection": lambda d: _with(f"/collection.{d.one(*_FILES)}", _kept(d)),
    "export.search": lambda d: _with(f"/search.{d.one(*_FILES)}", d.search()),
    "home.api": lambda d: Asked("/api"),
    "home.healthz": lambda d: Asked("/healthz"),
    "home.readyz": lambda d: Asked("/readyz"),
    "home.home": lambda d: Asked("/"),
    "home.search_help": lambda d: Asked("/help"),
    "home.status": lambda d: Asked("/status"),
    "machines.opensearch": lambda d: Asked("/opensearch.xml"),
    "machines.robots": lambda d: Asked("/robots.txt"),
    "machines.sitemap": lambda d: Asked("/sitemap.xml"),
    "machines.sitemap_part": lambda d: Asked(f"/sitemap-{d.one(1, 1, 1, 2)}.xml"),
    "machines.suggestions": lambda d: _with("/opensearch-suggestions", [("q", d.word()[:3])]),
    "metrics": lambda d: Asked("/metrics"),
    "missing.gaps": lambda d: Asked(f"/missing/numbers/{_series(d)}.csv"),
    "missing.missing": lambda d: _with("/missing", d.one([], [("year", "1974")])),
    "missing.numbering": lambda d: Asked(f"/missing/numbers/{_series(d)}"),
    "missing.numberings": lambda d: Asked("/missing/numbers"),
    "missing.table": lambda d: Asked("/missing.csv"),
    "network.file": lambda d: _with(f"/network.{d.one('graphml', 'gexf', 'csv')}", d.search()),
    "network.network": lambda d: _with("/network", d.search()),
    "people.bodies": lambda d: _with("/organizations", d.one([], [("find", d.word()[:3])])),
    "people.body": lambda d: Asked(f"/organizations/{quote(d.word())}"),
    "people.people": lambda d: _with("/people", d.one([], [("find", d.word()[:3])])),
    "people.person": lambda d: Asked(f"/people/{quote(_person(d))}"),
    "places.places": lambda d: _with("/places", d.search()),
    "search.search": lambda d: _with("/search", d.search()),
    "search.suggest": lambda d: _with("/suggest", [("q", d.word()[: d.one(1, 2, 4)])]),
    "search.values": lambda d: _with(f"/values/{d.one(*FACET_NAMES)}", d.search()),
    "static": lambda d: Asked("/static/favicon.svg"),
    "studies.collection": lambda d: _with("/collection", _kept(d)),
    "studies.collection_kept": lambda d: _with("/collection.json", _kept(d)),
    "studies.compare": lambda d: _with("/compare", [("a", d.id()), ("b", d.one(d.id, d.word)())]),
    "studies.similar": lambda d: Asked(_of_cable(d, "/cable/{id}/similar")),
    "studies.terms": lambda d: _with("/terms", [("t", d.question()), ("t", d.word())]),
    "style": lambda d: Asked("/"),
    "unapi.unapi": lambda d: _with("/unapi", [("id", d.id()), ("format", d.one("ris", "bibtex"))]),
}
# Asked more often than once in a round: what there is most to be told by.
_OFTEN = (
    *(
        "search.search",
        "api.search",
        "search.suggest",
        "export.search",
        "cable.cable",
        "api.suggestions",
    ),
    *("api.facet", "search.values", "batch.answers", "studies.compare", "network.network"),
)
_MEANINGS = ("words", "exact", "names", "one-letter", "two-letters")


def _person(drawn: Drawn) -> str:
    return str(drawn.one(drawn.word, lambda: drawn.value()[1])())


@dataclass(slots=True)
class Servers:
    """The server with all collections, and those that have nothing but what one reader may read, by her name."""

    private: Flask
    alone: dict[str, Flask]
    cables: list[Cable]


def readers() -> list[str]:
    """Each set of collections."""
    return ["".join(each) for size in (1, 2, 3, 4) for each in combinations(NAMES, size)]


@contextmanager
def servers(
    folder: Path, engine: str = DEFAULT_ENGINE, chosen: Sequence[str] | None = None
) -> Iterator[Servers]:
    """The servers over the sample cables, for these readers. An engine builds in an empty folder."""
    wanted = readers() if chosen is None else list(chosen)
    with samples_folder() as samples:
        parts = _parted([str(each) for each in sorted(samples.rglob("*")) if each.is_file()])
        for name in NAMES:
            _build(parts[name], folder / name, engine)
        for each in wanted:
            if len(each) > 1 and not set(_OVERLAP) <= set(each):
                files = [one for name in each for one in parts[name]]
                _build(files, folder / each, engine)
    rules = "\n".join(
        f'[collections.{name}]\nindex = "{name}"\nreaders = {[e for e in readers() if name in e]}'
        for name in NAMES
    )
    (folder / "rights.toml").write_text(f'[sign_in]\nby = "header"\n{rules}\n')
    private = Private(RightsFile(folder / "rights.toml"), _SETTINGS)
    opened: list[Closing] = [private]
    alone: dict[str, Flask] = {}
    for each in wanted:
        if (folder / each).exists():
            searcher = open_searcher(folder / each)
            opened.append(searcher)
            alone[each] = create_app(searcher, settings=_SETTINGS, folder=folder / each)
        else:
            beside = _together(folder, each)
            opened.append(beside)
            alone[each] = create_app(beside)
    with closing(open_together([folder / name for name in NAMES])) as every:
        ids = [each.cable.id for each in _everything(every)]
        cables = [found for one in ids if (found := every.get(one)) is not None]
    try:
        yield Servers(create_app(private), alone, cables)
    finally:
        for one in opened:
            one.close()


def _together(folder: Path, each: str) -> Private:
    """A server of these collections alone, which everybody may read."""
    rules = "\n".join(
        f'[collections.{name}]\nindex = "{name}"\nreaders = ["@everyone"]' for name in each
    )
    path = folder / f"rights-{each}.toml"
    path.write_text(rules)
    return Private(RightsFile(path), _SETTINGS)


def _everything(searcher: Searcher) -> Sequence[Group]:
    return searcher.search(Query(size=1_000, per_cable=1, snippets=False)).groups


def _parted(files: Sequence[str]) -> dict[str, list[str]]:
    """The pages of each collection. What are versions of one telegram stay together: each index knows its own."""
    parts: dict[str, list[str]] = {name: [] for name in NAMES}
    for place, file in enumerate(files):
        parts[NAMES[place % len(NAMES)]].append(file)
    parts["d"] += parts["a"][:3]
    return parts


def _build(files: Sequence[str], folder: Path, engine: str) -> None:
    build(list(files), folder, workers=1, engine=engine)
    with closing(sqlite3.connect(folder / FILE_NAME)) as sources, sources:
        # Made one after the other, as at one moment.
        sources.execute("UPDATE known SET first = ?", (_MOMENT,))
        sources.execute("UPDATE arrival SET moment = ?", (_MOMENT,))


def ask(app: Flask, asked: Asked, reader: str = "") -> TestResponse:
    """The answer to a request."""
    headers = {"Accept": asked.accept, **({"X-Forwarded-User": reader} if reader else {})}
    client = app.test_client()
    if asked.form:
        return client.post(asked.path, data=asked.form, headers=headers)
    if asked.data:
        return client.post(
            asked.path, data=asked.data, content_type=asked.content_type, headers=headers
        )
    return client.get(asked.path, headers=headers)


def told(endpoint: str, answer: TestResponse) -> tuple[int, dict[str, str], bytes]:
    """What an answer tells of the collections."""
    body = _TIMES.sub(b"", _BLOCK.sub(b"", answer.data))
    answer.close()
    if endpoint == "metrics":
        body = b"\n".join(
            re.findall(rb"^cablegram_(?:cables|paragraphs|index_readable) .*$", body, re.MULTILINE)
        )
    if endpoint == "home.healthz":
        # It tells nothing of the collections where some are private.
        body = b"ok" if b'"ok":true' in body.replace(b" ", b"") else body
    if endpoint == "api.openapi":
        body = b""  # it has one parameter more
    names = (*_HEADERS, *_MORE_HEADERS)
    headers = {name: answer.headers[name] for name in names if name in answer.headers}
    if endpoint == "api.openapi" or answer.mimetype == "text/html":
        # A page's is of the page with what says who is signed in.
        headers.pop("ETag", None)
    return answer.status_code, headers, body


def compared(
    made: Servers, questions: int, seed: int, endpoints: Sequence[str] = ()
) -> tuple[list[Difference], Counter[str]]:
    """So many random questions and rights: those that were answered in two ways, and how often each status came."""
    drawn = Drawn(made.cables, seed)
    every = list(endpoints) or [*PLANS, *(name for name in _OFTEN for _ in range(4))]
    names = sorted(made.alone)
    found: list[Difference] = []
    statuses: Counter[str] = Counter()
    for place in range(questions):
        # Each address once, and then whichever comes.
        endpoint = every[place] if place < len(every) else drawn.source.choice(every)
        reader = drawn.source.choice(names)
        asked = PLANS[endpoint](drawn)
        for _ in range(_AGAIN):
            one = told(endpoint, ask(made.private, asked, reader))
            other = told(endpoint, ask(made.alone[reader], asked))
            if one == other:
                break
        statuses[str(one[0])] += 1
        if one != other or one[0] >= 500:
            found.append(Difference(endpoint, reader, asked, _where(one, other)))
    return found, statuses


def _where(one: tuple[int, dict[str, str], bytes], other: tuple[int, dict[str, str], bytes]) -> str:
    if one[:2] != other[:2]:
        return f"{one[:2]} and {other[:2]}"
    at = next(
        (place for place, (a, b) in enumerate(zip(one[2], other[2], strict=False)) if a != b),
        min(len(one[2]), len(other[2])),
    )
    start = max(0, at - 80)
    return f"{one[2][start : at + 80]!r} and {other[2][start : at + 80]!r}"


def main() -> None:
    """Ask, and tell how many answers differed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--engine", default=DEFAULT_ENGINE)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place, servers(Path(place), given.engine) as made:
        began = time.process_time()
        found, statuses = compared(made, given.questions, given.seed)
        seconds = time.process_time() - began
    for each in found[:20]:
        sys.stdout.write(f"{each.endpoint} as {each.reader}: {each.asked}\n    {each.told}\n")
    told_statuses = ", ".join(f"{name}: {count}" for name, count in sorted(statuses.items()))
    sys.stdout.write(
        f"{given.questions:,} questions with {len(readers())} rights, {given.engine}: {len(found)} differences;"
        f" by status {told_statuses}; {seconds:.0f} s of the processor\n"
    )
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
