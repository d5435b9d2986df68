"""A dump that nobody wrote, in the form of `cables.csv` and as large as is wanted, for measuring what takes how long.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/synthesize.py --cables 251287 --seed 1 > cables.csv`. It
streams: no more is held than the words and a count for each post.

As in the real one: cables per post (benchmarks/origins.csv), in the order of their dates; wire header, class line for
each section, TAGS, references to cables that stand above in the dump, headings, portion marks, page marks in the
middle of paragraphs, signatures; some 1,000 words a cable (251,287 cables have 261,276,536, as their publisher counted
them) in twelve paragraphs; one cable in 200 comes twice; one row in 100 is broken. How the cables fall on the years is
an assumption: more each year from 2002 to 2009. It says how fast an index is, never how well it ranks.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from benchmarks.words import NUMBERS, Words, number, words
from corpus.posts import post, post_by_spelling
from corpus.tags import tags as known_tags
from indexer.header.references.ids import mentioned_post

ORIGINS = Path(__file__).with_name("origins.csv")
REAL_COLLECTION = 251_287
# Of a hundred cables so many are of each year; an assumption.
YEARS = {2002: 2, 2003: 4, 2004: 7, 2005: 12, 2006: 15, 2007: 17, 2008: 20, 2009: 23}
BROKEN = 0.01
TWICE = 0.005
# Paragraphs of a cable and words of a paragraph, at every tenth of all: counted in telegrams of the 1970s and stretched
# to the mean of the collection.
_PARAGRAPHS = (1, 3, 4, 6, 8, 10, 12, 15, 18, 23, 40)
_WORDS = (6, 20, 33, 44, 55, 67, 80, 96, 116, 145, 240)
_COLUMNS = 69
_LINES_A_PAGE = 52
_SECTIONS = ("Summary", "Background", "Comment")
_CLASSES = (
    ("UNCLAS", "UNCLASSIFIED", 53),
    ("C O N F I D E N T I A L", "CONFIDENTIAL", 41),
    ("S E C R E T", "SECRET", 6),
)
_MARKS = {
    "UNCLASSIFIED": ("U", "SBU"),
    "CONFIDENTIAL": ("U", "SBU", "C"),
    "SECRET": ("C", "S", "S/NF"),
}
# Of one number used by a post so many were: the collection has not all that was sent.
_LARGEST_STEP = 9


@dataclass(slots=True)
class _Post:
    """A post while the dump is made: how many cables it still has to send, and the numbers of this year."""

    code: str
    name: str
    step: int
    citable: bool  # whether its name, as printed, means it: `AIT Taipei` sent under two codes
    sent: int = 0

    def last(self) -> int:
        return self.sent * self.step


@dataclass(slots=True)
class _Maker:
    """Makes one cable after the other."""

    words: Words
    source: random.Random
    posts: list[_Post]
    year: int = 0
    senders: list[int] = field(default_factory=list)  # of this year's cables so far, for references

    def row(self, row_number: int, sender: int, date: datetime) -> bytes:
        """A row of the dump, with its line end."""
        source, sent_by = self.source, self.posts[sender]
        sent_by.sent += 1
        self.senders.append(sender)
        message = sent_by.last()
        ident = f"{self.year % 100:02d}{sent_by.code}{message}"
        word, level, _ = source.choices(_CLASSES, weights=[each[2] for each in _CLASSES])[0]
        refs = self._references(sender)
        body, pages = self._body(sent_by, message, level)
        header = self._header(sent_by, message, date, word, pages)
        drafted = self._drafted(level, date, refs)
        fields = (
            str(row_number),
            f"{date.month}/{date.day}/{date.year} {date.hour}:{date.minute:02d}",
            ident,
            f"{'Secretary of State' if sent_by.code == 'STATE' else f'Embassy {sent_by.name}'}",
            level,
            "|".join(refs),
            header,
            f"{drafted}\n{body}",
        )
        return b",".join(_quoted(each) for each in fields) + b"\n"

    def _references(self, sender: int) -> list[str]:
        """Ids of cables of this year that stand above."""
        found = []
        for _ in range(self.source.choices((0, 1, 2, 4), weights=(45, 30, 17, 8))[0]):
            if len(self.senders) < 2:
                break
            cited = self.posts[
                sender if self.source.random() < 0.4 else self.source.choice(self.senders)
            ]
            most = cited.sent - (cited is self.posts[sender])
            if most > 0 and cited.citable:
                message = self.source.randint(max(1, most - 400), most) * cited.step
                found.append(f"{self.year % 100:02d}{cited.code}{message}")
        return list(dict.fromkeys(found))

    def _header(self, sent_by: _Post, message: int, date: datetime, word: str, pages: int) -> str:
        source = self.source
        letters = "".join(source.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=2))
        name = sent_by.name.upper()
        section = f" SECTION 01 OF {pages:02d}" if pages > 1 else ""
        parts = "/01" if pages > 1 else ""
        mark = {"U": "ZNR UUUUU ZZH", "C": "ZNY CCCCC ZZH", "S": "ZNY SSSSS ZZH"}[word[0]]
        return (
            f"VZCZCXRO{message % 10_000:04d}\nRR RUEHC\n"
            f"DE RUEH{letters} #{message % 10_000:04d}{parts} {date:%j%H%M}\n{mark}\n"
            f"R {date:%d%H%M}Z {date:%b %y}\n".upper()
            + f"FM {'SECSTATE WASHDC' if sent_by.code == 'STATE' else f'AMEMBASSY {name}'}\n"
            f"TO RUEHC/SECSTATE WASHDC {source.randrange(1, 10_000):04d}\n"
            f"INFO RUEHXX/ALL EUROPEAN UNION POST COLLECTIVE\n{word}{section} {name} {message:06d} \n\nSIPDIS \n"
        )

    def _drafted(self, level: str, date: datetime, refs: list[str]) -> str:
        source = self.source
        order = (
            "N/A"
            if level == "UNCLASSIFIED"
            else f"DECL: {date.month:02d}/{date.day:02d}/{date.year + 10}"
        )
        codes = ", ".join(source.sample(_TAG_CODES, k=source.randint(1, 5)))
        subject = " ".join(self.words.draw(source, source.randint(4, 12))).upper()
        text = f"E.O. 12958: {order}\nTAGS: {codes}\nSUBJECT: {_wrapped(subject.split(), 60)}\n\n"
        if refs:
            items = [f"{chr(65 + at)}. {_as_printed(each)}" for at, each in enumerate(refs)]
            text += "REF: " + "\n     ".join(items) + "\n\n"
        if level != "UNCLASSIFIED":
            text += "Classified By: DCM John Q. Example for reasons 1.4 (b) and (d).\n\n"
        return text

    def _body(self, sent_by: _Post, message: int, level: str) -> tuple[str, int]:
        """The text, and how many pages it has on the wire."""
        source = self.source
        paragraphs = _between(source, _PARAGRAPHS)
        lines: list[str] = []
        for at in range(1, paragraphs + 1):
            if at == 1 or at == paragraphs or source.random() < 0.25:
                title = "Summary" if at == 1 else "Comment" if at == paragraphs else self._title()
                lines += [title, "-" * len(title), ""]
            mark = source.choice(_MARKS[level])
            text = self._sentences(_between(source, _WORDS))
            lines += _wrapped([f"{at}. ({mark})", *text], _COLUMNS).split("\n")
            lines.append("")
        pages = 1 + len(lines) // _LINES_A_PAGE
        for page in range(pages, 1, -1):
            at = (page - 1) * _LINES_A_PAGE
            lines[at:at] = [
                "",
                f"{sent_by.name.upper()} {message:08d}  {page:03d} OF {pages:03d}",
                "",
            ]
        lines.append(self.words.vocabulary[source.randrange(3000, 9000)].upper())
        return "\n".join(lines), pages

    def _title(self) -> str:
        return " ".join(
            word.capitalize() for word in self.words.draw(self.source, self.source.randint(2, 5))
        )

    def _sentences(self, count: int) -> list[str]:
        source = self.source
        drawn = self.words.draw(source, count)
        for _ in range(round(count * NUMBERS + source.random() - 0.5)):
            drawn[source.randrange(count)] = number(source)
        at = 0
        while at < count:
            end = min(at + source.randint(9, 26), count) - 1
            drawn[at] = drawn[at].capitalize()
            drawn[end] += "."
            at = end + 1
        return drawn


def _between(source: random.Random, tenths: tuple[int, ...]) -> int:
    at = source.randrange(len(tenths) - 1)
    return source.randint(tenths[at], tenths[at + 1])


def _wrapped(parts: list[str], columns: int) -> str:
    lines, line, width = [], [], 0
    for part in parts:
        if width + len(part) > columns and line:
            lines.append(" ".join(line))
            line, width = [], 0
        line.append(part)
        width += len(part) + 1
    lines.append(" ".join(line))
    return "\n".join(lines)


def _as_printed(ident: str) -> str:
    """`07LAPAZ12` as drafters write it: `07 LA PAZ 12`."""
    code = ident[2:].rstrip("0123456789")
    return f"{ident[:2]} {_name(code).upper()} {ident[2 + len(code) :]}"


def _quoted(text: str) -> bytes:
    return b'"' + text.replace("\\", "\\\\").replace('"', '\\"').encode() + b'"'


def _name(code: str) -> str:
    """The name as the wire prints it, where it can be told from all others; else the code."""
    known = post(code)
    name = known.name.split(" (")[0] if known is not None else code
    return name if known is not None and post_by_spelling(name) == known else code


_TAG_CODES = [each.code for each in known_tags() if len(each.code) in {2, 4}]


def origins(cables: int) -> dict[str, int]:
    """How many cables each post has in a collection of that size, in proportion to the real one."""
    with ORIGINS.open(encoding="utf-8", newline="") as table:
        real = {row["post"]: int(row["cables"]) for row in csv.DictReader(table)}
    scale = cables / sum(real.values())
    shares = {code: int(count * scale) for code, count in real.items()}
    # What rounding left over goes to the posts that lost most by it.
    by_loss = sorted(real, key=lambda code: (shares[code] - real[code] * scale, code))
    for code in by_loss[: cables - sum(shares.values())]:
        shares[code] += 1
    return shares


def rows(cables: int, seed: int = 1) -> Iterator[bytes]:
    """The rows of a dump, each with its line end, doubled and broken ones among them; the same for the same seed."""
    source = random.Random(seed)  # noqa: S311 - it makes cables, not keys
    counts = origins(cables)
    posts = [
        _Post(
            code,
            _name(code),
            source.randint(1, _LARGEST_STEP),
            citable=mentioned_post(_name(code)) == post(code),
        )
        for code in sorted(counts)
    ]
    maker = _Maker(words(seed), source, posts)
    years = _by_year([counts[each.code] for each in posts])
    row_number = 0
    for year, senders in years:
        source.shuffle(senders)
        maker.year, maker.senders = year, []
        for each in posts:
            each.sent = 0
        start = datetime(year, 1, 1, tzinfo=UTC)
        for at, sender in enumerate(senders):
            row_number += 1
            date = start + timedelta(minutes=at * 365 * 24 * 60 // len(senders))
            row = maker.row(row_number, sender, date)
            yield row
            if source.random() < TWICE:
                yield row
            if source.random() < BROKEN:
                yield _broken(row, source)


def _by_year(counts: list[int]) -> Iterator[tuple[int, list[int]]]:
    """Year by year, the number of a cable's post once for each cable; over all years as many as `counts` says."""
    given = [0] * len(counts)
    so_far = 0
    for year, part in YEARS.items():
        so_far += part
        senders: list[int] = []
        for at, count in enumerate(counts):
            until = count * so_far // 100
            senders += [at] * (until - given[at])
            given[at] = until
        yield year, senders


def _broken(row: bytes, source: random.Random) -> bytes:
    """A row as broken ones are found: a quotation mark that is not escaped, a column too few, the end cut off."""
    kind = source.randrange(3)
    if kind == 0:
        half = len(row) // 2
        return row[:half] + b'"' + row[half:]
    if kind == 1:
        return row.partition(b",")[2]
    return row[: source.randrange(len(row) // 2, len(row) - 2)] + b"\n"


def write(out: BinaryIO, cables: int, seed: int) -> None:
    """Write a dump as a stream."""
    out.writelines(rows(cables, seed))


def main() -> int:
    """Write a dump to standard output."""
    options = argparse.ArgumentParser(description="a dump that nobody wrote")
    options.add_argument("--cables", type=int, default=REAL_COLLECTION)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    write(sys.stdout.buffer, chosen.cables, chosen.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
