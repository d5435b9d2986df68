"""Archives: what is inside is read from the stream, named after both, and never costs more than it may."""

from __future__ import annotations

import bz2
import gzip
import importlib.util
import io
import lzma
import os
import random
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import py7zr
import pytest
from told import told
from wrapping import tarred, zipped, zst

from indexer.inputs import archives, containers, seven_zip
from indexer.inputs.containers import FREE_BYTES, MOST_GROWTH, Budget, Member
from indexer.inputs.files import MOST_DEPTH, Item
from indexer.page import PassedOver, RawPage, SetAside

Inside = Callable[..., list[Item]]
Make = Callable[..., bytes]

TEXT = b"SUBJECT: The lamp\n\n1. (U) It was lit.\n"
OTHER = b"SUBJECT: The quay\n\n1. (U) It was dark.\n"


def sevened(files: dict[str, bytes], password: str | None = None) -> bytes:
    data = io.BytesIO()
    with py7zr.SevenZipFile(data, "w", password=password) as archive:
        for name, content in files.items():
            archive.writestr(content, name)
    return data.getvalue()


FILES = {"one.txt": TEXT, "inner/two.txt": OTHER}
PAGES = [("a/one.txt", TEXT.decode()), ("a/inner/two.txt", OTHER.decode())]


@pytest.mark.parametrize(
    "data",
    [
        zipped(FILES),
        zipped(FILES, zipfile.ZIP_STORED),
        zipped(FILES, zipfile.ZIP_BZIP2),
        tarred(FILES),
        tarred(FILES, "w:gz"),
        tarred(FILES, "w:bz2"),
        tarred(FILES, form=tarfile.GNU_FORMAT),
        tarred(FILES, form=tarfile.USTAR_FORMAT),
        tarred(FILES, "w:xz"),
        zst(tarred(FILES)),
        sevened(FILES),
    ],
    ids=[
        *("zip", "stored", "zip with bzip2", "tar", "tar.gz", "tar.bz2", "GNU tar", "old tar"),
        *("tar.xz", "tar.zst", "7z"),
    ],
)
def test_members_are_named_after_archive_and_place(inside: Inside, data: bytes) -> None:
    assert told(inside(data)) == PAGES


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zst])
def test_one_packed_page_has_the_name_of_the_file(inside: Inside, pack: Make) -> None:
    assert told(inside(pack(TEXT))) == [("a", TEXT.decode())]
    assert told(inside(pack(TEXT[:9]) + pack(TEXT[9:]))) == [("a", TEXT.decode())]


def test_parts_of_an_xz_may_have_zeros_behind_them(inside: Inside) -> None:
    padded = lzma.compress(TEXT[:9]) + bytes(8) + lzma.compress(TEXT[9:]) + bytes(4)
    assert told(inside(padded)) == [("a", TEXT.decode())]


def test_archives_inside_archives(inside: Inside) -> None:
    data = zipped(
        {
            "x.zip": zipped(FILES),
            "y.tgz": tarred({"z": TEXT}, "w:gz"),
            "w.txt.gz": gzip.compress(OTHER),
        }
    )
    assert [address for address, _ in told(inside(data))] == [
        "a/x.zip/one.txt",
        "a/x.zip/inner/two.txt",
        "a/y.tgz/z",
        "a/w.txt.gz",
    ]


def test_archives_have_a_depth(inside: Inside) -> None:
    data = TEXT
    for _ in range(MOST_DEPTH):
        data = zipped({"x": data})
    assert told(inside(data))[0][1] == TEXT.decode()
    [(_, reason)] = told(inside(zipped({"x": data})))
    assert reason == f"it is a container inside {MOST_DEPTH} others"


@pytest.mark.parametrize("make", [zipped, tarred])
def test_names_are_labels_and_nothing_is_written(
    inside: Inside, make: Make, tmp_path: Path
) -> None:
    names = ["/etc/cablegram.txt", "../../up.txt", "./here.txt", "a\\b.txt", "red\x1b[31m.txt"]
    items = inside(make(dict.fromkeys(names, TEXT)))
    assert [item.address for item in items] == [
        "a/etc/cablegram.txt",
        "a/../../up.txt",
        "a/here.txt",
        "a/a\\b.txt",
        "a/red\x1b[31m.txt",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("make", [zipped, tarred])
def test_hidden_files_are_left_out_and_documentation_is_passed_over(
    inside: Inside, make: Make
) -> None:
    items = inside(
        make(
            {
                ".git/x": TEXT,
                "__MACOSX/one.txt": TEXT,
                "b/.c": TEXT,
                "README.md": b"x",
                "one.txt": TEXT,
            }
        )
    )
    assert items[0] == PassedOver("a/README.md", "documentation")
    assert told(items) == PAGES[:1]


def test_links_and_devices_in_a_tar_are_left_out(inside: Inside) -> None:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for name, kind in (
            ("l", tarfile.SYMTYPE),
            ("h", tarfile.LNKTYPE),
            ("d", tarfile.CHRTYPE),
            ("f", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert inside(data.getvalue()) == []


def test_what_in_an_archive_is_no_page_is_set_aside_by_itself(inside: Inside) -> None:
    items = told(
        inside(
            zipped(
                {"empty": b"", "pic": b"\x89PNG\r\n\x1a\n", "big": b"x" * 2_000, "one.txt": TEXT}
            ),
            1_000,
        )
    )
    assert [address for address, _ in items] == ["a/empty", "a/pic", "a/big", "a/one.txt"]
    assert "empty" in items[0][1]
    assert "PNG" in items[1][1]
    assert "more than 1,000 bytes" in items[2][1]


@pytest.mark.parametrize(
    "files",
    [
        {"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"},
        {"mimetype": b"application/epub+zip", "content.xml": b"<x/>"},
    ],
    ids=["spreadsheet", "e-book"],
)
def test_documents_without_a_text_are_named(inside: Inside, files: dict[str, bytes]) -> None:
    [(_, reason)] = told(inside(zipped(files)))
    assert "office document" in reason


def test_a_member_that_is_encrypted_is_named(inside: Inside) -> None:
    data = bytearray(zipped({"one.txt": TEXT}))
    for at in (
        6,
        data.index(b"PK\x01\x02") + 8,
    ):  # the flags in the member's header and in the list
        data[at] |= 1
    assert told(inside(bytes(data))) == [("a/one.txt", "it is encrypted")]


def test_a_damaged_member_costs_itself_only(inside: Inside) -> None:
    data = bytearray(zipped(FILES))
    data[40 + len("one.txt")] ^= 0xFF
    [(address, reason), other] = told(inside(bytes(data)))
    assert address == "a/one.txt"
    assert "the ZIP archive is damaged" in reason
    assert other == PAGES[1]


@pytest.mark.parametrize(
    "make",
    [
        *(
            zipped,
            tarred,
            lambda files: tarred(files, "w:gz"),
            lambda files: gzip.compress(TEXT * 99),
        ),
        *(lambda files: tarred(files, "w:xz"), lambda files: zst(tarred(files)), sevened),
    ],
)
def test_archives_cut_anywhere_are_read_or_set_aside(inside: Inside, make: Make) -> None:
    whole = make({f"{number}.txt": TEXT * 9 for number in range(9)})
    for cut in range(0, len(whole), max(1, len(whole) // 60)):
        for item in inside(whole[:cut]):
            assert isinstance(item, RawPage | SetAside)


@pytest.mark.parametrize("make", [zipped, tarred, lambda files: tarred(files, "w:gz"), sevened])
def test_archives_with_any_byte_changed_are_read_or_set_aside(inside: Inside, make: Make) -> None:
    whole = make({f"{number}.txt": TEXT for number in range(3)})
    chance = random.Random(7)  # noqa: S311 - no secret
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        for item in inside(bytes(data)):
            assert isinstance(item, RawPage | SetAside | PassedOver)


@pytest.fixture
def small_budget(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(containers, "FREE_BYTES", 1_000_000)
    return 1_000_000


@pytest.mark.parametrize(
    "wrap", [lambda data: data, lambda data: zipped({"x": data})], ids=["alone", "inside another"]
)
@pytest.mark.parametrize(
    "make",
    [
        lambda: zipped({f"{number}.txt": b" " * 100_000 for number in range(50)}),
        lambda: tarred({f"{number}.txt": b" " * 100_000 for number in range(50)}, "w:gz"),
        lambda: gzip.compress(b" " * 5_000_000, 9),
        lambda: lzma.compress(b" " * 5_000_000),
        lambda: zst(b" " * 5_000_000),
        lambda: sevened({f"{number}.txt": b" " * 100_000 for number in range(50)}),
    ],
    ids=["zip", "tar.gz", "gzip", "xz", "zst", "7z"],
)
def test_a_small_archive_that_grows_to_a_mountain_is_stopped(
    inside: Inside, small_budget: int, make: Make, wrap: Make
) -> None:
    data = wrap(make())
    assert len(data) * MOST_GROWTH < 5_000_000
    *_, (address, reason) = told(inside(data))
    assert address == "a"
    assert "come out of it" in reason
    assert f"{MOST_GROWTH} times" in reason


def test_members_that_share_their_bytes_count_each(inside: Inside, small_budget: int) -> None:
    """The list of a .zip may name one packed member many times."""
    data = zipped({"x": b" " * 100_000})
    start = data.index(b"PK\x01\x02")
    entry = data[start : data.index(b"PK\x05\x06")]
    count = 60
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, start, 0)
    *_, (_, reason) = told(inside(data[:start] + entry * count + end))
    assert "come out of it" in reason or "Overlapped" in reason


def test_what_came_before_the_mountain_is_read(inside: Inside, small_budget: int) -> None:
    bomb = zipped({"one.txt": TEXT, **{f"{number}": b" " * 100_000 for number in range(50)}})
    assert told(inside(bomb))[0] == PAGES[0]


def test_no_more_is_unpacked_than_is_read() -> None:
    budget = Budget(1)
    data = io.BytesIO(zipped({"x": b"x" * 50_000_000}))
    walk = archives.members(data, "ZIP", "a", budget)
    member = next(walk)
    assert isinstance(member, Member)
    assert member.stream.read(1_000) == b"x" * 1_000
    assert budget.unpacked < 200_000


def test_a_tar_with_a_header_without_end_is_set_aside(inside: Inside) -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 8**11 - 1
    [(_, reason)] = told(inside(info.tobuf(tarfile.USTAR_FORMAT) + b"\0" * 20_000))
    assert "the tar archive is damaged" in reason


def test_a_tar_of_nothing_but_long_names_is_set_aside(inside: Inside) -> None:
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 512
    block = info.tobuf(tarfile.GNU_FORMAT) + b"x" * 512
    for item in inside(block * 5_000):
        assert isinstance(item, SetAside)


def test_a_zip_whose_list_is_too_long_is_not_read(inside: Inside) -> None:
    size = 33_000_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65_535, 65_535, size, 0, 0)
    [(_, reason)] = told(inside(b"PK\x03\x04" + bytes(size) + end))
    assert "list of members" in reason


def test_a_large_archive_may_give_much() -> None:
    budget = Budget(size=1_000_000_000)
    budget.spend(FREE_BYTES * 100)
    assert budget.unpacked == FREE_BYTES * 100


def test_a_raw_stream_of_deflate_is_no_archive(inside: Inside) -> None:
    [(_, reason)] = told(inside(zlib.compress(os.urandom(100))))
    assert reason


def test_a_7z_with_a_password_is_named(inside: Inside) -> None:
    assert told(inside(sevened(FILES, "secret"))) == [("a", "it is encrypted")]


def test_a_7z_without_the_library_is_set_aside(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    [aside] = inside(sevened(FILES))
    assert isinstance(aside, SetAside)
    assert "not installed" in aside.reason
    assert "cablegram[7z]" in aside.advice


def test_a_7z_that_asks_for_much_memory_is_not_read(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seven_zip, "_MOST_MEMORY", 1_000)
    [(_, reason)] = told(inside(sevened(FILES)))
    assert "bytes of memory" in reason


def test_markdown_in_an_archive_is_read_and_counted_without_a_cable(inside: Inside) -> None:
    notes = {"n/cable.md": b"# Lamp\n\n**SUBJECT:** The lamp\n", "n/todo.md": b"milk\n"}
    items = inside(zipped({**notes, "README.md": TEXT}))
    assert told(items) == [
        ("a/n/cable.md", "Lamp\n\nSUBJECT: The lamp\n"),
        ("a/n/todo.md", "milk\n"),
    ]
    assert [item.among for item in items if isinstance(item, RawPage)] == [
        "a/n/cable.md",
        "a/n/todo.md",
    ]
    assert items[-1] == PassedOver("a/README.md", "documentation")
