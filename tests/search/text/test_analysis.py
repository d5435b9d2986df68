"""What a word is, in the spellings that cables and their readers use."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import snowballstemmer
from snowballstemmer.english_stemmer import EnglishStemmer

from search.text import plurals
from search.text.analysis import LONGEST_TERM, analyse, fold, indexed, last_word


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
        ("dell'Aquila NELL’UNITA sull`Iraq", "dell aquila nell unita sull iraq"),
        ("all'Italia un'altra quest'anno", "all italia un altra quest anno"),
        ("gl'interessi degl'Italiani coll'aiuto", "gl interessi degl italiani coll aiuto"),
        ("Sant'Egidio dell'hotel dall'11", "sant egidio dell hotel dall 11"),
        ("qu'il jusqu'en lorsqu’elle", "qu il jusqu en lorsqu elle"),
        ("c'est J'accuse n'est s'agit", "c est j accuse n est s agit"),
        ("dell'e\u0301tat", "dell etat"),
        ("D'Souza D'Amato Dell'Acqua", "d souza d amato dell acqua"),
        ("N'Djamena N'Guesso M'Bow M'Inoti", "ndjamena nguesso mbow minoti"),
        ("T'ang T'ien-an Ch'en K'ang Ta'izz", "tang tien an chen kang taizz"),
        ("Qur'an Qu'ran Qu'aiti Shun'ichi", "quran quran quaiti shunichi"),
        ("y'all all's UN's don't O'Neill", "yall all un dont oneill"),
        ("aujourd'hui quelqu'un presqu'ile", "aujourdhui quelquun presquile"),
        ("A. Q. Khan, a. q. khan", "aq khan aq khan"),
        ("U. S. policy; U. N.'s (U. S.-led)", "us policy un us led"),
        ("U. S. S. R.", "ussr"),
        ("J.R. R. Tolkien, J. R. R. Tolkien", "jrr tolkien jrr tolkien"),
        ("A.\nQ. Khan, A.\r\n    Q. Khan", "aq khan aq khan"),
        ("John F. Kennedy", "john f kennedy"),
        ("E. O. 11652: N/A", "eo 11652 n a"),
        ("Annex A. B. Smith, Annex A. B. C. Smith", "annex a b smith annex a bc smith"),
        ("Plan A. I. General", "plan a i general"),
        ("A. U. S. policy, A. U.S. policy", "a us policy a us policy"),
        ("in the U.S. B. Economy", "in the us b economy"),
        ("Ph. D. So do I. A. Smith", "ph d so do ia smith"),
        ("A.  Q. Khan, A.\n\nQ. Khan, A, Q. Khan", "a q khan a q khan a q khan"),
        ("at 1. A. first 2. B. second", "at 1 a first 2 b second"),
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


# Each plural that Snowball leaves or cuts short, in the spellings of cables, telegrams and questions.
PLURALS = """
    NGO NGOs  MP MPs  FSO FSOs  IDP IDPs  PRT PRTs  DCM DCMs  NCO NCOs  FSN FSNs  RSO RSOs  GAO GAOs  MOU MOUs
    FIU FIUs  ECU ECUs  CPU CPUs  SME SMEs  PRO PROs  MFA MFAs  IED IEDs  AED AEDs  YPG YPGs  ICBM ICBMs  SYG SYGs
    F-16 F-16s  MiG-21 MiG-21s  T-72 T-72s  B-52 B-52s  747 747s  PC-3 PC-3s  F16 F16s  M60 M60s  F-16C F-16Cs
    M-60 M-60s  A-320 A-320s  T-80 T-80s  SAM-70 SAM-70s  G-77 G-77s  PhD PhDs  LDC LDCs  TV TVs  hr hrs
"""


@pytest.mark.parametrize(("one", "many"), list(zip(*[iter(PLURALS.split())] * 2, strict=True)))
def test_the_plurals_of_acronyms_and_figures_meet(one: str, many: str) -> None:
    spellings = [
        one,
        many,
        *(each for word in (one, many) for each in (word.lower(), word.upper())),
    ]
    assert len({stems(each) for each in spellings}) == 1
    assert len({terms(each) for each in spellings}) == 2


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("PO", "POs"),
        ("LA", "LAs"),
        ("GP", "GPs"),
        ("FM", "FMs"),
        ("GPS", "GPSs"),
        ("XI", "XIs"),
        ("P.O.", "P.O.s"),
        ("M.P.", "M.P.s"),
        ("NGO", "NGO's"),
        ("NGO", "NGOs'"),
    ],
)
def test_capitals_with_a_small_s_are_a_plural(one: str, many: str) -> None:
    assert stems(one) == stems(many)


@pytest.mark.parametrize(
    "text",
    [
        "gas bus this thus plus his has us yes was",
        "Mrs Chris Kris Thos",
        "opus onus nous vous",
        "GPS CBS PBS SMS FMS JCS NDS DHS FBIS NCIS",
        "1970s 60s 1900s 2000s '80s mid-70s",
        "pos das las",
        "1960s-70s early/mid-60s post-80s",
        "1st 2nd 21st",
        "press class DSS",
        "Москвас",
        "Ms vs",
        "s S",
    ],
)
def test_an_s_that_is_no_plurals_stays(text: str) -> None:
    for spelling in (text, text.lower(), text.upper()):
        tokens = analyse(spelling)
        assert [token.stem for token in tokens if token.term[-1] == "s"] == [
            token.term for token in tokens if token.term[-1] == "s"
        ]


def test_initials_with_blanks_are_marked_whole() -> None:
    text = "by A.\n  Q. Khan (U. S.-led), J. R. Smith’s"
    shown = [text[token.start : token.end] for token in analyse(text)]
    assert shown == ["by", "A.\n  Q.", "Khan", "U. S.", "led", "J. R.", "Smith"]


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
    page = Path(__file__).parents[3] / "corpus" / "samples" / "scoop" / "07GUANGZHOU376.html"
    terms = {token.term for token in analyse(page.read_text(encoding="utf-8"))}
    words = {term for term in terms if plurals.singular(term, term, "") is None}
    in_python = EnglishStemmer()
    assert len(words) > 500
    assert [stems(word) for word in sorted(words)] == [
        in_python.stemWord(word) for word in sorted(words)
    ]


def test_what_is_indexed_is_what_is_analysed() -> None:
    """Indexed text is looked up chunk by chunk: what is known, new, several words, too long to be kept, or none."""
    texts = [
        *("", "-", "- -", "U.S.", "A", "x" * 80, "trade/aid", "Trade, TRADE trade.", "23,513 and 80.6%"),
        *("POs pos (POs) P0s ieds 16s M-60s mid-60s", "A. Q. Khan's U. S.-led a_b Sana'a", "trade/aid " * 3),
        f"wheat {'y' * 41} wheat-{'z' * 41} 07LIMA1", "Côte d'Ivoire São-Paulo ½ 中文 e.g. i.e",
    ]  # fmt: skip
    for text in (*texts, *texts):  # the second time all that is kept is known
        tokens = analyse(text)
        stems, terms, there = indexed(text)
        assert stems.split() == [each.stem for each in tokens]
        assert terms.split() == [each.term for each in tokens]
        assert there == {each.stem for each in tokens}
