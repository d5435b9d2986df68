"""The examples of the library: those in its docstrings and those of `docs/python.md` do what they say."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import cablegram

_MODULES = ("found", "index")
_FLAGS = doctest.NORMALIZE_WHITESPACE
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _in_docstrings() -> Iterator[doctest.DocTest]:
    finder = doctest.DocTestFinder(exclude_empty=True)
    for name in _MODULES:
        for each in finder.find(import_module(f"search.library.{name}")):
            if each.examples:
                yield each


def _run(test: doctest.DocTest) -> None:
    told: list[str] = []
    runner = doctest.DocTestRunner(optionflags=_FLAGS)
    done = runner.run(test, out=told.append)
    assert done.attempted
    assert not done.failed, "".join(told)


@pytest.fixture(scope="module")
def index() -> Iterator[cablegram.Index]:
    with cablegram.open_samples() as opened:
        yield opened


@pytest.mark.parametrize("example", tuple(_in_docstrings()), ids=lambda each: each.name)
def test_docstring(example: doctest.DocTest, index: cablegram.Index) -> None:
    example.globs["index"] = index
    _run(example)


def test_page_about_it(root: Path) -> None:
    """All blocks of the page, one after the other, as a reader types them."""
    page = (root / "docs" / "python.md").read_text(encoding="utf-8")
    blocks = "\n".join(_BLOCK.findall(page))
    assert blocks.count(">>>") > 10
    _run(doctest.DocTestParser().get_doctest(blocks, {}, "docs/python.md", "docs/python.md", 0))
