"""Lucene and Xapian, what an engineer would take instead: each asked in its own language, by a driver of its own.

    PYTHONPATH=. .venv/bin/python -m benchmarks.peers

makes the drivers and prints the versions, or says in a sentence what is missing. The sources are in `drivers`: Java,
with Lucene's published jars, which Maven brings in the versions of `lucene.xml`; C++, with the library that the system
has. What is made is kept outside of the repository: in CABLEGRAM_PEERS_CACHE, or `cablegram/peers` in the user's own
cache.

Both get the documents' file of `rivals.py`, a line a paragraph, numbered from 1 on, terms that Cablegram made and
blanks part; so no analysis of theirs has a say in what is found. A driver knows three orders:

    about                  prints its versions
    build FOLDER FILE      makes an index of the documents of a file, prints how many
    answer FOLDER          opens an index and answers each line of standard input with a line

A question has four columns, parted by tabs: `all`, `phrase` or `prefix`; terms, which blanks part (stems with `all`,
otherwise words as they stand); a mark and a year, or nothing. What is done for it is what `rivals.py` says. The answer:

    {"ms": 1.25, "matches": 60, "best": [paragraph, ...], "marked": 10, "facets": {"mark": [values, paragraphs], ...}}

The driver takes the time itself, from the question read to everything found, so Python's part and the pipe are not in
it. `marked` is how many of the best have a snippet with a word marked; of a facet there are how many values were found,
and how many paragraphs have each, added up.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.growth_questions import Answered, Question
from benchmarks.processes import Answering

ROOT = Path(__file__).resolve().parent.parent
_SOURCES = ROOT / "benchmarks" / "drivers"
_CACHE = "CABLEGRAM_PEERS_CACHE"
# Lucene 10 is built for this one.
_JAVA = 21
# Where systems keep their JDKs, those that are not on PATH too.
_JDKS = (
    "/usr/lib/jvm/*",
    "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
)
# A JDK says so in its file `release`: `JAVA_VERSION="25.0.3"`.
_RELEASE = re.compile(r'^JAVA_VERSION="(\d+)', re.MULTILINE)
# A limit, since a JVM takes of the memory what it finds; and what Lucene recommends: the processor's vectors, and leave
# to tell the system how files are read.
_JVM = (
    "-Xmx512m",
    "--add-modules=jdk.incubator.vector",
    "--enable-native-access=ALL-UNNAMED",
)


class Unavailable(Exception):
    """A peer can't be had here; the message is a sentence that says what is missing."""


def command(name: str) -> tuple[str, ...]:
    """How a peer's driver is called, its order left out. It is made at the first call, which takes seconds.

    Raises Unavailable.
    """
    return _DRIVERS[name].command()


def build(name: str, folder: Path, documents: Path) -> tuple[str, ...]:
    """The command that makes an index of a documents' file in a folder. Raises Unavailable."""
    return (*command(name), "build", str(folder), str(documents))


@cache
def versions(name: str) -> dict[str, str]:
    """What a driver runs with: `{"lucene": "10.6.0", "java": "25.0.3"}`. Raises Unavailable."""
    told: dict[str, str] = json.loads(_run((*command(name), "about")))
    return told


class Peer:
    """An index of a peer, open in the driver's process. Use it in a with statement.

    Raises Unavailable, and RuntimeError where the driver ends instead of answering; what it said of it is on standard
    error.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self._name = name
        self._driver = Answering(ROOT, (*command(name), "answer", str(folder)))

    def __enter__(self) -> Peer:
        return self

    def __exit__(self, *_: object) -> None:
        self._driver.close()

    def whole(self, question: Question) -> Answered:
        """Answer a question with all that `rivals.py` says."""
        told = self.told(question)
        return Answered(told["matches"], told["ms"])

    def told(self, question: Question) -> dict[str, Any]:
        """All that the driver says of a question, as in the module's docstring."""
        try:
            line = self._driver.ask(written(question))
        except BrokenPipeError:
            line = ""
        if not line:
            raise RuntimeError(f"the driver of {self._name} ended without an answer")
        found: dict[str, Any] = json.loads(line)
        return found

    def warm_up(self, questions: Iterable[Sequence[Question]], seconds: float) -> None:
        """Put questions in turns for so many seconds: Java compiles what is used often while it runs."""
        every = list(chain.from_iterable(questions))
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            for question in every:
                self.whole(question)


def written(question: Question) -> str:
    """A question as drivers read it."""
    kind = "phrase" if question.phrase else "prefix" if question.prefix else "all"
    terms = question.stems if kind == "all" else question.terms
    return "\t".join((kind, " ".join(terms), question.mark, question.year))


@dataclass(frozen=True, slots=True)
class _Driver:
    """How a peer's driver is made of its sources: `make` puts it into a folder; `called` is its command from there."""

    sources: tuple[str, ...]
    make: Callable[[Path], None]
    called: Callable[[Path], tuple[str, ...]]

    def command(self) -> tuple[str, ...]:
        content = b"".join((_SOURCES / name).read_bytes() for name in self.sources)
        own = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cablegram/peers"
        kept = Path(os.environ.get(_CACHE) or own)
        ready = kept / hashlib.sha256(content).hexdigest()[:16]
        if not ready.is_dir():
            kept.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=kept) as folder:
                made = Path(folder) / "made"
                made.mkdir()
                self.make(made)
                # Renamed when it is whole: one that was interrupted is made again. Another may have been quicker.
                if not ready.is_dir():
                    made.rename(ready)
        return self.called(ready)


def _make_lucene(folder: Path) -> None:
    javac = str(_jdk() / "bin" / "javac")
    listed, jars = _SOURCES / "lucene.xml", folder / "jars"
    copied = (f"-DoutputDirectory={jars}", "-DincludeScope=runtime", "dependency:copy-dependencies")
    maven = _program("mvn", "Maven, which brings the jars of Lucene")
    _run((maven, "--batch-mode", "--quiet", "--file", str(listed), *copied))
    compiled = ("--release", str(_JAVA), "-cp", f"{jars}/*", "-d", str(folder / "classes"))
    _run((javac, *compiled, str(_SOURCES / "Lucene.java")))


def _lucene(folder: Path) -> tuple[str, ...]:
    return (
        str(_jdk() / "bin" / "java"), *_JVM, "-cp", f"{folder}/classes{os.pathsep}{folder}/jars/*", "Lucene",
    )  # fmt: skip


def _make_xapian(folder: Path) -> None:
    compiler = _program("c++", "a compiler of C++, as Debian's package g++ has it")
    settings = _program("xapian-config", "Xapian, as Debian's package libxapian-dev has it")
    flags = [shlex.split(_run((settings, each))) for each in ("--cxxflags", "--libs")]
    source = str(_SOURCES / "xapian.cc")
    target = str(folder / "xapian")
    _run((compiler, "-O2", "-std=c++17", *flags[0], source, "-o", target, *flags[1]))


def _xapian(folder: Path) -> tuple[str, ...]:
    return (str(folder / "xapian"),)


_DRIVERS = {
    "lucene": _Driver(("Lucene.java", "lucene.xml"), _make_lucene, _lucene),
    "xapian": _Driver(("xapian.cc",), _make_xapian, _xapian),
}
PEERS = tuple(_DRIVERS)


@cache
def _jdk() -> Path:
    """The home of a JDK that is new enough: the one that is set, the one on PATH, or the newest that the system has.

    Raises Unavailable.
    """
    for home in _homes():
        if _release(home) >= _JAVA and (home / "bin" / "javac").exists():
            return home
    raise Unavailable(
        f"Lucene needs a JDK {_JAVA} or newer: set JAVA_HOME to one, or install one, as Debian's package "
        f"openjdk-{_JAVA}-jdk-headless has it."
    )


def _homes() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home)
    if javac := shutil.which("javac"):
        yield Path(javac).resolve().parent.parent
    kept = [path for each in _JDKS for path in Path("/").glob(each.removeprefix("/"))]
    yield from sorted(kept, key=_release, reverse=True)


def _release(home: Path) -> int:
    """Which Java the home of a JDK has, 0 for none."""
    file = home / "release"
    found = _RELEASE.search(file.read_text(encoding="utf-8")) if file.exists() else None
    return int(found[1]) if found else 0


def _program(name: str, what: str) -> str:
    """The path of a program. Raises Unavailable if it is not there; `what` says to a person what it is."""
    found = shutil.which(name)
    if found is None:
        raise Unavailable(f"{name} is not on PATH: install {what}.")
    return found


def _run(command: Sequence[str]) -> str:
    """What a command prints. Raises Unavailable with what it said if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - commands of our own
    if done.returncode:
        told = f"{done.stdout}{done.stderr}".strip()
        raise Unavailable(f"{Path(command[0]).name} failed: {told}")
    return done.stdout


def main() -> int:
    """Make the drivers, and say what they are made with."""
    missing = 0
    for name in PEERS:
        try:
            print(f"{name}: {json.dumps(versions(name))}")
        except Unavailable as error:
            missing += 1
            print(f"{name} can't be measured here. {error}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
