"""What in a draft reads as a cable's number, which paragraph is named with it, and for which quotation."""

from __future__ import annotations

import pytest

from search.quotes.drafts import blocks_of
from search.quotes.naming import all_mentions, named_for
from search.quotes.numbers import mentions
from search.quotes.quotations import quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see 06GUANGZHOU1234, and", ["06GUANGZHOU1234"]),
        ("see 06 Guangzhou 1234 and", ["06 Guangzhou 1234"]),
        ("see 2006GUANGZHOU001234.", ["2006GUANGZHOU001234"]),
        ("GUANGZHOU 001234", ["GUANGZHOU 001234"]),
        ("the cable LA PAZ 2423 of", ["LA PAZ 2423"]),
        ("cable Guangzhou #376", ["Guangzhou #376"]),
        ("1974LAPAZ00173", ["1974LAPAZ00173"]),
        ("frus1969-76ve09p1/d12", ["frus1969-76ve09p1/d12"]),
        ("https://cables.example/cable/06GUANGZHOU1234#p3", ["06GUANGZHOU1234"]),
        # As footnotes have them.
        ("Telegram 376 from Guangzhou, March 23, 2007", ["Telegram 376 from Guangzhou"]),
        ("(see telegrams 145678 to Moscow and", ["telegrams 145678 to Moscow"]),
        ("Telegram 2423 from La Paz Embassy", ["Telegram 2423 from La Paz"]),
        ("a telegram 12 from nobody", []),
        # Of no post: still written as a number is.
        ("06FAKETOWN1234 and 06 FAKETOWN 1234", ["06FAKETOWN1234", "06 FAKETOWN 1234"]),
        ("FAKETOWN 001234", ["FAKETOWN 001234"]),
        # No numbers of cables.
        ("in Paris 2003 and PARIS 2003", []),
        ("On 23 MARCH 2003, 12 JUNE 1974", []),
        ("in 2005 Paris 12 people met", []),
        ("Embassy Paris spent 4500 francs on 300 lamps", []),
        ("Resolution 1441 and F-16, Boeing 747, LAPAZ", []),
    ],
)
def test_numbers(text: str, expected: list[str]) -> None:
    assert [each.text for each in mentions(text)] == expected


def test_a_telegram_to_a_post_is_the_departments() -> None:
    sent, received = mentions("Telegram 376 from Guangzhou; telegram 145678 to Moscow, ¶3")
    assert (sent.post, sent.number) == ("GUANGZHOU", "376")
    assert (received.post, received.number, received.paragraphs) == ("STATE", "145678", ("3",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("06GUANGZHOU1234, ¶12", [("12",)]),
        ("06GUANGZHOU1234 para 12", [("12",)]),
        ("06GUANGZHOU1234 (paras. 3 and paragraph 4b)", [("3", "4b")]),
        ("paragraph 3 of 06GUANGZHOU1234", [("3",)]),
        ("06GUANGZHOU1234#p3", [("3",)]),
        ("06GUANGZHOU1234, ¶1; 06BEIJING2, ¶2", [("1",), ("2",)]),
        ("06GUANGZHOU1234 is a cable.", [()]),
    ],
)
def test_paragraphs_named_with_a_number(text: str, expected: list[tuple[str, ...]]) -> None:
    assert [each.paragraphs for each in mentions(text)] == expected


A, B, C = "06GUANGZHOU11", "06BEIJING22", "06HANOI33"


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (f"“lamp one” ({A}) and “lamp two” ({B}).", [[A], [B]]),
        (f"According to {A}, “lamp one”, while {B} has “lamp two”.", [[A], [B]]),
        (f"In {A} he spoke of “lamp one” and of “lamp two”.", [[A], [A]]),
        (f"He said “lamp one” ({A}, ¶3, and {B}, ¶4).", [[A, B]]),
        # The citation behind the full stop still belongs to it.
        (f"He said “the lamp is lit.” ({A}) She said “no.” ({B})", [[A], [B]]),
        (f"“The lamp is lit.” [{A}, para. 3]", [[A]]),
        # Abbreviations end no sentence.
        (f"In {A} the U.S. Amb. said “lamp one”.", [[A]]),
        # A number inside the quotation is the cable's own reference.
        (f"“as {B} says”, wrote {A}.", [[A]]),
        # Notes, in Markdown's form and others.
        (f"He said “lamp one”.[^1] And “lamp two”.[^2]\n\n[^1]: {A}\n[^2]: See {B}, ¶2; {C}.",
         [[A], [B, C]]),
        (f"He said “lamp one”[1].\n\n[1] {A}", [[A]]),
        (f"He said “lamp one”.¹\n\n¹ {A}", [[A]]),
        (f"[^1]: {A}: “lamp one”; {B}: “lamp two”.", [[A], [B]]),
        # What is set off.
        (f"> The lamp is lit.\n>\n> — {A}, para 3", [[A]]),
        (f"> The lamp is lit. ({A})", [[A]]),
        (f"In {A} the consul wrote:\n\n> The lamp is lit.", [[A]]),
        (f"> The lamp is lit.\n\n— {A}", [[A]]),
        ("> The lamp is lit.[^1]\n\n[^1]: " + A, [[A]]),
        # Over two paragraphs: where it ends.
        (f"“The lamp is lit.\n\n“All is well” ({A}).", [[A]]),
        # Another sentence's number is not named for it.
        (f"In {A} a lamp is lit. He wrote “lamp one”.", [[]]),
        (f"In {A} a lamp is lit.\n\n> The harbor is dark.", [[]]),
    ],
)  # fmt: skip
def test_which_number_is_named_for_a_quotation(draft: str, expected: list[list[str]]) -> None:
    blocks = blocks_of(draft)
    named = named_for(blocks, quotations(blocks), all_mentions(blocks))
    assert [[one.mention.text for one in each.numbers] for each in named] == expected


def test_the_source_of_a_text_set_off_is_not_its_own_words() -> None:
    for source in (f"— {A}, para 3", f"({A})", f"[{A}, ¶3]."):
        blocks = blocks_of(f"> The lamp is lit. {source}")
        [named] = named_for(blocks, quotations(blocks), all_mentions(blocks))
        assert named.quotation.text == "The lamp is lit."


def test_the_only_number_of_a_paragraph_may_be_meant() -> None:
    blocks = blocks_of(f"In {A} a lamp is lit. He wrote “lamp one”.")
    [named] = named_for(blocks, quotations(blocks), all_mentions(blocks))
    assert [one.mention.text for one in named.around] == [A]
