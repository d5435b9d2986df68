"""The measurement of telegrams under several ids, on few of them: floors that a change must not go below."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.same_telegram import Outcome, measure, real_cables
from benchmarks.same_telegram_scale import collection
from benchmarks.telegram_damage import NEIGHBOURS, VERSIONS, Damage, page, telegram_of
from corpus.model import Cable


@pytest.fixture(scope="module")
def real(shared: Path) -> list[Cable]:
    return real_cables(shared / "data")


@pytest.fixture(scope="module")
def outcome(real: list[Cable]) -> Outcome:
    return measure(real[::4], 240, 3)


def test_versions_are_found_and_neighbours_are_not(outcome: Outcome) -> None:
    assert sum(outcome.pairs.values()) >= 230
    assert outcome.recall >= 0.95, outcome.missed
    assert outcome.precision >= 0.99, outcome.joined


def test_every_kind_is_there(outcome: Outcome) -> None:
    assert set(outcome.pairs) == set(VERSIONS)
    assert set(outcome.neighbours) == set(NEIGHBOURS)
    assert all(outcome.found[kind] >= 0.7 * outcome.pairs[kind] for kind in VERSIONS)


def test_the_real_material_has_no_two_of_one_telegram(real: list[Cable]) -> None:
    """Two forms of one day, 49 words each, are the nearest: they were read, and are two telegrams."""
    assert measure(real, 0, 1).real == []


def test_the_same_seed_gives_the_same_pages(real: list[Cable]) -> None:
    made = [each for cable in real[:20] if (each := telegram_of(cable))]
    one, other = (Damage(7, tuple(made)) for _ in range(2))
    for change in (*VERSIONS.values(), *NEIGHBOURS.values()):
        pages = page(change(made[3], one))
        assert pages == page(change(made[3], other))
        assert pages != page(made[3])


def test_a_collection_to_measure_has_versions() -> None:
    names = [each.id for each in collection(60)]
    assert len(names) == 60
    assert sum(name.startswith("copy of") for name in names) >= 2
    assert any(other == f"copy of {one}" for one, other in pairwise(names))
