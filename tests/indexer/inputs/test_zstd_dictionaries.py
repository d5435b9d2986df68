"""Web archives packed by a dictionary that stands in their first frame (the IIPC's warc-zstd 1.0)."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Callable

import pytest
from told import told
from wrapping import (
    URL,
    Capture,
    frame_to_skip,
    warc_records,
    zst,
    zst_with_dictionary,
    zstd_library,
)

from indexer.inputs import compression, containers
from indexer.inputs.files import Item
from indexer.page import RawPage, SetAside

Inside = Callable[..., list[Item]]

TEXT = "SUBJECT: The lamp of quay {}\n\n1. (U) It was lit, and {} ships saw it.\n"
PAGES = [
    Capture(TEXT.format(n, 3 * n).encode(), f"{URL}?{n}", headers=(("Content-Type", "text/plain"),))
    for n in range(40)
]
RECORDS = warc_records(*PAGES)


@pytest.fixture(scope="module")
def dictionary() -> bytes:
    samples = [record for n in range(8) for record in warc_records(*PAGES)[1:]]
    made: bytes = zstd_library().train_dict(samples, 4_096).dict_content
    return made


def texts(items: list[Item]) -> list[str]:
    return [item.text for item in items if isinstance(item, RawPage)]


@pytest.mark.parametrize("packed", [False, True], ids=["as it is", "packed itself"])
def test_the_pages_are_read(inside: Inside, dictionary: bytes, packed: bool) -> None:
    data = zst_with_dictionary(RECORDS, dictionary, packed=packed)
    items = inside(data)
    assert texts(items) == [page.body.decode() for page in PAGES]
    assert [item.url for item in items if isinstance(item, RawPage)] == [page.url for page in PAGES]
    assert not [item for item in items if isinstance(item, SetAside)]
    # The dictionary is needed: without it not one record can be unpacked.
    without = data[
        data.index(b"\x28\xb5\x2f\xfd", 8 + len(zst(dictionary) if packed else dictionary)) :
    ]
    assert not texts(inside(without))


def test_frames_of_others_are_skipped(inside: Inside, dictionary: bytes) -> None:
    whole = zst_with_dictionary(RECORDS[:3], dictionary)
    start = len(frame_to_skip(dictionary))
    data = whole[:start] + frame_to_skip(b"of another program", 0) + whole[start:]
    assert len(texts(inside(data))) == 2


def test_two_archives_one_behind_the_other(inside: Inside, dictionary: bytes) -> None:
    other: bytes = zstd_library().train_dict([*RECORDS[1:]] * 8, 2_048).dict_content
    assert other != dictionary
    data = zst_with_dictionary(RECORDS[:3], dictionary) + zst_with_dictionary(RECORDS[3:5], other)
    assert len(texts(inside(data))) == 4


def test_a_plain_text_packed_by_a_dictionary(inside: Inside, dictionary: bytes) -> None:
    page = TEXT.format(1, 2)
    assert texts(inside(zst_with_dictionary([page.encode()], dictionary))) == [page]


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda whole, at: whole[:6], "ends in its dictionary"),
        (lambda whole, at: whole[: at - 10], "ends in its dictionary"),
        (lambda whole, at: frame_to_skip(b"a list of words") + whole[at:], "dictionary is none"),
        (lambda whole, at: frame_to_skip(whole[8:12] + b"\0" * 300) + whole[at:], "dictionary"),
        (lambda whole, at: frame_to_skip(zst(b" " * 999)) + whole[at:], "dictionary is none"),
        (lambda whole, at: frame_to_skip(zst(whole[8:at])[:-9]) + whole[at:], "dictionary ends"),
        (lambda whole, at: whole[:4] + b"\xff" * 4 + whole[8:], "more than 16,000,000 bytes"),
        (lambda whole, at: whole[at:], "dictionary"),
        (lambda whole, at: whole[:-20], "ends before its end"),
    ],
    ids=[
        *("cut in its size", "cut", "no dictionary", "damaged", "packed, none", "packed, cut"),
        *("said to be large", "lost", "the last record cut"),
    ],
)
def test_damage_is_told(
    inside: Inside, dictionary: bytes, damage: Callable[[bytes, int], bytes], reason: str
) -> None:
    whole = zst_with_dictionary(RECORDS, dictionary)
    asides = [
        item
        for item in inside(damage(whole, len(frame_to_skip(dictionary))))
        if isinstance(item, SetAside)
    ]
    assert asides
    assert reason in asides[0].reason.lower()


def test_a_record_of_another_dictionary_ends_the_reading(inside: Inside, dictionary: bytes) -> None:
    other: bytes = zstd_library().train_dict([*RECORDS[1:]] * 8, 2_048).dict_content
    strange = zst_with_dictionary(RECORDS[5:6], other)[len(frame_to_skip(other)) :]
    items = inside(zst_with_dictionary(RECORDS[:5], dictionary) + strange)
    assert len(texts(items)) >= 3
    assert "damaged" in told([item for item in items if isinstance(item, SetAside)])[0][1]


def test_a_dictionary_that_grows_to_a_mountain_is_stopped(inside: Inside) -> None:
    data = frame_to_skip(zst(b"\x37\xa4\x30\xec" + b" " * 400_000_000)) + zst(RECORDS[0])
    tracemalloc.start()
    items = inside(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    [(_, reason)] = told(items)
    assert f"more than {compression.MOST_DICTIONARY:,} bytes" in reason
    assert most < 8 * compression.MOST_DICTIONARY


def test_what_grows_behind_a_dictionary_is_stopped(
    inside: Inside, dictionary: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(containers, "FREE_BYTES", 1_000_000)
    bomb = zst_with_dictionary([RECORDS[0], b" " * 15_000_000], dictionary)
    assert "come out of it" in told(inside(bomb))[-1][1]


def test_bytes_that_are_damaged_anywhere_end_in_a_sentence(
    inside: Inside, dictionary: bytes
) -> None:
    whole = zst_with_dictionary(RECORDS[:4], dictionary, packed=True)
    draw = random.Random(11)  # noqa: S311 - drawn for a test
    for _ in range(60):
        data = bytearray(whole)
        data[draw.randrange(4, len(data))] ^= 1 << draw.randrange(8)
        for item in inside(bytes(data)):
            if isinstance(item, SetAside):
                assert item.reason
                assert item.advice
