"""What several tests of inputs do: give bytes as a file, and tell shortly what was read of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.inputs.files import Item, read
from indexer.inputs.finding import PageFile


@pytest.fixture
def inside(tmp_path: Path) -> Callable[..., list[Item]]:
    """Reads these bytes as the file `a`, with pages of so many bytes at most."""

    def of(data: bytes, limit: int = 20_000_000) -> list[Item]:
        path = tmp_path / "file"
        path.write_bytes(data)
        return list(read(PageFile(path, "a"), limit))

    return of
