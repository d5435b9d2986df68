"""Telegrams kept up to date: whatever the order of the runs, what is known is what one run over all would find."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sent_again import ROME, later, sentences, telegram

from corpus.ids import lookup_key
from corpus.model import Cable
from search.telegrams.comparing import Text, text_of
from search.telegrams.signatures import counts, sampled_marks, signature, text_words, unpack
from search.telegrams.store import FILE_NAME, ask, in_memory, writing
from search.telegrams.updating import update

TEXTS = [sentences(seed, 70) for seed in range(4)]
FIRST = telegram("1974OSLO00100", TEXTS)
COPY = replace(FIRST, id="1974OSLO00117")
EXTRACT = telegram("frus1969-76v99/d5", TEXTS[1:3])
SENT_AGAIN = later(
    telegram("1974ROME00007", ["Following is retransmission of Oslo 100:", *TEXTS], post=ROME),
    3,
    "1974ROME00007",
)
OTHER = telegram("1974OSLO00140", [sentences(seed, 70) for seed in range(40, 44)])
ANSWER = later(
    telegram("1974ROME00009", ["Quote", *TEXTS, sentences(80, 200)], post=ROME), 2, "1974ROME00009"
)
ALL = (FIRST, COPY, EXTRACT, SENT_AGAIN, OTHER, ANSWER)
Groups = set[frozenset[str]]


def run(folder: Path, cables: Iterable[Cable]) -> tuple[int, int]:
    by_key = {lookup_key(each.id): each for each in cables}

    def text(key: str) -> Text | None:
        return text_of(by_key[key]) if key in by_key else None

    with writing(folder) as store:
        signed = [(key, each.id, signature(each)) for key, each in by_key.items()]
        return update(store, signed, text, "now")


def groups(folder: Path) -> Groups:
    nothing: dict[int, tuple[str, ...]] = {}
    found = ask(folder, lambda store: store.telegrams()[1], nothing)
    return {frozenset(each) for each in found.values()}


def test_one_telegram_and_what_it_is_not(tmp_path: Path) -> None:
    run(tmp_path, ALL)
    assert groups(tmp_path) == {frozenset(each.id for each in (FIRST, COPY, EXTRACT, SENT_AGAIN))}
    versions = ask(tmp_path, lambda store: store.versions(lookup_key(EXTRACT.id)), ())
    assert [(each.cable, each.kind, each.fullest) for each in versions] == [
        (SENT_AGAIN.id, "retransmission", True),
        (FIRST.id, "copy", False),
        (COPY.id, "copy", False),
        (EXTRACT.id, "extract", False),
    ]
    assert ask(tmp_path, lambda store: store.versions(lookup_key(OTHER.id)), ()) == ()
    assert ask(tmp_path, lambda store: store.counts(), (0, 0, 0)) == (6, 1, 4)


def test_only_what_is_new_is_compared(tmp_path: Path) -> None:
    assert run(tmp_path, ALL[:2]) == (2, 1)
    assert run(tmp_path, ALL[:2]) == (0, 0)
    new, compared = run(tmp_path, ALL[:3])
    assert (new, compared) == (1, 2)
    assert groups(tmp_path) == {frozenset(each.id for each in (FIRST, COPY, EXTRACT))}


def test_the_order_of_the_runs_makes_no_difference(tmp_path: Path) -> None:
    for name, order in {"a": ALL, "b": ALL[::-1], "c": (*ALL[3:], *ALL[:3])}.items():
        folder = tmp_path / name
        folder.mkdir()
        for count in range(1, len(order) + 1):
            run(folder, order[:count])
    whole = tmp_path / "whole"
    whole.mkdir()
    run(whole, ALL)
    assert (
        groups(tmp_path / "a") == groups(tmp_path / "b") == groups(tmp_path / "c") == groups(whole)
    )


def test_a_cable_that_goes_or_changes_takes_its_pairs_along(tmp_path: Path) -> None:
    run(tmp_path, ALL)
    run(tmp_path, [each for each in ALL if each is not COPY])
    assert groups(tmp_path) == {frozenset(each.id for each in (FIRST, EXTRACT, SENT_AGAIN))}
    changed = replace(OTHER, id=SENT_AGAIN.id)
    run(tmp_path, (FIRST, EXTRACT, changed))
    assert groups(tmp_path) == {frozenset((FIRST.id, EXTRACT.id))}
    run(tmp_path, (EXTRACT,))
    assert groups(tmp_path) == set()


def test_a_copy_of_what_an_answer_quotes_makes_no_telegram_of_both(tmp_path: Path) -> None:
    bare = Cable("page-without-a-header", paragraphs=FIRST.paragraphs)
    run(tmp_path, (ANSWER, bare, FIRST))
    assert groups(tmp_path) == {frozenset((bare.id, FIRST.id))}


def test_a_run_that_breaks_off_leaves_what_was_known(tmp_path: Path) -> None:
    run(tmp_path, ALL[:2])
    before = groups(tmp_path)

    class Broken(Exception):
        pass

    def text(key: str) -> Text | None:
        raise Broken

    signed = [(lookup_key(each.id), each.id, signature(each)) for each in ALL]
    try:
        with writing(tmp_path) as store:
            update(store, signed, text, "later")
    except Broken:
        pass
    assert groups(tmp_path) == before
    assert ask(tmp_path, lambda store: store.state, "") == "now"
    run(tmp_path, ALL)
    assert len(groups(tmp_path)) == 1


def test_a_file_that_is_damaged_or_of_another_form_is_made_anew(tmp_path: Path) -> None:
    run(tmp_path, ALL)
    whole = groups(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("UPDATE about SET form = 999")
        connection.commit()
    assert groups(tmp_path) == set()
    run(tmp_path, ALL)
    assert groups(tmp_path) == whole
    (tmp_path / FILE_NAME).write_bytes(b"no database at all" * 100)
    assert groups(tmp_path) == set()
    run(tmp_path, ALL)
    assert groups(tmp_path) == whole


def test_no_file_answers_nothing(tmp_path: Path) -> None:
    assert ask(tmp_path, lambda store: store.state, "none") == "none"
    assert ask(None, lambda store: store.state, "none") == "none"


def test_a_signature_is_read_as_it_was_written() -> None:
    packed = signature(FIRST)
    read = unpack(packed)
    assert read.words == len(text_words(FIRST)) == 280
    assert read.number == unpack(signature(replace(COPY, id="74OSLO100"))).number != 0
    assert len(read.bands) == 16
    assert set(sampled_marks(text_words(FIRST))) <= set(read.marks)
    assert counts(packed) == (read.words, len(read.marks))
    assert unpack(signature(Cable("empty"))) == type(read)(0, 0, (), ())


def test_a_part_has_its_part_of_the_marks() -> None:
    whole, part = unpack(signature(FIRST)).marks, sampled_marks(text_words(EXTRACT))
    assert len(part) > 3
    assert set(part) <= set(whole)


def test_nothing_grows_in_memory() -> None:
    with in_memory() as store:
        assert store.counts() == (0, 0, 0)
