"""Whatever is typed, the parser gives a tree that prints itself, and a plan that every engine can run."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from search.fields import FIELDS
from search.language.parser import MAX_CLAUSES, parse
from search.language.tree import (
    ANY_LETTER,
    ANY_LETTERS,
    And,
    Everything,
    Fuzzy,
    Like,
    Loose,
    Near,
    Node,
    Not,
    Or,
    PatternPhrase,
    Phrase,
    Prefix,
    Range,
    Regexp,
    SameCable,
    Wildcard,
    Word,
    simplify,
)
from search.plans.lowering import lower
from search.plans.plan import (
    All,
    AllOf,
    AnyOf,
    NoneOf,
    Nothing,
    Plan,
    TermPrefix,
    TermSequence,
    ValuePrefix,
)

# What questions are made of, and what breaks them.
PIECES = [
    *"()\"\"''“”„«»*[]:<>=-–—\\,;.?~ \t\n",
    *(f"{field.name}:" for field in FIELDS),
    *("AND", "OR", "NOT", " AND ", " OR ", " NOT ", " TO ", "and"),
    *("SUBJECT:", "http://", "colour:", "date:>=2007", "date:[2006-01 TO 2007-06]", "2007-13"),
    *(
        "NEAR/5",
        " NEAR/5 ",
        "NEAR/",
        "~2",
        "~5",
        "w?rd",
        "in*tion",
        "same:cable",
        "like:07ROME1#p2",
    ),
    *("A. Q.", "U. S. ", " A. ", "Plan A. B. ", "dell'Aquila", "NGOs"),
    *("NEAR", " ADJ3 ", "W/5", " /s ", "/p", "+5", "&&", " || ", "!", "^2", "^", "{", "}", "/"),
    *("/wh[ea]+t/", "/(/", "busi*", '"monkey busi*"', "*tion", "[a TO b]", "date:{2006 TO 2007]"),
    *(
        "THE ACT IS ",
        " RENEWED",
        "Subject: ",
        "TO: ",
        "Source: ",
        "1. (C) ",
        "(S)",
        "http://x?y",
        "www.a",
    ),
    *("putian", "F-16", "U.S.", "Banquo's", "injunct", "é", "Москва", "القاهرة", "国", "½", "--"),
]
lines = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join)
questions = lines | st.text(max_size=60)

TEXT_FIELDS = [field.name for field in FIELDS if field.kind == "text"]
VALUE_FIELDS = [field.name for field in FIELDS if field.kind == "keyword"]
# One letter at the end keeps away what the parser takes off a word's end.
texts = st.text(min_size=1, max_size=8).map(lambda text: f"{text}x")
words = texts.filter(lambda text: len(text.split()) == 1 and not any(c.isspace() for c in text))
phrases = texts.map(lambda text: " ".join(text.split()))
numbers = st.integers(0, 10**9 - 1).map(str)
dates = st.dates().filter(lambda date: date.year >= 1000).map(lambda date: date.isoformat())


plain = st.from_regex("[a-z]{1,9}", fullmatch=True)
distances = st.integers(0, 30)
text_fields = st.sampled_from(TEXT_FIELDS)


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    field, bounds = draw(st.sampled_from([("number", numbers), ("date", dates)]))
    low, high = draw(st.none() | bounds), draw(st.none() | bounds)
    if low is not None and high is not None:
        low, high = sorted((low, high), key=lambda text: int(text.replace("-", "")))
    return Range(low, high, field)


leaves = st.one_of(
    st.builds(Word, words, st.sampled_from(TEXT_FIELDS + VALUE_FIELDS)),
    st.builds(Phrase, phrases, st.sampled_from(TEXT_FIELDS + VALUE_FIELDS)),
    st.builds(Prefix, phrases, st.sampled_from(VALUE_FIELDS)),
    st.builds(Prefix, st.from_regex("[a-z]{1,9}", fullmatch=True), st.sampled_from(TEXT_FIELDS)),
    st.builds(Fuzzy, plain, st.sampled_from([1, 2]), st.sampled_from(TEXT_FIELDS)),
    st.builds(Fuzzy, words, st.sampled_from([1, 2]), st.sampled_from(VALUE_FIELDS)),
    st.builds(
        lambda start, sign, end, field: Wildcard(start + sign + end, field),
        plain,
        st.sampled_from([ANY_LETTER, ANY_LETTERS, ANY_LETTERS + ANY_LETTER]),
        plain,
        st.sampled_from(TEXT_FIELDS + VALUE_FIELDS),
    ),
    st.builds(Loose, st.lists(plain, min_size=1, max_size=8).map(" ".join), distances, text_fields),
    st.builds(
        lambda left, right, distance, field: Near(Word(left, field), Word(right, field), distance),
        words,
        words,
        distances,
        text_fields,
    ),
    st.builds(
        lambda start, middle, sign: PatternPhrase(f"{start} {middle}{sign}"),
        plain,
        plain,
        st.sampled_from([ANY_LETTERS, ANY_LETTER + "x", ANY_LETTERS + "x"]),
    ),
    st.builds(
        Regexp, st.from_regex(r"[a-z]{1,3}(\.|\.\*|[a-c]\?|\([a-c]\|d\))[a-z]", fullmatch=True)
    ),
    st.builds(Like, words),
    st.just(SameCable()),
    ranges(),
)
trees = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.builds(And, st.lists(parts, min_size=2, max_size=4).map(tuple)),
        st.builds(Or, st.lists(parts, min_size=2, max_size=4).map(tuple)),
        st.builds(Not, parts),
    ),
    max_leaves=12,
).map(simplify)


@given(questions)
@example("()")
@example("(" * 400 + "a" + ")" * 400)
@example("NOT " * 900)
@example("a OR " * 90)
@example('x "' + "y" * 600)
@example("tag:" + "y" * 499 + ",,")
@example("\\")
@example('"\\')
@example("-(a OR -(b c))")
@example("tag:[A. Q. TO U. S.]")
@example('"A. Q.')
@example("A.\\ Q. Khan")
@example("from:A. Q. section:A. Q. =A. Q.~2")
@example("THE SUGAR ACT IS NOT RENEWED OR SOLD")
@example("SUBJECT: (C) THE ACT IS NOT RENEWED TO: SECSTATE WASHDC")
@example('" NEAR/5 **')
@example("a NEAR b ADJ c /s d /p e")
@example('"a * b?c" *a* /a.(b|c)/^2')
@example("http://x?y*~2^3 subject:http://x")
@example("1. (C) NOT a")
@example("a /s(a|d)a/ subject:/p(a|b)/")
def test_a_tree_prints_as_a_question_that_gives_the_same_tree(question: str) -> None:
    parsed = parse(question)
    again = parse(str(parsed.tree))
    assert again.tree == parsed.tree


@given(questions)
@example("'text:*'")
@example("tag:,*a")
@example("'*text:*")
@example("AND[text:*")
@example("date:>=2007*")
@example("date:>=*")
@example("THE ACT IS W/5any:")
def test_a_repaired_question_has_no_problems_left(question: str) -> None:
    parsed = parse(question)
    if parsed.repaired is None:
        assert not parsed.problems or lower(parsed.tree) == Nothing()
    else:
        assert parsed.problems
        again = parse(parsed.repaired)
        assert (again.tree, again.problems) == (parsed.tree, ())


@given(trees)
def test_every_tree_can_be_written(tree: Node) -> None:
    parsed = parse(str(tree))
    assert parsed.tree == tree


@given(questions)
def test_problems_point_into_the_question(question: str) -> None:
    for problem in parse(question).problems:
        assert 0 <= problem.position <= len(question)
        assert problem.message.endswith(".")


@given(questions)
def test_only_a_blank_question_asks_for_everything(question: str) -> None:
    assert (parse(question).tree == Everything()) == (not question.strip())


@given(questions | trees.map(str))
def test_a_plan_keeps_the_promises_that_engines_rely_on(question: str) -> None:
    plan = lower(parse(question).tree)
    assert not isinstance(plan, NoneOf)
    check(plan)


def check(plan: Plan) -> None:
    """No empty term, no sequence of one, and a complement only where something is there to take it from."""
    match plan:
        case AllOf(parts):
            assert len(parts) >= 2
            assert not all(isinstance(part, NoneOf) for part in parts)
            assert not any(isinstance(part, AllOf | Nothing) for part in parts)
            if All() in parts:
                assert all(isinstance(part, NoneOf | All) for part in parts)
                assert parts.count(All()) == 1
            for part in parts:
                check(part.part if isinstance(part, NoneOf) else part)
        case AnyOf(parts):
            assert len(parts) >= 2
            assert not any(isinstance(part, AnyOf | NoneOf | All | Nothing) for part in parts)
            for part in parts:
                check(part)
        case TermSequence(_, terms):
            assert len(terms) >= 2
            assert all(term and " " not in term for term in terms)
        case TermPrefix(_, prefix) | ValuePrefix(_, prefix):
            assert prefix
        case NoneOf():
            raise AssertionError("a complement stands alone")


@given(st.lists(st.sampled_from(["a", "-b", "c*", '"d e"', "date:2007"]), min_size=65, max_size=90))
def test_a_question_has_a_limit_and_says_so(clauses: list[str]) -> None:
    parsed = parse(" ".join(clauses))
    assert isinstance(parsed.tree, And)
    assert len(parsed.tree.parts) == MAX_CLAUSES
    assert [str(MAX_CLAUSES) in problem.message for problem in parsed.problems] == [True]
