"""How surely one telegram is known under different ids: versions and neighbours of real telegrams, and real pairs.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/same_telegram.py ../shared/data [--pairs 2000] [--seed 1]
[--wrong]`. The telegrams of `aad` and `frus` are each made into another version of themselves, in every kind of
`benchmarks/telegram_damage.py` in turn, and into a neighbour that is another telegram; the parser reads the pages.
All of them, the real ones too, are then one collection, in which the telegrams are found as the indexer finds them.

A pair is right if both are in one group. Precision is counted over all pairs of all groups but those that
the real material has, which are printed beside it to be read.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from benchmarks.telegram_damage import NEIGHBOURS, VERSIONS, Damage, Telegram, page, telegram_of
from corpus.model import Cable
from indexer.errors import NotACable
from indexer.inputs.files import read
from indexer.inputs.finding import PageFile
from indexer.page import RawPage
from indexer.parse import parse
from indexer.runs.worker import cables_of
from search.telegrams.comparing import compare, judge, text_of
from search.telegrams.signatures import signature, unpack
from search.telegrams.store import in_memory
from search.telegrams.updating import update


@dataclass(slots=True)
class Outcome:
    """What came of a run: how many pairs there were of each kind and were found; which groups mix telegrams."""

    pairs: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, ...]] = field(default_factory=list)
    neighbours: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    joined: list[tuple[str, ...]] = field(default_factory=list)
    right_pairs: int = 0
    wrong_pairs: int = 0
    real: list[tuple[str, str]] = field(default_factory=list)
    compared: int = 0
    seconds: float = 0.0

    @property
    def recall(self) -> float:
        return sum(self.found.values()) / max(1, sum(self.pairs.values()))

    @property
    def precision(self) -> float:
        return self.right_pairs / max(1, self.right_pairs + self.wrong_pairs)


def real_cables(data: Path) -> list[Cable]:
    """The telegrams of the real material."""
    found: list[Cable] = []
    for file in (data / "aad/telegrams.jsonl", *sorted((data / "frus").glob("*.xml"))):
        for item in read(PageFile(file, str(file))):
            cables = cables_of(item)
            if isinstance(cables, tuple):
                found += cables
    return found


def read_page(telegram: Telegram, name: str) -> Cable | None:
    """What the parser makes of a telegram's page, under an id of its own where the page has no number."""
    text = page(telegram)
    try:
        cable = parse(
            RawPage(text, f"{name}.txt", "text", hashlib.sha256(text.encode()).hexdigest())
        )[0]
    except NotACable:
        return None
    return cable


def measure(cables: Sequence[Cable], pairs: int, seed: int) -> Outcome:
    """Make the collection and look for its telegrams."""
    sources = [(cable, made) for cable in cables if (made := telegram_of(cable))]
    damage = Damage(seed, tuple(made for _, made in sources))
    # Which telegram each entry is of: an entry is (name, cable), the name its own whatever its id.
    entries: list[tuple[str, Cable]] = []
    telegram: dict[str, str] = {}
    kind_of: dict[str, str] = {}
    for cable in cables:
        entries.append((cable.id, cable))
        telegram[cable.id] = cable.id
    wanted: list[tuple[str, str, str]] = []
    versions, neighbours = list(VERSIONS), list(NEIGHBOURS)
    for number in range(pairs):
        cable, made = sources[number % len(sources)]
        turn = number // len(sources) + number
        kind, other = versions[turn % len(versions)], neighbours[turn % len(neighbours)]
        version = read_page(VERSIONS[kind](made, damage), f"version-{number}")
        if version is not None:
            name = f"{cable.id}+{kind}"
            entries.append((name, version))
            telegram[name], kind_of[name] = cable.id, kind
            wanted.append((kind, cable.id, name))
        beside = read_page(NEIGHBOURS[other](made, damage), f"neighbour-{number}")
        if beside is not None:
            name = f"{cable.id}-{other}-{number}"
            entries.append((name, beside))
            telegram[name], kind_of[name] = name, other
    by_name = dict(entries)
    outcome = Outcome()
    start = time.perf_counter()
    signed = [(name, name, signature(cable)) for name, cable in by_name.items()]
    with in_memory() as store:
        _, outcome.compared = update(store, signed, lambda name: text_of(by_name[name]), "")
        groups, _ = store.telegrams()
        outcome.seconds = time.perf_counter() - start
    _judge(outcome, wanted, groups, telegram, kind_of)
    outcome.missed = [
        (*each[:3], _why(by_name[each[1]], by_name[each[2]])) for each in outcome.missed
    ]
    outcome.joined = [
        (*each[:2], _why(by_name[each[0]], by_name[each[1]])) for each in outcome.joined
    ]
    return outcome


def _why(one: Cable, other: Cable) -> str:
    """How two texts were judged, for the eye."""
    left, right = sorted((text_of(one), text_of(other)), key=lambda each: -len(each.words))
    bands = {*unpack(signature(one)).bands} & {*unpack(signature(other)).bands}
    marks = {*unpack(signature(one)).marks} & {*unpack(signature(other)).marks}
    return (
        f"{judge(left, right)} {compare(left.words, right.words)} {len(left.words)} {len(right.words)}"
        f" {left.who} {right.who} bands {len(bands)} marks {len(marks)}"
    )


def _judge(
    outcome: Outcome,
    wanted: list[tuple[str, str, str]],
    groups: dict[str, int],
    telegram: dict[str, str],
    kind_of: dict[str, str],
) -> None:
    for kind, one, other in wanted:
        outcome.pairs[kind] += 1
        if one in groups and groups[one] == groups.get(other):
            outcome.found[kind] += 1
        else:
            outcome.missed.append((kind, one, other))
    for name in telegram:
        if name in kind_of and telegram[name] == name:
            outcome.neighbours[kind_of[name]] += 1
    together: dict[int, list[str]] = {}
    for name, number in groups.items():
        together.setdefault(number, []).append(name)
    for names in together.values():
        for one, other in combinations(names, 2):
            if telegram[one] == telegram[other]:
                outcome.right_pairs += 1
            elif one not in kind_of and other not in kind_of:
                outcome.real.append((one, other))
            elif (
                telegram[one] in names
                and telegram[other] in names
                and _real_pair(telegram[one], telegram[other], kind_of)
            ):
                outcome.right_pairs += 1
            else:
                outcome.wrong_pairs += 1
                outcome.wrong[f"{kind_of.get(one, 'real')} / {kind_of.get(other, 'real')}"] += 1
                outcome.joined.append((one, other, ""))


def _real_pair(one: str, other: str, kind_of: dict[str, str]) -> bool:
    """Versions of two real cables that are one telegram."""
    return one not in kind_of and other not in kind_of


def lines(outcome: Outcome) -> Iterator[str]:
    """What is printed."""
    judged = outcome.right_pairs + outcome.wrong_pairs
    yield f"precision {outcome.precision:.4f} ({outcome.wrong_pairs} wrong of {judged} pairs)"
    yield f"recall    {outcome.recall:.4f} ({sum(outcome.found.values())} of {sum(outcome.pairs.values())} pairs)"
    yield f"compared  {outcome.compared} pairs; {outcome.seconds:.1f} s"
    for kind in outcome.pairs:
        found, count = outcome.found[kind], outcome.pairs[kind]
        yield f"  {kind:24} {found:4} of {count:4}  {found / count:.3f}"
    for kind, count in outcome.neighbours.items():
        yield f"  neighbours: {kind:24} {count:4}"
    for kind, count in outcome.wrong.most_common():
        yield f"  joined wrongly: {kind} {count}"
    for one, other in outcome.real:
        yield f"  of the real material: {one} = {other}"


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    options.add_argument("data", type=Path)
    options.add_argument("--pairs", type=int, default=2_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--wrong", action="store_true", help="name each pair that is wrong")
    given = options.parse_args()
    outcome = measure(real_cables(given.data), given.pairs, given.seed)
    for line in lines(outcome):
        print(line)
    if given.wrong:
        for missed in outcome.missed:
            print("missed", *missed)
        for joined in outcome.joined:
            print("joined", *joined)
    return 0


if __name__ == "__main__":
    sys.exit(main())
