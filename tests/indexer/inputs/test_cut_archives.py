"""Archives that were cut: what stands whole is read, and how much that was is told."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
from collections.abc import Callable

import pytest
from told import told
from wrapping import tarred, zipped

from indexer.inputs.files import Item

Inside = Callable[..., list[Item]]
Make = Callable[..., bytes]

TEXT = b"SUBJECT: The lamp\n\n1. (U) It was lit.\n"
OTHER = b"SUBJECT: The quay\n\n1. (U) It was dark.\n"
FILES = {"one.txt": TEXT, "inner/two.txt": OTHER}
PAGES = [("a/one.txt", TEXT.decode()), ("a/inner/two.txt", OTHER.decode())]


def streamed(files: dict[str, bytes]) -> bytes:
    """A .zip that was written to a pipe: the sizes stand behind each part."""

    class Pipe(io.RawIOBase):
        data = b""

        def writable(self) -> bool:
            return True

        def write(self, more: bytes) -> int:  # type: ignore[override]
            self.data += bytes(more)
            return len(more)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return pipe.data


@pytest.mark.parametrize(
    "make",
    [zipped, lambda files: zipped(files, zipfile.ZIP_STORED), streamed],
    ids=["packed", "stored", "streamed"],
)
@pytest.mark.parametrize("wrap", [lambda data: data, lambda data: gzip.compress(data)])
def test_the_whole_parts_of_a_cut_zip_are_read(inside: Inside, make: Make, wrap: Make) -> None:
    whole = make(FILES)
    listing = whole.index(b"PK\x01\x02")
    *pages, (address, reason) = told(inside(wrap(whole[: listing + 20])))
    assert (pages, address) == (PAGES, "a")
    assert "its end is missing" in reason
    assert reason.endswith("2 whole parts of it were read")
    second = whole.index(b"PK\x03\x04", 4)
    page, (cut, _), (_, reason) = told(inside(wrap(whole[: second + 50])))
    assert (page, cut) == (PAGES[0], "a/inner/two.txt")
    assert reason.endswith("1 whole part of it was read")
    (cut, _), (_, reason) = told(inside(wrap(whole[:45])))
    assert cut == "a/one.txt"
    assert reason.endswith("no part of it was read")


def test_a_false_part_of_a_cut_zip_is_told(inside: Inside) -> None:
    whole = bytearray(zipped(FILES, zipfile.ZIP_STORED))
    whole[45] ^= 1
    (address, reason), page, _ = told(inside(bytes(whole[: whole.index(b"PK\x01\x02")])))
    assert (address, page) == ("a/one.txt", PAGES[1])
    assert "checksum" in reason


def test_an_archive_cut_behind_whole_members_says_so(inside: Inside) -> None:
    whole = tarred(
        {f"{number}.txt": os.urandom(3_000).hex().encode() for number in range(9)}, "w:gz"
    )
    *pages, (_, member), (address, reason) = told(inside(whole[: len(whole) * 2 // 3]))
    assert len(pages) > 3
    assert address == "a"
    assert "is damaged" in member
    assert reason.endswith(f"{len(pages)} whole parts of it were read")


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
@pytest.mark.parametrize("wrap", [lambda data: data, lambda data: gzip.compress(data)])
def test_a_tar_that_is_cut_says_so_wherever_that_is(inside: Inside, form: int, wrap: Make) -> None:
    whole = tarred(FILES, form=form)
    end = whole.rindex(b"\n") // 512 * 512 + 512
    assert told(inside(wrap(whole))) == told(inside(wrap(whole[: end + 512]))) == PAGES
    # At a header, inside one, at a text and inside one; and nothing but the end missing.
    for cut in (*range(512, end + 1, 512), *range(700, end, 400)):
        *_, (address, reason) = told(inside(wrap(whole[:cut])))
        assert address == "a", cut
        assert "the tar archive is damaged" in reason, cut


def test_what_stands_in_the_place_of_a_header_is_told(inside: Inside) -> None:
    whole = tarred(FILES, form=tarfile.USTAR_FORMAT)
    second = whole.index(b"inner/two.txt")
    torn = whole[:second] + b"x" * 512 + whole[second + 512 :]
    page, (address, reason) = told(inside(torn))
    assert (page, address) == (PAGES[0], "a")
    assert "1 whole part of it was read" in reason
