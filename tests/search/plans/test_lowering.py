"""What each clause of a question means to an engine."""

from __future__ import annotations

import pytest

from search.language.parser import parse
from search.language.tree import (
    And,
    Everything,
    Filter,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Word,
)
from search.plans.lowering import lower, lower_filter, lower_query
from search.plans.plan import (
    All,
    AllOf,
    AnyOf,
    Flat,
    NoneOf,
    Nothing,
    NumberRange,
    Plan,
    Stems,
    Term,
    TermPrefix,
    TermSequence,
    Unscored,
    Value,
    ValuePrefix,
)

A, B = Term("text", "a"), Term("text", "b")
A_OVER, B_OVER = Term("context", "a"), Term("context", "b")
# Each stands in the unit or over it, and not all of them over it only.
A_HELPED, B_HELPED = AnyOf((A, Unscored(A_OVER))), AnyOf((B, Unscored(B_OVER)))
A_AND_B = AllOf((A_HELPED, B_HELPED, NoneOf(AllOf((A_OVER, B_OVER)))))
F_16 = AllOf((Term("text", "f"), Term("text", "16"), Unscored(Stems("text", ("f", "16")))))
YEAR = (19460160, 19985759)  # the first and the last minute of 2007
MINUTE = 19577324  # 2007-03-23T08:44
OF_2007 = Flat(
    AnyOf(
        (
            NumberRange("date_first", YEAR[0] + 1, YEAR[1]),
            NumberRange("date_last", YEAR[0], YEAR[1] - 1),
            AllOf(
                (NumberRange("date_first", *YEAR[:1] * 2), NumberRange("date_last", *YEAR[1:] * 2))
            ),
        )
    )
)


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("", All()),
        ("Injunctions", Term("text", "injunct")),
        ("F-16", F_16),
        ('"Injunctions"', Term("text_exact", "injunctions")),
        ('"more of Shoes"', TermSequence("text_exact", ("more", "of", "shoes"))),
        ("Injunct*", TermPrefix("text_exact", "injunct")),
        ("section:shoes", Flat(Stems("section", ("shoe",)))),
        ('section:"Putian: Shoes"', TermSequence("section_exact", ("putian", "shoes"))),
        ("section:pu*", TermPrefix("section_exact", "pu")),
        ("origin:GUANGZHOU", Value("origin", "guangzhou")),
        ('origin:"San  José"', Value("origin", "san jose")),
        ("tag:KI*", ValuePrefix("tag", "ki")),
        ('id:"07 Guangzhou 00376"', Value("id", "2007guangzhou376")),
        ("date:2007", Value("year", "2007")),
        ("date:2007-03", Value("month", "2007-03")),
        ("date:2007-03-23", Value("day", "2007-03-23")),
        (
            "date:2007-03-23T08:44",
            Flat(
                AllOf(
                    (
                        NumberRange("date_first", MINUTE, MINUTE),
                        NumberRange("date_last", MINUTE, MINUTE),
                    )
                )
            ),
        ),
        ("date:[2007-01 TO 2007-12]", OF_2007),
        ("date:>=2007", NumberRange("date_last", YEAR[0], None)),
        ("date:<2008", NumberRange("date_first", None, YEAR[1])),
        ("date:[* TO *]", NumberRange("date_first", None, None)),
        ("number:12", NumberRange("number", 12, 12)),
        ("a b", A_AND_B),
        ("a OR b", AnyOf((A, B))),
        ("a -b", AllOf((A, NoneOf(B)))),
        ("-a", AllOf((All(), NoneOf(A)))),
        ("-a -b", AllOf((All(), NoneOf(A), NoneOf(B)))),
        ("a OR -b", AnyOf((A, AllOf((All(), NoneOf(B)))))),
        ("-(-a -b)", NoneOf(AllOf((All(), NoneOf(A), NoneOf(B))))),
    ],
)
def test_plans(question: str, plan: Plan) -> None:
    expected = AllOf((All(), plan)) if isinstance(plan, NoneOf) else plan
    assert lower(parse(question).tree) == expected


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("a -- b", A_AND_B),
        ("a OR --", A),
        ("a NOT --", A),
        ('a "&"', A),
        ("--", Nothing()),
        ("NOT --", Nothing()),
        ("-- OR &", Nothing()),
        ("-- &", Nothing()),
    ],
)
def test_words_without_letters_are_left_out_and_never_find_everything(
    question: str, plan: Plan
) -> None:
    assert lower(parse(question).tree) == plan


@pytest.mark.parametrize(
    ("tree", "plan"),
    [
        (And((Everything(), Word("a"))), A),
        (Or((Everything(), Word("a"))), All()),
        (Not(Everything()), Nothing()),
        (And((Word("a"), Not(Everything()))), Nothing()),
        (Or((Word("a"), Not(Everything()))), A),
        (
            And((Word("a"), And((Word("b"), Word("a"))))),
            # Of the inner And one word stands in the unit, or the other word does.
            AllOf(
                (
                    *(A_HELPED, B_HELPED, A_HELPED),
                    Unscored(
                        AnyOf((A, AllOf((B_HELPED, A_HELPED, NoneOf(AllOf((B_OVER, A_OVER)))))))
                    ),
                )
            ),
        ),
        (Not(Not(Word("a"))), A),
        (Range("never", None, "date"), Nothing()),
        (Word("never", "date"), Nothing()),
        (Prefix("2007", "date"), Value("year", "2007")),
        (Prefix("F-1"), TermSequence("text_exact", ("f", "1"))),
        (Prefix("\u0301", "tag"), Nothing()),
        (Phrase("2007", "date"), Value("year", "2007")),
        (Range("2008", "2007", "date"), Nothing()),
    ],
)
def test_trees_that_the_parser_does_not_make(tree: Node, plan: Plan) -> None:
    assert lower(tree) == plan


def test_a_filter_is_of_whole_values() -> None:
    chosen = Filter("section", ("Putian: Shoes", "X"), ("Y",))
    assert lower_filter(chosen) == AllOf(
        (
            AnyOf((Value("section", "putian: shoes"), Value("section", "x"))),
            NoneOf(Value("section", "y")),
        )
    )
    assert lower_filter(Filter("mark", (), ("SBU",))) == AllOf(
        (All(), NoneOf(Value("mark", "sbu")))
    )
    assert lower_filter(Filter("mark")) == All()
    assert lower_filter(Filter("date", ("2007",))) == Value("year", "2007")


def test_a_facet_is_counted_without_its_own_filter() -> None:
    plan = lower_query(Query(Word("a"), (Filter("mark", ("U",)), Filter("tag", ("X",)))))
    mark, tag = Value("mark", "u"), Value("tag", "x")
    assert plan.whole == AllOf((A, mark, tag))
    assert plan.without("mark") == AllOf((A, tag))
    assert plan.without("part") == plan.whole
