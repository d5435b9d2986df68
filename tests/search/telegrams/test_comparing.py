"""Whether two cables are one telegram: each rule of docs/versions.md, with a neighbour that is none."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sent_again import OSLO, ROME, later, sentences, telegram

from corpus.model import Cable, Footnote
from search.telegrams.comparing import common_places, compare, judge, text_of
from search.telegrams.signatures import words_of

TEXTS = [sentences(seed, 60) for seed in range(4)]
FIRST = telegram("1974OSLO00100", TEXTS)


def verdict(one: Cable, other: Cable) -> tuple[bool, str]:
    found = judge(text_of(one), text_of(other))
    assert judge(text_of(other), text_of(one)) == found, "the order of the two makes no difference"
    return found.same, found.kind


def misread(text: str) -> str:
    """A letter in each ninth word is another."""
    words = text.split()
    return " ".join(word[:-1] + "q" if place % 9 == 4 else word for place, word in enumerate(words))


def test_the_same_text_under_another_number_of_the_day() -> None:
    assert verdict(FIRST, replace(FIRST, id="1974OSLO00117")) == (True, "copy")


def test_errors_of_a_scanner_make_no_other_telegram() -> None:
    damaged = telegram("1974OSLO00117", [misread(text) for text in TEXTS], subject="")
    assert verdict(FIRST, damaged) == (True, "copy")


def test_the_number_is_enough_where_the_text_is_short_or_mostly_lost() -> None:
    edition = replace(
        telegram("frus1969-76v99/d4", [TEXTS[0], sentences(90, 60)]), message_number="100"
    )
    assert verdict(FIRST, edition)[0]
    assert verdict(telegram("1974OSLO00100", ["See reftel."]), FIRST)[0]


def test_the_same_number_of_another_year_is_another_telegram() -> None:
    other = telegram("1975OSLO00100", [sentences(77, 60)])
    assert not verdict(FIRST, replace(other, date=FIRST.date and FIRST.date.replace(year=1975)))[0]


def test_an_extract_of_the_same_post_and_day() -> None:
    extract = telegram("frus1969-76v99/d5", TEXTS[1:2])
    assert verdict(FIRST, extract) == (True, "extract")
    elsewhere = telegram("frus1969-76v99/d5", TEXTS[1:2], post=ROME)
    assert not verdict(FIRST, elsewhere)[0], "a quotation in a telegram of another post"


def test_what_editors_put_into_a_text_is_not_its_own() -> None:
    texts = [
        f"{TEXTS[0]} [Omitted here is a paragraph on travel.]",
        "[less than 1 line not declassified]",
        TEXTS[2],
    ]
    edition = telegram("frus1969-76v99/d6", texts, footnotes=(Footnote("1", sentences(8, 40)),))
    assert verdict(FIRST, edition)[0]


@pytest.mark.parametrize(
    "opening",
    [
        "FOLLOWING TELEGRAM FROM OSLO RETRANSMITTED FOR YOUR INFORMATION: QUOTE",
        "Following is retransmission of Oslo 100:",
        "FOL TEL SENT ACTION SECSTATE 5 MAR REPEATED TO YOU: QTE",
        "For Ambassador from the Secretary. Quote",
    ],
)
def test_sent_once_more_by_another_post_days_later(opening: str) -> None:
    again = later(
        telegram("1974ROME00007", [opening, *TEXTS, "Unquote"], post=ROME), 4, "1974ROME00007"
    )
    assert verdict(FIRST, again) == (True, "retransmission")


def test_an_answer_that_quotes_all_of_it_is_an_answer() -> None:
    texts = ["Reftel says: quote", *TEXTS, "unquote. " + sentences(50, 120)]
    answer = later(telegram("1974ROME00008", texts, post=ROME), 2, "1974ROME00008")
    found = judge(text_of(FIRST), text_of(answer))
    assert not found.same
    assert found.apart, "so that a copy of the quoted text does not make one of both"


def test_a_corrected_copy_is_a_version_and_says_so() -> None:
    changed = [*TEXTS[:3], TEXTS[3].replace(TEXTS[3].split()[5], "zanzibar")]
    copy = telegram("1974OSLO00118", changed, day=6, subject="C O R R E C T E D  C O P Y: Herring")
    assert verdict(FIRST, copy) == (True, "correction")
    assert text_of(copy).corrected
    assert not text_of(FIRST).corrected


def form(week: int, figures: str, names: str) -> Cable:
    same = sentences(300, 50)
    return telegram(
        f"1974OSLO0{week}",
        [f"{same} {figures} {same[::-1]} {names} end of list"],
        day=week % 28 + 1,
    )


def test_a_form_that_is_filled_in_each_week() -> None:
    one = form(
        201, "arrived 41 left 17 on board 250 dollars 31600", "benitez cordova duarte fuentes"
    )
    other = form(
        208, "arrived 38 left 22 on board 266 dollars 29150", "galindo herrera ibarra jurado"
    )
    found = judge(text_of(one), text_of(other))
    assert not found.same
    assert found.apart


def test_the_same_words_each_week_are_as_many_telegrams() -> None:
    text = "No change in the status of projects since last report. " + sentences(4, 30)
    one = telegram("1974OSLO00301", [text])
    assert not verdict(one, later(one, 7, "1974OSLO00350"))[0]


def test_few_words_that_everybody_sends() -> None:
    one = telegram("1974OSLO00401", ["Many thanks for your help. Regards."], subject="Thanks")
    assert not verdict(
        one, telegram("1974OSLO00402", ["Many thanks for your help. Regards."], subject="Thanks")
    )[0]


def test_the_same_opening_and_another_text() -> None:
    other = telegram("1974OSLO00130", [TEXTS[0], *(sentences(seed, 80) for seed in (61, 62, 63))])
    assert not verdict(FIRST, other)[0]


def test_a_quarter_is_no_sign_and_figures_are_told_from_misread_ones() -> None:
    one = words_of(["paid 1974 dollars for 250 barrels of herring in march and sold them in may"])
    misread_figures = words_of(
        ["paid l974 dollars for 25O barrels of herring in march and sold them in may"]
    )
    others = words_of(
        ["paid 1975 dollars for 310 barrels of herring in march and sold them in may"]
    )
    assert compare(one, misread_figures).figures == 0
    assert compare(one, others).figures == 2


def test_what_was_blacked_out_may_have_been_anything() -> None:
    black = [re.sub(r"^(\S+ ){3}", "XXXXXXXXXXXX ", text) for text in TEXTS]
    assert verdict(FIRST, telegram("1974OSLO00119", black))[0]


def test_words_that_are_strewn_over_a_long_text_are_nothing_in_common() -> None:
    few = [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "is",
        "that",
        "for",
        "it",
        "was",
        "on",
        "are",
        "as",
        "with",
    ]
    long = [
        word for place in range(400) for word in (f"w{place}", f"v{place}", few[place % len(few)])
    ]
    assert common_places(long, few) == []


def test_nobody_sent_it_from_nowhere() -> None:
    """A page without a header is known by its text alone."""
    bare = Cable("some-page", paragraphs=FIRST.paragraphs)
    assert verdict(FIRST, bare) == (True, "copy")
    assert text_of(bare).who.post is None
    assert text_of(FIRST).who.post == OSLO.code
