"""Alerts after new cables: how long 1,000 of them take, whether each hit is told, and told once over `kill -9`.

`PYTHONPATH=. .venv/bin/python benchmarks/alerts.py --cables 2500 25000` makes a dump of each size and 100 cables that
come later, indexes the first, keeps the alerts, indexes the others and runs the alerts by the real command. Prints a
row a size: what the index holds, how long the run took by the clock and of the processor, the hits; and of a sample of
alerts how many did not tell what the whole collection finds in the new cables. Then, in the largest, the run is killed
again and again at a random moment and completed by the next; in the end the file must have each hit once. The exit code
is 1 if it has not.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from benchmarks.synthesize import rows
from corpus.ids import lookup_key
from search import sources as manifests
from search.alerts.entries import entry, read_alerts
from search.alerts.state import STATE_FILE
from search.engines import open_searcher
from search.engines.protocols import Searcher
from search.exports.entries import results

COMMAND = Path(sys.executable).with_name("cablegram")
_NEW = 100
# A word that more paragraphs have than this share, or that is so short, is no word of an alert.
_COMMON = 0.01
_SHORT = 4
_AT_ONCE = 4


def command(work: Path, *arguments: str) -> list[str]:
    return [str(COMMAND), *arguments, "--index", str(work / "index")]


def call(work: Path, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - of ours
        command(work, *arguments), cwd=work, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):  # 1: broken rows were set aside
        raise RuntimeError(done.stderr)
    return done.stdout


def processor_seconds() -> float:
    """How long the processor worked for the programs that were started."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def make(work: Path, cables: int) -> None:
    """Two dumps: `old.csv` and `new.csv`."""
    made = rows(cables + 2 * _NEW)
    with (work / "old.csv").open("wb") as file:
        header = list(islice(made, cables))
        file.writelines(header)
    with (work / "new.csv").open("wb") as file:
        file.writelines(islice(made, _NEW))


def texts(searcher: Searcher, folder: Path, drawn: random.Random, most: int) -> list[list[str]]:
    """The words of some paragraphs of an index."""
    with manifests.read(folder) as manifest:
        names = list(manifest.cables())
        names = drawn.sample(names, min(most, len(names)))
    cables = (searcher.get(name) for name in names)
    return [
        drawn.choice(cable.paragraphs).text.split()
        for cable in cables
        if cable is not None and cable.paragraphs
    ]


def questions(
    paragraphs: Sequence[list[str]], cables: Sequence[str], drawn: random.Random
) -> Iterator[str]:
    """Questions of every kind, without end, of words that some paragraphs have.

    Nobody keeps a search for `government`: each word is one that few of the paragraphs have.
    """
    common = Counter(word.casefold() for each in paragraphs for word in set(each))
    while True:
        words = drawn.choice(paragraphs)
        at = drawn.randrange(max(1, len(words) - 2))
        phrase = [each for each in words[at : at + 3] if each.isalpha()]
        telling = [
            each
            for each in words
            if each.isalpha()
            and len(each) > _SHORT
            and common[each.casefold()] <= _COMMON * len(paragraphs)
        ]
        if len(telling) < _AT_ONCE or not phrase:
            continue
        one, two, three, four = drawn.sample(telling, _AT_ONCE)
        yield one
        yield f"{one} {two}"
        yield f'"{" ".join(phrase)}" {three}'
        yield f"{one} OR {two}"
        yield f"{one} NEAR/5 {drawn.choice(words)}"
        yield f"{three[:6]}*"
        yield f"{three}~"
        yield f"same:cable {one} {four}"
        yield f"{two} NOT {one}"
        yield f"tag:{drawn.choice(('PREL', 'ECON', 'PGOV'))} {four}"
        yield f"like:{drawn.choice(cables)}#p2"


def keep(work: Path, alerts: int, drawn: random.Random) -> None:
    """A file of so many alerts, half of them about words of the new cables; each has a feed, all have one file."""
    index = work / "index"
    with closing(open_searcher(index)) as searcher, manifests.read(index) as manifest:
        old = texts(searcher, index, drawn, 1_000)
        cables = drawn.sample(list(manifest.cables()), 100)
    asked = islice(questions(old, cables, drawn), alerts)
    with (work / "alerts.toml").open("w", encoding="utf-8") as file:
        for number, question in enumerate(asked):
            name = f"alert {number}"
            file.write(entry(name, question, feed=f"feeds/{number}.atom", file="hits.jsonl") + "\n")


def told(work: Path) -> Counter[tuple[str, str, str]]:
    """Each hit in the file, and how often it is there."""
    path = work / "hits.jsonl"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    # A run that was killed may have left half of a line.
    each = map(json.loads, text[: text.rfind("\n") + 1].splitlines())
    return Counter((one["alert"], one["cable"], one["anchor"]) for one in each)


def wrong(work: Path, new: set[str], found: Counter[tuple[str, str, str]], some: int) -> list[str]:
    """Which of a sample of alerts did not tell what the whole collection finds in the new cables."""
    alerts = read_alerts(work / "alerts.toml").alerts
    bad = []
    with closing(open_searcher(work / "index")) as searcher:
        for alert in random.Random(some).sample(alerts, some):  # noqa: S311
            there = {
                (alert.name, one.cable.id, one.unit.anchor)
                for one in results(searcher, alert.query, whole=False)
                if one.unit is not None and lookup_key(one.cable.id) in new
            }
            if there != {each for each in found if each[0] == alert.name}:
                bad.append(alert.asked)
    return bad


def arrived(work: Path, after: int) -> set[str]:
    with manifests.read(work / "index") as manifest:
        return {each.key for each in manifest.arrivals(after, 10 * _NEW)}


def measure(work: Path, cables: int, alerts: int, sample: int) -> tuple[bool, float]:
    """A row of the table; says whether all is right, and how long the run took."""
    make(work, cables)
    call(work, "index", "old.csv", "--alerts", "none.toml")
    keep(work, alerts, random.Random(cables))  # noqa: S311
    call(work, "alerts", "run")
    with manifests.read(work / "index") as manifest:
        before = manifest.last_arrival
    start = time.perf_counter()
    call(work, "index", "new.csv", "--alerts", "none.toml")
    indexed = time.perf_counter() - start
    shutil.copyfile(work / "index" / STATE_FILE, work / "state")
    start, worked = time.perf_counter(), processor_seconds()
    call(work, "alerts", "run")
    seconds, worked = time.perf_counter() - start, processor_seconds() - worked
    found = told(work)
    new = arrived(work, before)
    with closing(open_searcher(work / "index")) as searcher:
        stats = searcher.stats()
    bad = wrong(work, new, found, sample)
    once = set(found.values()) <= {1}
    print(
        f"| {stats.cables:,} | {stats.paragraphs:,} | {len(new)} | {indexed:.1f} s"
        f" | {seconds:.1f} s | {worked:.1f} s"
        f" | {sum(found.values()):,} | {len(bad)} of {sample} |",
        flush=True,
    )
    for each in bad[:10]:
        print(f"    not the same: {each}", file=sys.stderr)
    return once and not bad, seconds


def kill(work: Path, seconds: float, moment: float, whole: set[tuple[str, str, str]]) -> bool:
    """Kill a run at a moment, and complete it; says whether each hit was told once."""
    shutil.copyfile(work / "state", work / "index" / STATE_FILE)
    (work / "hits.jsonl").unlink(missing_ok=True)
    shutil.rmtree(work / "feeds", ignore_errors=True)
    process = subprocess.Popen(  # noqa: S603 - of ours
        command(work, "alerts", "run"), cwd=work, stdout=subprocess.DEVNULL
    )
    try:
        process.wait(timeout=moment)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
    left = sum(told(work).values())
    call(work, "alerts", "run")
    found = told(work)
    in_feeds = sum(path.read_text("utf-8").count("<entry>") for path in work.glob("feeds/*.atom"))
    right = set(found) == whole and set(found.values()) <= {1}
    print(
        f"| {moment:.1f} s | {left:,} | {sum(found.values()):,} | {in_feeds:,} | {right} |",
        flush=True,
    )
    return right


def main() -> int:
    """Print both tables."""
    options = argparse.ArgumentParser(description="alerts after new cables")
    options.add_argument("--cables", type=int, nargs="+", default=[2_500, 25_000])
    options.add_argument("--alerts", type=int, default=1_000)
    options.add_argument("--sample", type=int, default=100)
    options.add_argument("--times", type=int, default=10)
    options.add_argument("--work", type=Path)
    chosen = options.parse_args()
    drawn = random.Random(1)  # noqa: S311 - which moments, not a secret
    right = True
    with tempfile.TemporaryDirectory(dir=chosen.work) as temporary:
        print(
            "| cables | paragraphs | new | indexing them | the alerts | of the processor | hits | not the same |"
        )
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        seconds = 0.0
        work = Path(temporary)
        for cables in chosen.cables:
            work = Path(temporary) / str(cables)
            work.mkdir()
            good, seconds = measure(work, cables, chosen.alerts, chosen.sample)
            right = right and good
        whole = set(told(work))
        print("\n| killed after | told then | told in the end | in the feeds | each once |")
        print("| --- | --- | --- | --- | --- |")
        for _ in range(chosen.times):
            right = kill(work, seconds, drawn.uniform(0.3, seconds), whole) and right
    return not right


if __name__ == "__main__":
    sys.exit(main())
