"""What a word is, in the spellings that cables and their readers use."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import snowballstemmer
from snowballstemmer.english_stemmer import EnglishStemmer

from search.analysis import LONGEST_TERM, analyse, fold, last_word


def terms(text: str) -> str:
    return " ".join(token.term for token in analyse(text))


def stems(text: str) -> str:
    return " ".join(token.stem for token in analyse(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Putian: Shoes, and More!", "putian shoes and more"),
        ("U.S.", "us"),
        ("U.S.-UK trade", "us uk trade"),
        ("the U.S. and the U.N.'s", "the us and the un"),
        ("U.S.Customs", "us customs"),
        ("E.O. 12958: N/A", "eo 12958 n a"),
        ("Ph.D.", "ph d"),
        ("at foo.b.c", "at foo b c"),
        ("Banquo's Banquo’s PSB'S", "banquo banquo psb"),
        ("officials' don't", "officials dont"),
        ("Sana'a Shi’a O'Brien rock'n'roll", "sanaa shia obrien rocknroll"),
        ("Cote d'Ivoire, L'Aquila", "cote d ivoire l aquila"),
        ("F-16 S/S 1,300 CD/DVD", "f 16 s s 1 300 cd dvd"),
        ("under_score -- *** &", "under score"),
        ("São Paulo, ŁÓDŹ, Straße, Ærø", "sao paulo lodz strasse aero"),
        ("Jose\u0301's", "jose"),
        ("enforce\u00adment", "enforcement"),
        ("Москва и Ёлка", "москва и елка"),
        ("القاهرة مُحَمَّد كـــتاب", "القاهرة محمد كتاب"),
        ("中国F16", "中 国 f16"),
        ("हिन्दी", "हिन्दी"),
        ("ﬁnance m² 3½", "finance m2 3"),
        ("", ""),
    ],
)
def test_terms(text: str, expected: str) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("injunction injunctions", "injunct injunct"),
        ("enforcing enforcement enforces", "enforc enforc enforc"),
        ("Provincial provinces", "provinci provinc"),
        ("U.S. us", "us us"),
        ("Москва 2007", "москва 2007"),
    ],
)
def test_stems(text: str, expected: str) -> None:
    assert stems(text) == expected


def test_offsets_count_characters_of_the_text_as_it_is() -> None:
    text = "Łódź: the U.S.-UK “ﬁnance” of Banquo’s 中国"
    shown = [text[token.start : token.end] for token in analyse(text)]
    assert shown == ["Łódź", "the", "U.S.", "UK", "ﬁnance", "of", "Banquo", "中", "国"]


def test_a_run_without_end_is_cut_and_still_found() -> None:
    (token,) = analyse("a" * 1_000_000)
    assert token.term == "a" * LONGEST_TERM
    assert token.end == 1_000_000
    assert analyse("a" * LONGEST_TERM)[0].term == token.term


@pytest.mark.parametrize(
    ("value", "same"),
    [
        ("La  Paz ", "LA PAZ"),
        ("San José", "san jose"),
        ("Cote d’Ivoire", "COTE D'IVOIRE"),
        ("S/NF", "s/nf"),
        ("“Shoes” – and more", '"shoes" - and more'),
    ],
)
def test_values_that_are_the_same_when_folded(value: str, same: str) -> None:
    assert fold(value) == fold(same)


@pytest.mark.parametrize(
    ("value", "other"), [("S/NF", "SNF"), ("La Paz", "LaPaz"), ("SBU", "SBU/NF"), ("A", "B")]
)
def test_values_that_stay_different(value: str, other: str) -> None:
    assert fold(value) != fold(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("the inj", "inj"), ("Putian", "putian"), ("putian ", ""), ("", ""), ("F-1", "1"), ("a)", "")],
)
def test_the_word_being_typed(text: str, expected: str) -> None:
    assert last_word(text) == expected


def test_threads_do_not_disturb_each_other() -> None:
    """The stemmer keeps a state while it works; words that no other test uses are not remembered from there."""
    batches = [
        [f"{stem}{number}ational" for number in range(400)] for stem in ("rel", "nav", "cor")
    ]
    stemmer = snowballstemmer.stemmer("english")
    expected = [[stemmer.stemWord(word) for word in batch] for batch in batches]
    with ThreadPoolExecutor(len(batches)) as pool:
        together = list(pool.map(lambda batch: [stems(word) for word in batch], batches))
    assert together == expected


def test_the_stemmer_in_c_and_the_one_in_python_are_the_same() -> None:
    page = Path(__file__).parents[2] / "corpus" / "samples" / "scoop" / "07GUANGZHOU376.html"
    words = {token.term for token in analyse(page.read_text(encoding="utf-8"))}
    in_python = EnglishStemmer()
    assert len(words) > 500
    assert [stems(word) for word in sorted(words)] == [
        in_python.stemWord(word) for word in sorted(words)
    ]
