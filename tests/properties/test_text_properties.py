"""Whatever a text holds: its terms are safe to join by blanks, and snippets and marks are the text itself."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import assume, example, given
from hypothesis import strategies as st

from search.answers.snippets import Marker, mark
from search.language.tree import And, Node, Phrase, Prefix, Word
from search.plans.documents import BREAK
from search.text.analysis import LONGEST_TERM, Words, analyse, fold, stems_and_terms
from search.text.initials import blanks, without

texts = st.text(max_size=80) | st.lists(
    st.sampled_from(
        [
            "U.S.",
            "U.S.'s",
            "U.",
            "S.",
            "A. Q.",
            "A. B. U. S. ",
            "Annex ",
            "J.R. R.",
            "NGOs",
            "POs",
            "16s",
            "M-60s",
            "dell'Aquila",
            "Banquo’s",
            "d'Ivoire",
            "F-16",
            "São",
            "Łódź",
            "é",
            "́",
            "\u00ad",
            "ŉ",
            "مُحَمَّد",
            "Москва",
            "中国",
            "हिन्दी",
            "½",
            "ﬁ",
            "İ",
            "ʼ",
            "'",
            ".",
            " ",
            "\n",
            "-",
            "word",
        ]
    ),
    max_size=20,
).map("".join)


def whole(left: str, right: str) -> bool:
    """Whether no run of initials, `A. Q.`, goes on from one text into the other."""
    shift = len(left) + 1
    apart = [*blanks(left), *((start + shift, end + shift) for start, end in blanks(right))]
    return blanks(f"{left} {right}") == apart


@given(texts, texts)
def test_a_blank_keeps_words_apart_and_nothing_else(left: str, right: str) -> None:
    """So the words of a text are those of its chunks, which are remembered."""
    assume(whole(left, right))
    tokens = analyse(f"{left} {right}")
    moved = [
        token._replace(start=token.start + len(left) + 1, end=token.end + len(left) + 1)
        for token in analyse(right)
    ]
    assert tokens == [*analyse(left), *moved]


@given(texts | st.lists(texts).map(" ".join))
def test_words_by_their_places_are_those_of_the_analysis(text: str) -> None:
    words, tokens = Words(text), analyse(text)
    assert len(words) == len(tokens)
    assert words.terms() == [token.term for token in tokens]
    assert words.stems() == [token.stem for token in tokens]
    places = range(len(words))
    assert [(words.start(place), words.end(place)) for place in places] == [
        (token.start, token.end) for token in tokens
    ]


@given(texts)
def test_joined_terms_are_the_terms(text: str) -> None:
    tokens = analyse(text)
    joined = " ".join(token.stem for token in tokens), " ".join(token.term for token in tokens)
    assert stems_and_terms(text) == joined


@given(st.from_regex("[A-Za-z0-9-]{1,8}", fullmatch=True))
@example("ngos")
@example("m-60s")
@example("ieds")
def test_a_word_has_one_stem_in_capitals_and_in_small_letters(word: str) -> None:
    small, large = analyse(word.lower()), analyse(word.upper())
    assert [token[:2] for token in small] == [token[:2] for token in large]


@given(texts)
def test_initials_are_the_same_with_blanks_and_without(text: str) -> None:
    removed = blanks(text)
    together = analyse(without(text, removed))
    assert [token[:2] for token in analyse(text)] == [token[:2] for token in together]
    assert all(text[start:end].isspace() and text[start - 1] == "." for start, end in removed)


@given(texts)
def test_terms_are_letters_and_digits(text: str) -> None:
    for token in analyse(text):
        assert 0 < len(token.term) <= LONGEST_TERM
        assert token.stem
        for term in (token.term, token.stem):
            assert len(term.split()) == 1
            assert not any(character.isspace() for character in term)
            assert BREAK not in term


@given(texts)
def test_words_stand_in_their_order_without_overlap(text: str) -> None:
    end = 0
    for token in analyse(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end


@given(texts)
@example("İstanbul")
@example("ŉ ǰ ΐ")
@example("ำ กำ")
def test_a_term_typed_back_is_the_same_term(text: str) -> None:
    for token in analyse(text):
        assert "".join(again.term for again in analyse(token.term)) == token.term


@given(texts)
def test_case_does_not_count(text: str) -> None:
    assert fold(text.upper()) == fold(text.upper().lower())
    assert fold(fold(text)) == fold(text)


@given(texts, texts)
def test_blanks_separate(left: str, right: str) -> None:
    assume(whole(left, right))
    together = [token.term for token in analyse(f"{left} {right}")]
    assert together == [token.term for part in (left, right) for token in analyse(part)]


PIECES = ["a", "be", "Sea's", "F-16", "U.S.", "x,y", "中国", "é"]


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, Node]:
    """A text, and a question for some of its words and for one that need not be there."""
    pieces = draw(st.lists(st.sampled_from(PIECES), max_size=60))
    text = " ".join(pieces)
    word = draw(st.sampled_from([*pieces, "nowhere"]))
    kind = draw(st.sampled_from([Word, Phrase, Prefix]))
    return text, And((kind(word), Word(draw(texts) + "x")))


@given(questions())
def test_marks_leave_the_text_as_it_is(question: tuple[str, Node]) -> None:
    text, tree = question
    runs = mark(text, tree)
    assert "".join(run.text for run in runs) == text
    assert all(run.text for run in runs)
    assert not any(one.marked and other.marked for one, other in pairwise(runs))


@given(questions())
def test_a_snippet_is_a_part_of_the_text_and_marks_what_the_whole_marks(
    question: tuple[str, Node],
) -> None:
    text, tree = question
    runs = Marker(tree).snippet(text)
    shown = "".join(run.text for run in runs)
    assert shown in text
    marked = {run.text for run in runs if run.marked}
    assert marked <= {run.text for run in mark(text, tree) if run.marked}
    assert bool(marked) == any(run.marked for run in mark(text, tree))


@given(st.text(alphabet="ab \n", max_size=3000))
def test_a_snippet_is_short(text: str) -> None:
    assert sum(len(run.text) for run in Marker(Word("a")).snippet(text)) <= 400
