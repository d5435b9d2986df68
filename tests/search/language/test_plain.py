"""A line of plain words is read as the parser reads it, and a plain phrase is read as it is printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.fields import FIELDS
from search.language import parser
from search.language.parser import parse
from search.language.plain import is_plain_phrase, plain
from search.language.stop_words import STOP_WORDS
from search.language.tree import Or, Phrase

# Words that mean something somewhere in the language, and letters of any kind.
_KNOWN = sorted(
    {
        *(field.name for field in FIELDS),
        *("and", "or", "not", "near", "adj", "to", "within", "subject", "same", "like", "re", "fm"),
        *("march", "june", "may", "secret", "unclas", "para", "telegram", "from"),
        *STOP_WORDS,
    }
)
_WORDS = st.one_of(
    st.sampled_from(_KNOWN),
    st.sampled_from([word.title() for word in _KNOWN]),
    st.text("abcdefghiLMNOPxyz", min_size=1, max_size=8),
)


@given(st.lists(_WORDS, min_size=1, max_size=12))
def test_plain_words_are_read_as_the_parser_reads_them(words: list[str]) -> None:
    text = " ".join(words)
    found = plain(text)
    if found is not None:
        read = parser._Parser(text)
        assert found == read.read()
        assert read.problems == []
        assert parse(text) == parser.Parsed(found)


@pytest.mark.parametrize("text", ["harbour", "Putian shoes", "not the and of Near", "to be or not"])
def test_these_are_plain(text: str) -> None:
    assert plain(text) is not None


@pytest.mark.parametrize(
    "text",
    ["", " x", "WHO", "a lamp", "lamp  oil", "lamp\n", "lamp NOT oil", "w/5", "tag:PREL", "Müller"],
)
def test_these_are_parsed(text: str) -> None:
    assert plain(text) is None


@given(
    st.lists(
        st.lists(
            st.one_of(_WORDS, st.text("aAbcQ.", min_size=1, max_size=6)), min_size=1, max_size=5
        ),
        min_size=1,
        max_size=10,
    ),
    st.sampled_from(" -"),
)
def test_a_plain_phrase_is_read_as_it_is_printed(phrases: list[list[str]], between: str) -> None:
    texts = dict.fromkeys(between.join(words) for words in phrases)
    plain_ones = [text for text in texts if is_plain_phrase(text) and len(text) <= 40]
    if plain_ones:
        nodes = tuple(map(Phrase, plain_ones))
        tree = nodes[0] if len(nodes) == 1 else Or(nodes)
        assert parse(str(tree)).tree == tree
