"""What the golden tests share: reading a page as the parser gets it, lossy twins, and the update switch."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.model import Cable
from indexer.page import Markup, RawPage
from indexer.parse import parse


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


def raw_page(text: str, markup: Markup = "text") -> RawPage:
    return RawPage(text, "page", markup, hashlib.sha256(text.encode()).hexdigest())


@pytest.fixture(scope="session")
def read() -> Callable[[str], Cable]:
    """The one cable of a page given as text, or as HTML if it starts like HTML."""

    def read_page(text: str) -> Cable:
        markup: Markup = (
            "html" if text.lstrip().lower().startswith(("<!doctype", "<html")) else "text"
        )
        (cable,) = parse(raw_page(text, markup))
        return cable

    return read_page


@pytest.fixture(scope="session")
def lossy() -> Callable[[str], str]:
    """The filter that stored Scoop pages went through: drops lines that are mostly upper case (over half of
    their letters), of one word, or of digits and dashes alone."""

    def drop(text: str) -> str:
        kept = []
        for line in text.split("\n"):
            words = line.split()
            letters = [c for c in line if c.isalpha()]
            upper = sum(c.isupper() for c in letters)
            dropped = words and (
                len(words) == 1
                or (letters and upper * 2 > len(letters))
                or not re.search(r"[^\d\s\-=_]", line)
            )
            # The wire's own lines with their numbers are seen to survive: DE, DTG, E.O. and page marks.
            survives = re.match(r"DE R|[ROPZ] \d{6}Z|E\.O\.|[A-Z ]+ \d{8} +\d{3} OF", line)
            if not dropped or survives:
                kept.append(line)
        return "\n".join(kept)

    return drop


@pytest.fixture
def ranking_floors(root: Path) -> dict[str, dict[str, float]]:
    """The figures that ranking has once reached."""
    text = (root / "tests/golden/ranking.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, object], None]:
    """Compares a value with `parsed/NAME.json`; with --update-golden the file is written instead."""

    def check(name: str, value: object) -> None:
        path = Path(__file__).parent / "parsed" / f"{name}.json"
        text = json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), (
            f"{name} parses otherwise; see --update-golden"
        )

    return check
