"""What reads the input of strangers keeps its promises over made-up input; and one that does not is found."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest

from benchmarks.fuzz import TARGETS, Target, changed, fuzz, target

# So many of each are tried here; by hand it goes on as long as one likes.
MOST = {"pages": 60, "containers": 250, "questions": 600, "addresses": 600, "api": 150}
PATIENCE = 300.0
SEEDS = [b"one", b"two and three"]


@pytest.mark.parametrize("name", TARGETS)
def test_promises_are_kept(name: str, tmp_path: Path) -> None:
    with ExitStack() as opened:
        told = fuzz(target(name, opened, tmp_path), PATIENCE, f"{name} test", most=MOST[name])
    assert told.findings == {}
    assert told.executions == MOST[name]
    assert told.seconds > 0


# What was found once: the shortest of each kind that breaks it.
FOUND: list[tuple[str, str | bytes]] = [
    ("containers", b"1,2\r3,4,5,6,7,8,9,10,11,12\n" * 3),
    ("addresses", f"collection={'a' * 39}+b"),
    ("questions", "in:>*"),
    ("questions", "words:guangzhou words:>=*"),
    ("questions", "\\\x85* guangzhou"),
    ("questions", "lante<as:*:***"),
    ("questions", '"lan["*'),
    ("questions", "=c\\\x0c"),
    ("questions", "rred*:*:*:*:~2"),
    ("questions", "tag:gz,*,*,*"),
    ("questions", "person:wheat;;*;;"),
    ("questions", "=cmd|<!\\\r\\"),
    ("questions", "year:guangzhou year:>*"),
    ("questions", "/la\ud800n.*n/ wheat"),
]


@pytest.mark.parametrize("place", range(len(FOUND)))
def test_what_was_found_is_mended(place: int, tmp_path: Path) -> None:
    name, given = FOUND[place]
    with ExitStack() as opened:
        target(name, opened, tmp_path).execute(given)


def test_what_breaks_is_found_and_kept(tmp_path: Path) -> None:
    def execute(given: str | bytes) -> None:
        if len(given) > 30:
            raise ValueError("too long")

    told = fuzz(Target(["a short text", "another"], execute), PATIENCE, "broken 1", tmp_path, 300)
    [(reason, times)] = told.findings.items()
    assert reason.startswith("ValueError in test_fuzz.py:")
    assert 0 < times < 300 == told.executions
    [kept] = tmp_path.iterdir()
    assert len(kept.read_bytes().decode("utf-8", "surrogatepass")) > 30


def test_the_same_seed_gives_the_same_input() -> None:
    one, again = ([changed(Random(seed), SEEDS) for seed in range(50)] for _ in range(2))  # noqa: S311
    assert one == again
    assert len(set(one)) > 40
