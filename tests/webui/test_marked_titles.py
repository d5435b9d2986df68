"""A cable's subject as a title: its letters' case alone changes, and what was marked stays marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.answers.results import SnippetRun
from webui.pages.marking import Hits, whole
from webui.pages.titles import marked_title, numbered_title, title_of

# Of subjects: capitals, signs, and letters whose other case is longer or shorter than they are.
subjects = st.text(alphabet="ABEIMOSTU .:-/'\"()1ßŉİıǅ\u0301é", max_size=40)


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        (
            "CODEL PELL VISIT: WHO OWNS THE U.S.-UK MILL",
            "CODEL Pell Visit: Who Owns the U.S.-UK Mill",
        ),
        ("A Customs Yard in Piraeus", "A Customs Yard in Piraeus"),
        ("", ""),
    ],
)
def test_what_was_printed_in_capitals_is_in_title_case(subject: str, title: str) -> None:
    assert title_of(subject) == title


@given(st.lists(st.tuples(subjects, st.booleans()), max_size=5))
def test_each_run_of_a_title_has_the_letters_it_had(parts: list[tuple[str, bool]]) -> None:
    runs = [SnippetRun(text, marked) for text, marked in parts]
    cased = marked_title(runs)
    assert [(len(run.text), run.marked) for run in cased] == [
        (len(run.text), run.marked) for run in runs
    ]
    assert "".join(run.text for run in cased) == title_of("".join(run.text for run in runs))


def test_what_was_found_stays_marked_and_numbered() -> None:
    runs = (SnippetRun("WHEAT AND "), SnippetRun("RICE", marked=True), SnippetRun(" FOR ROME"))
    assert whole(marked_title(runs)) == "Wheat and <mark>Rice</mark> for Rome"
    hits = Hits(lambda _, __: runs)
    subject = hits.mark("WHEAT AND RICE FOR ROME", "subject", "subject")
    assert numbered_title(subject).plain == "Wheat and Rice for Rome"
    assert numbered_title(subject).__html__().startswith('Wheat and <mark id="h1">Rice</mark>')
    assert hits.total == 1
