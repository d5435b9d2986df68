"""What the tests of indexes that are kept whole are made of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus.sample_cables import samples_folder


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some sample pages, and one of them twice, so that an index has a text beside its cables."""
    folder = tmp_path_factory.mktemp("pages")
    with samples_folder() as samples:
        for path in sorted(samples.rglob("*.txt"))[:6]:
            shutil.copy(path, folder)
    one = min(folder.iterdir())
    text = one.read_text("utf-8")
    (folder / f"again-{one.name}").write_text(f"{text}\nAnd so it ended.\n", "utf-8")
    return folder
