"""SQLite's FTS5 and the bare library tantivy, given ready documents, doing for a question what Cablegram does.

Both index the terms that Cablegram made of each paragraph, joined by blanks, stemmed and as they stand, so all find the
same paragraphs; a test holds them to it. For a question each gives the ten best paragraphs by its own BM25, with a
snippet of its own, how many there are, and how many have which value of five fields. No tricks: what their manuals
recommend, the values in ordinary columns with FTS5, in fast fields with tantivy. Lucene and Xapian, which do the same
in processes of their own, are asked by `peers.py`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from benchmarks.growth_questions import Question
from search.plans.documents import BREAK, Document

FACETS = ("mark", "classification", "origin", "tag", "year")
_SINGLE = tuple(name for name in FACETS if name != "tag")
_HITS = 10
# More values than any of the five fields has.
_VALUES = 10_000
_COMMIT_EVERY = 50_000
_BUFFER_BYTES = 64_000_000
# Parts the values of one field in a line of the documents' file, whose columns tabs part.
_BETWEEN = "\x1f"


class Rival(Protocol):
    """A system that is asked the same questions."""

    def whole(self, question: Question) -> int:
        """Answer it with all that the module's docstring says; how many paragraphs were found."""


def ready(document: Document) -> str:
    """A document as a line that every system reads without a library: its terms and the values that are counted.

    Columns, parted by tabs: stems, words as they stand, and one for each of `FACETS`, whose values are parted by
    U+001F. Raises ValueError if a text has one of these signs or an end of line.
    """
    values = (document.values.get(name, ()) for name in FACETS)
    columns = (
        document.terms["text"],
        document.terms["text_exact"],
        *(_BETWEEN.join(each) for each in values),
    )
    line = "\t".join(columns)
    between = sum(max(0, len(document.values.get(name, ())) - 1) for name in FACETS)
    signs = [line.count(sign) for sign in ("\t", _BETWEEN, "\n", "\r")]
    if signs != [len(columns) - 1, between, 0, 0]:
        raise ValueError(f"a text has a sign that parts columns, values or lines: {line!r}")
    return line


def read_ready(path: Path) -> Iterator[tuple[str, str, dict[str, list[str]]]]:
    """The documents of a file of such lines: stems, words as they stand, values by field."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            stems, exact, *columns = line.rstrip("\n").split("\t")
            yield (
                stems,
                exact,
                {
                    name: column.split(_BETWEEN) if column else []
                    for name, column in zip(FACETS, columns, strict=True)
                },
            )


class Fts5:
    """SQLite's full-text index, in one file."""

    def __init__(self, folder: Path) -> None:
        self._base = sqlite3.connect(folder / "fts5.sqlite")
        self._base.execute("PRAGMA temp_store=MEMORY")

    @staticmethod
    def build(folder: Path, documents: Path) -> None:
        """Index the documents of a file."""
        with closing(sqlite3.connect(folder / "fts5.sqlite")) as base:
            base.executescript(f"""
                PRAGMA journal_mode=OFF;
                PRAGMA synchronous=OFF;
                CREATE VIRTUAL TABLE words USING fts5(
                    stems, exact, tokenize="unicode61 remove_diacritics 0 tokenchars '{BREAK}'");
                CREATE TABLE single (id INTEGER PRIMARY KEY, {", ".join(_SINGLE)});
                CREATE TABLE tags (id INTEGER, tag);
            """)
            for number, (stems, exact, values) in enumerate(read_ready(documents), 1):
                base.execute(
                    "INSERT INTO words (rowid, stems, exact) VALUES (?, ?, ?)",
                    (number, stems, exact),
                )
                row = (number, *((values[name] or [None])[0] for name in _SINGLE))
                base.execute("INSERT INTO single VALUES (?, ?, ?, ?, ?)", row)
                base.executemany(
                    "INSERT INTO tags VALUES (?, ?)", [(number, tag) for tag in values["tag"]]
                )
                if number % _COMMIT_EVERY == 0:
                    base.commit()
            base.execute("CREATE INDEX tag_of ON tags (id)")
            base.commit()

    def whole(self, question: Question) -> int:
        """The best, the total and the facets."""
        words = self._match(question)
        chosen, values = self._filter(question)
        self._base.execute(
            f"SELECT w.rowid, snippet(words, -1, '<b>', '</b>', '…', 30) FROM words w "  # noqa: S608 - names of ours
            f"JOIN single s ON s.id = w.rowid WHERE words MATCH ? {chosen} "
            f"ORDER BY rank LIMIT {_HITS}",
            (words, *values),
        ).fetchall()
        self._found("found", words, chosen, values)
        total = self._base.execute("SELECT count(*) FROM temp.found").fetchone()[0]
        for name in FACETS:
            if question.mark and name == "mark":
                # A facet leaves its own filter out.
                self._found("others", words, "", ())
                self._count(name, "others")
            else:
                self._count(name, "found")
        return int(total)

    @staticmethod
    def _match(question: Question) -> str:
        if question.phrase:
            return f'exact : "{" ".join(question.terms)}"'
        if question.prefix:
            return f'exact : "{question.terms[0]}" *'
        return "stems : (" + " AND ".join(f'"{stem}"' for stem in question.stems) + ")"

    @staticmethod
    def _filter(question: Question) -> tuple[str, tuple[str, ...]]:
        asked = {"mark": question.mark, "year": question.year}
        chosen = {name: value for name, value in asked.items() if value}
        return "".join(f"AND s.{name} = ? " for name in chosen), tuple(chosen.values())

    def _found(self, table: str, words: str, chosen: str, values: tuple[str, ...]) -> None:
        self._base.execute(f"DROP TABLE IF EXISTS temp.{table}")
        joined = "JOIN single s ON s.id = w.rowid" if chosen else ""
        self._base.execute(
            f"CREATE TEMP TABLE {table} AS SELECT w.rowid AS id FROM words w {joined} "  # noqa: S608 - names of ours
            f"WHERE words MATCH ? {chosen}",
            (words, *values),
        )

    def _count(self, name: str, table: str) -> None:
        values = "tags" if name == "tag" else "single"
        self._base.execute(
            f"SELECT v.{name}, count(*) FROM temp.{table} f JOIN {values} v ON v.id = f.id "  # noqa: S608 - names of ours
            f"GROUP BY v.{name}"
        ).fetchall()


class Bare:
    """The library as it comes."""

    def __init__(self, folder: Path) -> None:
        self._index = _with_blanks(tantivy.Index.open(str(folder)))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    @staticmethod
    def build(folder: Path, documents: Path) -> None:
        """Index the documents of a file."""
        builder = tantivy.SchemaBuilder()
        for name in ("stems", "exact"):
            builder.add_text_field(
                name, stored=True, tokenizer_name="blanks", index_option="position"
            )
        for name in FACETS:
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        writer = _with_blanks(tantivy.Index(builder.build(), path=str(folder))).writer(
            _BUFFER_BYTES, 2
        )
        for stems, exact, values in read_ready(documents):
            document = tantivy.Document(stems=stems, exact=exact)
            for name, each in values.items():
                for value in each:
                    document.add_text(name, value)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def whole(self, question: Question) -> int:
        """The best, the total and the facets."""
        words = self._words(question)
        field = "exact" if question.phrase or question.prefix else "stems"
        clause = self._filtered(words, question.mark, question.year)
        found = self._searcher.search(clause, limit=_HITS)
        snippets = tantivy.SnippetGenerator.create(self._searcher, words, self._schema, field)
        for _, address in found.hits:
            snippets.snippet_from_doc(self._searcher.doc(address)).to_html()
        asked = {name: _values(name) for name in FACETS}
        if question.mark:
            others = self._filtered(words, "", question.year)
            self._searcher.aggregate(others, {"mark": asked.pop("mark")})
        self._searcher.aggregate(clause, asked)
        return int(found.count)  # type: ignore[attr-defined]

    def _words(self, question: Question) -> Clause:
        if question.phrase:
            return Clause.phrase_query(self._schema, "exact", list(question.terms))
        if question.prefix:
            beginning = question.terms[0]
            return Clause.fuzzy_term_query(
                self._schema, "exact", beginning, distance=0, prefix=True
            )
        terms = [
            Clause.term_query(self._schema, "stems", stem, index_option="freq")
            for stem in question.stems
        ]
        return Clause.boolean_query([(Occur.Must, each) for each in terms])

    def _filtered(self, words: Clause, mark: str, year: str) -> Clause:
        chosen = [
            Clause.term_query(self._schema, name, value, index_option="basic")
            for name, value in (("mark", mark), ("year", year))
            if value
        ]
        filters = [(Occur.Must, Clause.const_score_query(each, 0.0)) for each in chosen]
        return Clause.boolean_query([(Occur.Must, words), *filters])


def _values(name: str) -> dict[str, Any]:
    return {"terms": {"field": name, "size": _VALUES, "segment_size": _VALUES}}


def _with_blanks(index: tantivy.Index) -> tantivy.Index:
    blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("blanks", blanks)
    return index
