"""The reading line: how a question was understood, what could not be read in it, and the same question made exact."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from search.answers.results import Hit
from search.fields import BY_NAME
from search.language.parser import Parsed, QueryProblem
from search.language.tree import Node, Phrase, Word, rewrite
from search.text.analysis import analyse
from webui.asking.address import State, build
from webui.pages.wording import Link

# So many other forms are named: a prefix has dozens.
_FORMS = 6
# What is underlined of a question at the position of a problem: the rest of the word, up to the next blank.
_WORD_FROM_HERE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A place that could not be read, or in two ways: the question before it, at it and after it; `other` asks for it
    in the other way."""

    message: str
    before: str
    at: str
    after: str
    other: Link | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question was understood.

    `understood` is the question that was answered, None where that needs no saying. `repaired` says that it is not
    the one that was asked. `exact` searches for the same words without their other forms, None if there are none.
    `forms` are other forms that matched on this page, the most frequent first; `meant` is the question with words that
    the index has, None if it has those that were asked for.
    """

    lead: str
    understood: Link | None
    repaired: bool
    exact: Link | None
    troubles: tuple[Trouble, ...]
    forms: tuple[str, ...] = ()
    meant: Link | None = None


def reading_of(
    state: State, parsed: Parsed, hits: Iterable[Hit] = (), meant: Node | None = None
) -> Reading:
    """The reading line of a search that found these on its page; `meant` is what its words may have been meant as."""
    troubles = tuple(_trouble(state, problem) for problem in parsed.problems)
    text = str(parsed.tree)
    said = bool(state.q) and text != state.q and not (troubles and parsed.repaired is None)
    exact = rewrite(parsed.tree, _exactly)
    return Reading(
        "Showing results for" if troubles else "Searched for",
        Link(text, build(state.asking(text))) if said else None,
        bool(troubles),
        Link(str(exact), build(state.asking(str(exact)))) if exact != parsed.tree else None,
        troubles,
        _forms(state.q, hits),
        Link(str(meant), build(state.asking(str(meant)))) if meant else None,
    )


def _forms(question: str, hits: Iterable[Hit]) -> tuple[str, ...]:
    """The marked words that the question does not have as they stand."""
    typed = {token.term for token in analyse(question)}
    marked = " ".join(run.text for hit in hits for run in hit.snippet if run.marked)
    counts = Counter(token.term for token in analyse(marked) if token.term not in typed)
    return tuple(form for form, _ in counts.most_common(_FORMS))


def _trouble(state: State, problem: QueryProblem) -> Trouble:
    question = state.q
    here = problem.position
    word = _WORD_FROM_HERE.match(question, here)
    end = word.end() if word else here
    other = Link(problem.other, build(state.asking(problem.other))) if problem.other else None
    before, at = question[:here], question[here:end] or "…"
    return Trouble(problem.message, before, at, question[end:], other)


def _exactly(node: Node) -> Node:
    """A word of running text as a phrase of one, which has no other forms."""
    if isinstance(node, Word) and BY_NAME[node.field].kind == "text":
        return Phrase(node.text, node.field)
    return node
