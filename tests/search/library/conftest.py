"""Indexes as `import cablegram` has them: the sample cables, and cables whose texts try to get out of their place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from indexes import index_of
from odd_cables import ODD_CABLES

import cablegram
from corpus.model import Cable, Paragraph, Part, Post, Reference
from search.library.index import Index

SCRIPT = "<script>alert(1)</script>"
HOSTILE = Cable(
    id="08LAPAZ666",
    subject=f'{SCRIPT} "quoted" & more',
    paragraphs=(Paragraph("p1", 1, None, SCRIPT, Part.BODY, f"=evil() {SCRIPT}"),),
    references=(Reference("La Paz 12", "08LAPAZ12"), Reference("08 LA PAZ 666", "08LAPAZ666")),
)
# More than one piece of an answer, with a word that all of them have.
SERIES = tuple(
    Cable(
        id=f"{year % 100:02}LAPAZ{number}",
        date=datetime(year, 1 + number % 12, 1, tzinfo=UTC),
        origin=Post("LAPAZ", "La Paz", "Bolivia", "Western Hemisphere"),
        subject=f"Weekly report {number}",
        tags=("PGOV",),
        references=(Reference("08 La Paz 666", "08LAPAZ666"),),
        paragraphs=tuple(
            Paragraph(f"p{n}", n, "U", "Report", Part.BODY, f"Nothing new in week {number}, {n}.")
            for n in range(1, 8)
        ),
    )
    for number, year in ((number, 2001 + number % 9) for number in range(10, 110))
)


@pytest.fixture(scope="session")
def samples() -> Iterator[cablegram.Index]:
    with cablegram.open_samples(address="https://cables.example/") as index:
        yield index


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("odd") / "index"
    # Of one of them no index can be made: it has half of a surrogate pair.
    odd = [cable for name, cable in ODD_CABLES.items() if name != "half a sign"]
    index_of(folder, (*odd, HOSTILE, *SERIES)).close()
    with Index(folder) as index:
        yield index
