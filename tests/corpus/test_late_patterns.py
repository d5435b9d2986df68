"""Patterns that are compiled late: each of them can be, and does what the library's does."""

from __future__ import annotations

import importlib
import pkgutil
import re

import corpus
import search
from corpus.late_patterns import _Used, late_pattern


def test_every_pattern_of_corpus_and_search_can_be_compiled() -> None:
    found = 0
    for package in (corpus, search):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, _Used):
                    found += 1
                    assert re.compile(value.pattern, vars(value)["_flags"]), f"{module.name}.{name}"
    assert found > 100


def test_late_pattern_does_what_the_library_does() -> None:
    late, soon = (
        late_pattern("(?P<word>[a-z]+)", re.IGNORECASE),
        re.compile("(?P<word>[a-z]+)", re.IGNORECASE),
    )
    assert late.pattern == soon.pattern
    for _ in range(2):  # before and after it was compiled
        assert [each["word"] for each in late.finditer("Ab 1 c")] == ["Ab", "c"]
        assert (late.flags, late.groups, late.groupindex) == (soon.flags, 1, soon.groupindex)
        assert late.sub("x", "a b") == "x x"
        assert late.fullmatch("a b") is None
        assert late.search("  b").start() == 2  # type: ignore[union-attr]
