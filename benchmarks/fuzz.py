"""Made-up input without end, for what reads the input of strangers: how much was tried, how quick, what broke.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/fuzz.py [--targets NAME ...] [--seconds 60] [--seed 1]
[--keep DIR] [--json]`. Each target is given real input in which pieces were cut, doubled, moved, joined and made odd,
for so many seconds each, and has to keep its promise:

    pages       the segments of a page's cables, joined, are the page; nothing is raised but `NotACable`
    containers  archives, mail, exports, dumps, web archives: nothing is raised
    questions   a question that was understood is printed so that it is understood as the same
    addresses   what an address says is written so that it says the same; nothing is raised but `BadAddress`
    api         each answer is JSON, and none is 500

The same seed gives the same input. What breaks a promise, or takes more than ten seconds of the processor, is a
finding: its reason is printed, and its input is kept in DIR. It has no coverage to go by: it is blind, and quick.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import io
import json
import lzma
import random
import sys
import tarfile
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass, field
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from corpus.cable_json import cable_to_json
from corpus.sample_cables import samples_folder
from indexer.errors import NotACable
from indexer.inputs.files import read
from indexer.inputs.finding import PageFile
from indexer.lines.html import visible_lines
from indexer.page import RawPage
from indexer.parse import parse as parse_page
from indexer.runs.build import build as build_index
from search.engines import open_searcher
from search.fields import COUNTED, FIELDS
from search.language.parser import MAX_CHARACTERS
from search.language.parser import parse as parse_question
from webui.api.endpoints import ENDPOINTS, ROOT
from webui.app import create_app
from webui.asking.address import BadAddress, build, parse

# So much of the processor, in seconds, is a finding.
SLOW = 10.0
# What is odd wherever it stands: half a pair, what turns the line, an end of line of each kind, a terminal's orders,
# numbers without end, declarations and references that no library takes.
ODD = (
    *("\ud800", "\udc00\ud800", "\u202e", "\u2028", "\x85", "\x00", "\x1b[2J", "\ufeff", "\x0c", "\r", "\xa0", "\t"),
    *("<![", "<!--", "-->", "<![CDATA[", "&#xD800;", "&#99999999999999999999;", "&", "<", ">", "<pre>", "</td>"),
    *("9" * 40, "-1", "0", "1. (U) ", "UNCLAS ", "REF: ", "SUBJECT: ", "=cmd|", "%00", "%ff", "%", "\\", '"', "'"),
    *("(", ")", "[", "]", "{", "}", "*", "?", "~2", "NEAR/3", "AND", "OR", "NOT", "-", ":", ",", "/", "..", "\n"),
)  # fmt: skip
_WORDS = (
    "putian",
    "lanterns",
    "trade",
    "the",
    "guangzhou",
    "2007",
    "wheat",
    "minister",
    "injunction",
    "embassy",
)


@dataclass(slots=True)
class Told:
    """What was tried of a target: `longest` and `seconds` are of the processor."""

    executions: int = 0
    seconds: float = 0.0
    longest: float = 0.0
    findings: dict[str, int] = field(default_factory=dict)

    @property
    def a_second(self) -> float:
        """Executions in a second of the processor."""
        return round(self.executions / self.seconds, 1) if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class Target:
    """What is tried: `seeds` are real input, `execute` keeps the promise or raises."""

    seeds: Sequence[str] | Sequence[bytes]
    execute: Callable[[str | bytes], None]


def changed(drawn: random.Random, seeds: Sequence[str] | Sequence[bytes]) -> str | bytes:
    """One of the seeds with a few changes."""
    text = drawn.choice(seeds)
    for _ in range(drawn.choice((1, 1, 2, 3, 5, 9))):
        size = len(text)
        at = drawn.randrange(size + 1)
        end = min(size, at + int(drawn.choice((1, 4, 30, 200, 2_000)) * drawn.random()) + 1)
        match drawn.randrange(7):
            case 0:
                text = text[:at] + text[end:]
            case 1:
                text = text[:end] + text[at:end] * drawn.choice((1, 2, 20)) + text[end:]
            case 2:
                text = text[:at]
            case 3:
                other = drawn.choice(seeds)
                cut = drawn.randrange(len(other) + 1)
                text = text[:at] + other[cut : cut + 3_000] + text[end:]
            case 4 if isinstance(text, bytes):
                text = text[:at] + drawn.randbytes(drawn.choice((1, 2, 8))) + text[end:]
            case 5 if isinstance(text, bytes):
                text = text[:at] + bytes([drawn.choice((0, 1, 127, 255))]) * 4 + text[end:]
            case _:
                odd = drawn.choice(ODD)
                if isinstance(text, str):
                    text = text[:at] + odd + text[drawn.choice((at, end)) :]
                else:
                    text = text[:at] + odd.encode("utf-8", "surrogatepass") + text[at:]
    return text


def fuzz(
    target: Target, seconds: float, seed: str, keep: Path | None = None, most: int | None = None
) -> Told:
    """Try a target for so many seconds by the clock, or `most` times; the first input of a finding goes to `keep`."""
    drawn = random.Random(seed)  # noqa: S311 - it makes input, not keys
    told = Told()
    end = time.monotonic() + seconds
    while time.monotonic() < end and told.executions != most:
        given = changed(drawn, target.seeds)
        before = time.process_time()
        reason = ""
        try:
            target.execute(given)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            reason = f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno}"
        taken = time.process_time() - before
        told.executions += 1
        told.seconds += taken
        told.longest = max(told.longest, taken)
        if not reason and taken > SLOW:
            reason = f"took {taken:.0f} seconds"
        if reason:
            told.findings[reason] = told.findings.get(reason, 0) + 1
            if keep is not None and told.findings[reason] == 1:
                data = given if isinstance(given, bytes) else given.encode("utf-8", "surrogatepass")
                (keep / f"{seed.replace(' ', '-')}-{sha256(data).hexdigest()[:12]}").write_bytes(
                    data
                )
    return told


def pages() -> Target:
    """Pages of each form."""
    with samples_folder() as folder:
        found = [
            path.read_text("utf-8")
            for path in sorted(folder.rglob("*"))
            if path.suffix in (".txt", ".html")
        ]

    def execute(given: str | bytes) -> None:
        assert isinstance(given, str)
        markup = "html" if given.lstrip()[:1] == "<" else "text"
        visible = "".join(line.text for line in visible_lines(given)) if markup == "html" else given
        try:
            cables = parse_page(RawPage(given, "page", markup, "00"))
        except NotACable:
            return
        joined = "".join(segment.text for cable in cables for segment in cable.segments)
        assert joined == visible, "the partition"

    return Target(found, execute)


def containers(place: Path) -> Target:
    """A few pages in whatever people keep them in."""
    with samples_folder() as folder:
        texts = [path.read_bytes() for path in sorted(folder.rglob("*.txt"))[:3]]
        html = next(iter(sorted(folder.rglob("*.html")))).read_bytes()
    path = place / "given"

    def execute(given: str | bytes) -> None:
        assert isinstance(given, bytes)
        path.write_bytes(given)
        for _ in read(PageFile(path, "given")):
            pass

    return Target(list(_contained(texts, html)), execute)


def _contained(texts: list[bytes], html: bytes) -> Iterator[bytes]:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", method) as archive:
            for number, text in enumerate(texts):
                archive.writestr(f"folder/{number}.txt", text)
        yield data.getvalue()
    for mode in ("w", "w:gz", "w:xz"):
        data = io.BytesIO()
        with tarfile.open(fileobj=data, mode=mode) as tar:  # type: ignore[call-overload]
            for number, text in enumerate(texts):
                member = tarfile.TarInfo(f"folder/{number}.txt")
                member.size = len(text)
                tar.addfile(member, io.BytesIO(text))
        yield data.getvalue()
    yield gzip.compress(texts[0])
    yield bz2.compress(texts[1])
    yield lzma.compress(html)
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@example.org", "FW: cables"
    mail.set_content("See below.")
    mail.add_attachment(texts[0], maintype="text", subtype="plain", filename="one.txt")
    yield mail.as_bytes()
    yield b"".join(
        b"From a@example.org Mon Nov 30 20:00:00 2026\n" + mail.as_bytes() + b"\n" for _ in texts
    )
    cables = [parse_page(RawPage(text.decode(), "page", "text", "00"))[0] for text in texts]
    yield "".join(json.dumps(cable_to_json(each)) + "\n" for each in cables).encode()
    row = '"{}","1/2/2009 10:00","09LIMA{}","Embassy Lima","UNCLASSIFIED","","VZCZC","{}"\n'
    yield "".join(
        row.format(n, n, text.decode().replace('"', '""')) for n, text in enumerate(texts)
    ).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/1\r\n"
        b"WARC-Date: 2010-11-28T18:03:01Z\r\n"
        b"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000%d>\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
    )
    records = [record % (number, len(head + html), head + html) for number in range(2)]
    yield b"".join(records)
    yield b"".join(map(gzip.compress, records))


def questions() -> Target:
    """Questions of each kind of clause."""
    asked = [
        *_WORDS,
        *(
            '"preliminary injunction" -trade',
            "putian AND (wheat OR minister) NOT the",
            "lantern~1 embass* ?rade",
        ),
        *(
            "trade NEAR/5 minister",
            "date:2007-03..2009 tag:KIPR",
            "same:cable putian lanterns",
            "/lan.*n/ wheat",
        ),
        *(f"{each.name}:guangzhou {each.name}:>=2" for each in FIELDS),
        "REF: A. 07 GUANGZHOU 376 B. STATE 12345\n1. (SBU) Summary: the lanterns were counted.",
    ]

    def execute(given: str | bytes) -> None:
        assert isinstance(given, str)
        parsed = parse_question(given)
        written = str(parsed.tree)
        # What goes without saying is written out (AND), so it may get too long to be read.
        if len(written) <= MAX_CHARACTERS:
            assert parse_question(written).tree == parsed.tree, "the round trip"
        assert all(0 <= each.position <= len(given) for each in parsed.problems), "a position"

    return Target(asked, execute)


def addresses() -> Target:
    """The part of an address behind its `?`."""
    asked = [
        "q=trade&origin=guangzhou&-tag=KIPR&since=2007&until=2009-03&sort=date&view=cables&page=2",
        "q=%22putian+lanterns%22&same=cable&match=any&versions=all&collection=a&collection=b",
        "c=07GUANGZHOU376~p3%20a%20note&c=07LIMA1&classification=SECRET&year=2007",
        "since=4+Mar+1974&until=3/1975&person=kissinger&place=la+paz",
    ]

    def execute(given: str | bytes) -> None:
        assert isinstance(given, str)
        named = parse_qsl(
            given.encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
            keep_blank_values=True,
        )
        try:
            state = parse(named)
        except BadAddress:
            return
        again = parse(parse_qsl(urlsplit(build(state)).query, keep_blank_values=True))
        assert again == state, "the round trip"

    return Target(asked, execute)


def api(opened: ExitStack, place: Path) -> Target:
    """Requests of the API, over an index of the sample cables."""
    index = place / "index"
    with samples_folder() as folder:
        build_index([str(folder)], index, workers=1)
    searcher = opened.enter_context(closing(open_searcher(index)))
    client = create_app(searcher, folder=index).test_client()
    ident = "07GUANGZHOU376"
    values = {
        "cable_id": ident,
        "field": COUNTED[0],
        "anchor": "p1",
        "key": "putian",
        "style": "apa",
    }
    asked = []
    for each in ENDPOINTS:
        path = each.path
        for name, value in values.items():
            path = path.replace(f"{{{name}}}", value)
        names = [one.name for one in each.parameters]
        drawn = [
            (name, word) for name, word in zip(names, (*_WORDS, *_WORDS, *_WORDS), strict=False)
        ]
        asked += [f"{path}?{urlencode(drawn[:3])}", f"{path}?q=trade&size=3&limit=4", path]

    def execute(given: str | bytes) -> None:
        assert isinstance(given, str)
        # (What a client can send: no half of a pair, no blank.)
        sent = quote(given.encode("utf-8", "replace"), safe="/?&=%+:~,.*-_")
        answer = client.get(f"{ROOT}{sent if sent.startswith('/') else f'/{sent}'}")
        assert answer.status_code != 500, "a fault"
        if answer.status_code == 200 and answer.mimetype == "application/json":
            json.loads(answer.data)

    return Target(asked, execute)


TARGETS = ("pages", "containers", "questions", "addresses", "api")


def target(name: str, opened: ExitStack, place: Path) -> Target:
    """The target of that name; what it opens is closed with `opened`, what it writes is in `place`."""
    match name:
        case "pages":
            return pages()
        case "containers":
            return containers(place)
        case "questions":
            return questions()
        case "addresses":
            return addresses()
        case _:
            return api(opened, place)


def main() -> int:
    """Print what was tried; the exit code is 1 if anything was found."""
    options = argparse.ArgumentParser(description="made-up input without end")
    options.add_argument("--targets", nargs="+", choices=TARGETS, default=TARGETS)
    options.add_argument("--seconds", type=float, default=60.0)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    if chosen.keep is not None:
        chosen.keep.mkdir(parents=True, exist_ok=True)
    found = {}
    with ExitStack() as opened:
        place = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="cablegram-fuzz-")))
        for name in chosen.targets:
            told = fuzz(
                target(name, opened, place), chosen.seconds, f"{name} {chosen.seed}", chosen.keep
            )
            found[name] = {**asdict(told), "a second": told.a_second}
            if not chosen.json:
                print(
                    f"{name:12}{told.executions:>10,} executions  {told.a_second:>9,} a second of the processor"
                    f"  longest {told.longest * 1000:,.0f} ms  findings {told.findings or 'none'}",
                    flush=True,
                )
    if chosen.json:
        print(json.dumps(found, indent=1))
    return 1 if any(each["findings"] for each in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
