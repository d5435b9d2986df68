"""Two texts side by side: paired paragraphs, and the words that differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from webui.asking.alignment import Run, align, differing

CALM = "The harbour inspectors found sandals in the harbour."
CHANGED = "The harbour inspectors found two sandals in the old harbour."
OTHER = "Nothing else was said about rice, tea or tin."


def test_equal_paragraphs_belong_together_and_a_changed_one_to_its_twin() -> None:
    assert align([CALM, OTHER], [CALM, OTHER]) == ((0, 0), (1, 1))
    assert align([CALM, OTHER], [CHANGED, OTHER]) == ((0, 0), (1, 1))


def test_what_the_other_side_does_not_have_stands_alone() -> None:
    assert align([CALM, OTHER], [OTHER]) == ((0, None), (1, 0))
    assert align([OTHER], [CALM, OTHER]) == ((None, 0), (0, 1))
    assert set(align([CALM], [OTHER])) == {(0, None), (None, 0)}


def test_words_that_differ() -> None:
    left, right = differing(CALM, CHANGED)
    assert [run.text for run in left if run.changed] == []
    assert [run.text for run in right if run.changed] == ["two ", "old "]
    assert differing("a  b\nc", "a b c") == ((Run("a  b\nc", False),), (Run("a b c", False),))


paragraphs = st.lists(
    st.lists(st.sampled_from(["rice", "tea", "tin", "harbour", "sandals"]), max_size=6).map(
        " ".join
    ),
    max_size=7,
)


@given(paragraphs, paragraphs)
def test_every_paragraph_stands_once_and_in_order(left: list[str], right: list[str]) -> None:
    pairs = align(left, right)
    assert [i for i, _ in pairs if i is not None] == list(range(len(left)))
    assert [j for _, j in pairs if j is not None] == list(range(len(right)))
    assert (None, None) not in pairs


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_runs_are_the_texts(left: str, right: str) -> None:
    one, other = differing(left, right)
    assert "".join(run.text for run in one) == left
    assert "".join(run.text for run in other) == right
    assert any(run.changed for run in (*one, *other)) == (left.split() != right.split())
