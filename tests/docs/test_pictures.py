"""The pictures of the pages: small, of each width, and those that documents show are there."""

from __future__ import annotations

from pathlib import Path

MOST_BYTES = 80_000
# The byte of a PNG file that tells how its colours are kept, and its value for a palette.
COLOUR_TYPE, PALETTE = 25, 3


def test_pictures_are_small_and_there_in_each_width(root: Path) -> None:
    pictures = sorted((root / "docs" / "images").glob("*.png"))
    assert len(pictures) > 20
    for picture in pictures:
        content = picture.read_bytes()
        assert len(content) <= MOST_BYTES, picture.name
        assert content[COLOUR_TYPE] == PALETTE, picture.name
    names = {picture.stem for picture in pictures}
    pages = {name.rpartition("-")[0] for name in names}
    assert names == {f"{page}-{width}" for page in pages for width in ("wide", "middle", "narrow")}
