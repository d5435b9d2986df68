"""The query language, case by case: what is understood, and what is said where something is not."""

from __future__ import annotations

import pytest

from search.language.parser import MAX_CHARACTERS, MAX_CLAUSES, parse
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
    Phrase,
    Prefix,
    Range,
    SameCable,
    Wildcard,
    Word,
)

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("question", "tree"),
    [
        ("", Everything()),
        ("  \n", Everything()),
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a b OR c", Or((And((A, B)), C))),
        ("a OR b AND c", Or((A, And((B, C))))),
        ("a AND (b OR c)", And((A, Or((B, C))))),
        ("NOT a b", And((Not(A), B))),
        ("NOT (a b)", Not(And((A, B)))),
        ("a -b", And((A, Not(B)))),
        ("a –b", And((A, Not(B)))),
        ("-(a OR b)", Not(Or((A, B)))),
        ("NOT NOT a", A),
        ("((a) ((b)))", And((A, B))),
        ("a(b)c", And((A, B, C))),
        ("and or not", And((Word("and"), Word("or"), Word("not")))),
        ("ANDES NOTE", And((Word("ANDES"), Word("NOTE")))),
        ("F-16 S/S U.S.", And((Word("F-16"), Word("S/S"), Word("U.S.")))),
        ("a -- b", And((A, Word("--"), B))),
        ("Banquo’s", Word("Banquo’s")),
    ],
)
def test_words_and_operators(question: str, tree: Node) -> None:
    assert parse(question).tree == tree
    assert parse(question).problems == ()


@pytest.mark.parametrize(
    ("question", "tree"),
    [
        ('"more shoes"', Phrase("more shoes")),
        ("“more shoes”", Phrase("more shoes")),
        ("«more shoes»", Phrase("more shoes")),
        ('"he said “no” to it"', Phrase("he said “no” to it")),
        ('"more shoes” a', And((Phrase("more shoes"), A))),
        ('" more \n shoes "', Phrase("more shoes")),
        (r'"say \"no\""', Phrase('say "no"')),
        ('a"b"c', And((A, Phrase("b"), C))),
        ('-"more shoes"', Not(Phrase("more shoes"))),
        ("=shoes", Phrase("shoes")),
        ("a = b", And((A, Word("="), B))),
        ("injunct*", Prefix("injunct")),
        ("injunct**", Prefix("injunct")),
        (r"a\*", Word("a*")),
        (r"\-a", Word("-a")),
        (r"\AND", Word("AND")),
        (r"http\://x", Word("http://x")),
        ("in*tion", Wildcard(f"in{ANY_LETTERS}tion")),
        ("in**tion*", Wildcard(f"in{ANY_LETTERS}tion{ANY_LETTERS}")),
        ("w?rd", Wildcard(f"w{ANY_LETTER}rd")),
        ("w?r*", Wildcard(f"w{ANY_LETTER}r{ANY_LETTERS}")),
        ("Where is Putian?", And((Word("Where"), Word("is"), Word("Putian?")))),
        (r"w\?rd", Word("w?rd")),
        ("tag:K?PR", Wildcard(f"K{ANY_LETTER}PR", "tag")),
        ("word~", Fuzzy("word", 1)),
        ("word~1", Fuzzy("word", 1)),
        ("word~2", Fuzzy("word", 2)),
        ("origin:guangzu~2", Fuzzy("guangzu", 2, "origin")),
        (r"word\~2", Word("word~2")),
        ("~500", Word("~500")),
        ("/~user/x", Word("/~user/x")),
        ('"a b"~5', Loose("a b", 5)),
        ('"a b"~0', Loose("a b", 0)),
        ('section:"a b"~5', Loose("a b", 5, "section")),
        ("a NEAR/5 b", Near(A, B, 5)),
        ("a NEAR/5 b NEAR/3 c", And((Near(A, B, 5), Near(B, C, 3)))),
        ("-a NEAR/5 b", Not(Near(A, B, 5))),
        ("-a NEAR/5 b NEAR/3 c", Not(And((Near(A, B, 5), Near(B, C, 3))))),
        ("a b NEAR/5 c OR a", Or((And((A, Near(B, C, 5))), A))),
        ("section:(a NEAR/2 b)", Near(Word("a", "section"), Word("b", "section"), 2)),
        ("NEAR near NEARBY/5", And((Word("NEAR"), Word("near"), Word("NEARBY/5")))),
        (r"a \NEAR/5 b", And((A, Word("NEAR/5"), B))),
        ("same:cable a b", And((SameCable(), A, B))),
        ("like:07GUANGZHOU376#p11", Like("07GUANGZHOU376#p11")),
        ('like:"07 Guangzhou 376"', Like("07 Guangzhou 376")),
    ],
)
def test_phrases_prefixes_and_escapes(question: str, tree: Node) -> None:
    assert parse(question).tree == tree
    assert parse(question).problems == ()


@pytest.mark.parametrize(
    ("question", "tree"),
    [
        ("section:putian", Word("putian", "section")),
        ("SECTION:putian", Word("putian", "section")),
        ("subject: review", Word("review", "subject")),
        ('section:"Putian: Shoes"', Phrase("Putian: Shoes", "section")),
        ('origin:"la paz"', Phrase("la paz", "origin")),
        ("mark:S/NF", Word("S/NF", "mark")),
        ("tag:KIPR, a", And((Word("KIPR", "tag"), A))),
        ("tag:KI*", Prefix("KI", "tag")),
        ('region:"east a"*', Prefix("east a", "region")),
        ("-mark:SBU", Not(Word("SBU", "mark"))),
        ("section:-a", Not(Word("a", "section"))),
        ("tag:(KIPR OR ECON)", Or((Word("KIPR", "tag"), Word("ECON", "tag")))),
        ("section:(a subject:b) c", And((Word("a", "section"), Word("b", "subject"), C))),
        ("section:=shoes", Phrase("shoes", "section")),
        ("text:a", Word("a", "text")),
        ("Note: a", And((Word("Note"), A))),
        ("08:54", Word("08:54")),
    ],
)
def test_field_words(question: str, tree: Node) -> None:
    assert parse(question).tree == tree
    assert parse(question).problems == ()


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [
        ("date:2007", "2007", "2007"),
        ('date:"2007-03"', "2007-03", "2007-03"),
        ("date:2007-03-23T08:44", "2007-03-23T08:44", "2007-03-23T08:44"),
        ("date:[2006-01 TO 2007-06]", "2006-01", "2007-06"),
        ("date:[2006-01 to 2007-06]", "2006-01", "2007-06"),
        ("date:[* TO 2007]", None, "2007"),
        ("date:[* TO *]", None, None),
        ("date:>=2007", "2007", None),
        ("date:<=2007-06", None, "2007-06"),
        ("date:>2007", "2008", None),
        ("date:>2007-12", "2008-01", None),
        ("date:<2007-03-01", None, "2007-02-28"),
        ("date:>2007-12-31T23:59", "2008-01-01T00:00", None),
        ("date:March 1974", "1974-03", "1974-03"),
        ("date:4 Mar 1974", "1974-03-04", "1974-03-04"),
        ("date:10/1974", "1974-10", "1974-10"),
        ("date:19730201", "1973-02-01", "1973-02-01"),
        ('date:"4 March 1974"', "1974-03-04", "1974-03-04"),
        ("date:[March 1974 TO 4 June 1975]", "1974-03", "1975-06-04"),
        ("date:[3/1974 TO 1975]", "1974-03", "1975"),
        ("date:1974 to 1976", "1974", "1976"),
        ("date:>March 1974", "1974-04", None),
        ("date:<the 1970s", None, "1969"),
    ],
)
def test_dates(question: str, low: str | None, high: str | None) -> None:
    parsed = parse(question)
    assert parsed.tree == Range(low, high, "date")
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [("12", "12", "12"), ("[3 TO 5]", "3", "5"), (">20", "21", None), ("<=4", None, "4")],
)
def test_numbers(question: str, low: str | None, high: str | None) -> None:
    assert parse(f"paragraphs:{question}").tree == Range(low, high, "paragraphs")


@pytest.mark.parametrize(
    ("question", "position", "says", "repaired"),
    [
        ("(a b", 0, "not closed", "a AND b"),
        ("a) b", 1, "No parenthesis", "a AND b"),
        ("a ()", 2, "nothing between these parentheses", "a"),
        ('a "b c', 2, "not closed", 'a AND "b c"'),
        ('a ""', 2, "nothing between these quotation marks", "a"),
        ("a OR", 2, "Nothing follows this OR", "a"),
        ("AND a", 0, "Nothing stands before this AND", "a"),
        ("a OR AND b", 5, "Nothing stands before this AND", "a OR b"),
        ("a NOT", 2, "Nothing follows this NOT", "a"),
        ("(a OR) b", 3, "Nothing follows this OR", "a AND b"),
        ("date:20?7", 5, "takes no * and no ?", "207"),
        ("a word~3", 2, "~3 is read as ~2", "a AND word~2"),
        ("word~0", 0, "changes nothing", '"word"'),
        ("F-16~", 0, "single word", "F-16"),
        ("date:2007~1", 5, "takes no ~", "date:2007"),
        ('"a b"~99', 0, "At most 30 words", '"a b"~30'),
        ('"a b"~', 0, "takes a number", '"a b"'),
        ('tag:"a b"~2', 4, "takes no ~", 'tag:"a b"'),
        (
            '"a b c d e f g h i"~5',
            0,
            "At most 8 words",
            " AND ".join(f'"{letter}"' for letter in "abcdefghi"),
        ),
        ("a NEAR/5", 2, "Nothing follows this NEAR/5", "a"),
        ("NEAR/5 a", 0, "No word stands before this NEAR/5", "a"),
        ("a NEAR/5 OR b", 9, "Nothing stands before this OR", "a NEAR/5 b"),
        ('a NEAR/5 "b c"', 9, "two single words", 'a AND "b c"'),
        ('"a b" NEAR/5 c', 6, "No word stands before", '"a b" AND c'),
        ("a NEAR/5 (b OR c)", 9, "two single words", "a AND (b OR c)"),
        ("a NEAR/5 -b", 10, "two single words", "a AND NOT b"),
        ("a NEAR/5 subject:b", 17, "two single words", "a AND subject:b"),
        ("a NEAR/77 b", 2, "At most 30 words", "a NEAR/30 b"),
        ("same:page a", 5, "same: takes the word cable", "page AND a"),
        ("a *", 2, "nothing before the *", "a"),
        ("F-*", 0, "letters beside it", "F-"),
        ("subject:", 0, "Nothing follows subject:", "subject"),
        ("colour:red a", 0, "no field “colour”", r"colour\:red AND a"),
        ("tel://x", 0, "no field “tel”", r"tel\://x"),
        ("-colour:red", 1, "no field “colour”", r"NOT colour\:red"),
        ("a date:lastyear", 7, "“lastyear” is not a date. Use 1974", "a AND lastyear"),
        ("date:2007-13", 5, "there is no month 13", "2007-13"),
        ("date:2007-02-30", 5, "February 2007 has 28 days", "2007-02-30"),
        ("date:[2006-01 TO 2007-06", 5, "not closed", "date:[2006-01 TO 2007-06]"),
        ("date:[2008 TO 2006]", 5, "turned round", "date:[2006 TO 2008]"),
        ("date:[then TO 2006]", 5, "“then” is not a date", "date:[* TO 2006]"),
        ("date:2007*", 5, "takes no *", "date:2007"),
        ("date:>9999", 5, "Nothing lies beyond 9999", "date:9999"),
        ("number:twelve", 7, "A number has", "twelve"),
        ("number:<0", 7, "Nothing lies beyond 0", "number:0"),
        ("year:>=2007", 5, "no range (date, number, paragraphs, words do)", "2007"),
        ("tag:[A TO B]", 4, "no range", "A AND B"),
        ("tag:, a", 4, "nothing before the comma", "a"),
        ("AND OR", 0, "Nothing stands before this AND", '"AND OR"'),
    ],
)
def test_what_is_not_understood_is_said_and_repaired(
    question: str, position: int, says: str, repaired: str
) -> None:
    parsed = parse(question)
    assert (parsed.problems[0].position, parsed.repaired) == (position, repaired)
    assert says in parsed.problems[0].message
    assert str(parsed.tree) == repaired
    assert parse(repaired).problems == ()


def test_an_unknown_field_is_answered_with_the_known_ones() -> None:
    (problem,) = parse("colour:red").problems
    assert "section" in problem.message
    assert "date" in problem.message


@pytest.mark.parametrize(
    "question", ["--", "()", '""', "*", "( . )", "-&", "“", "NOT --", "-- OR ?"]
)
def test_a_question_without_letters_finds_nothing_and_says_so(question: str) -> None:
    parsed = parse(question)
    assert parsed.repaired is None
    assert parsed.problems[-1].message == "There is no letter and no digit to look for."
    assert parsed.tree != Everything()


def test_clauses_are_limited() -> None:
    assert parse("a " * MAX_CLAUSES).problems == ()
    parsed = parse("a " * (MAX_CLAUSES + 1))
    (problem,) = parsed.problems
    assert problem.position == 2 * MAX_CLAUSES
    assert str(MAX_CLAUSES) in problem.message
    assert parsed.tree == And((A,) * MAX_CLAUSES)


def test_characters_are_limited() -> None:
    word = "a" * 49
    assert parse(" ".join([word] * 10)).problems == ()
    parsed = parse(" ".join([word] * 11))
    (problem,) = parsed.problems
    assert problem.position == 10 * 50
    assert str(MAX_CHARACTERS) in problem.message
    assert parsed.tree == And((Word(word),) * 10)


def test_a_first_word_over_the_limit_is_cut() -> None:
    parsed = parse("a" * 501)
    assert parsed.tree == Phrase("a" * 500)
    assert len(parsed.problems) == 1


def test_a_huge_line_is_not_looked_at_whole() -> None:
    parsed = parse("(" * 10_000_000)
    assert parsed.repaired is None
    assert "4,000" in parsed.problems[-2].message


@pytest.mark.parametrize("count", [1, 3, 4, 400])
def test_many_problems_of_one_kind_are_told_as_a_few(count: int) -> None:
    read = parse("wheat" + ")" * count + " date:[2007 TO 2006]")
    no_parenthesis = [(5 + n, "No parenthesis is open here; it is left out.") for n in range(count)]
    expected = no_parenthesis[:3]
    if count > 3:
        expected.append((8, f"And {count - 3} more like these."))
    *first, last = [(each.position, each.message) for each in read.problems]
    assert first == expected
    assert last[1].startswith("This range ends before it begins")
    assert read.repaired == "wheat AND date:[2006 TO 2007]"


def test_the_words_of_a_date_end_where_it_ends() -> None:
    assert parse("date:4 Mar 1974 wheat") == parse("date:1974-03-04 wheat")
    # A date of one word is whole: the next word is one of the text.
    assert str(parse("date:1974 march").tree) == "date:1974 AND march"
    assert parse("wheat date:(1974 OR March 1975)") == parse("wheat date:(1974 OR 1975-03)")


def test_a_date_that_may_be_another_one_is_told() -> None:
    (problem,) = parse("date:3/4/1974").problems
    assert problem.message == (
        "“3/4/1974” was read as 4 March 1974; for 3 April 1974 use 1974-04-03."
    )


@pytest.mark.parametrize(
    ("question", "says", "reading"),
    [
        # Lucene
        ("a^2", "^2 is left out", "a"),
        ('"a b"^1.5 (c d)^3', "^1.5 is left out", '"a b" AND c AND d'),
        ("a~2^3", "^3 is left out", "a~2"),
        ("a~0.8", "~0.8 is read as ~1", "a~"),
        ("[1973 TO 1979]", "read as dates", "date:[1973 TO 1979]"),
        ("[a TO b]", "takes a field's name", "a AND b"),
        ("date:{1973 TO 1974}", "Nothing lies between", "date:[1973 TO 1974]"),
        ("/a(b/", "no regular expression (missing ): a(b)", r"\/a\(b/"),
        ("date:/20.*/", "takes no regular expression", r"20.\*"),
        # Westlaw, Lexis, Ovid, dtSearch
        ("a W/5 b", "W/5 was read as NEAR/5", "a NEAR/5 b"),
        ("a w/5 b", "w/5 was read as NEAR/5", "a NEAR/5 b"),
        ("a near/5 b", "near/5 was read as NEAR/5", "a NEAR/5 b"),
        ("a NEAR5 b", "NEAR5 was read as NEAR/5", "a NEAR/5 b"),
        ("a ADJ3 b", "For words in this order use quotation marks", "a NEAR/3 b"),
        ("a PRE/3 b", "PRE/3 was read as NEAR/3", "a NEAR/3 b"),
        ("a W/50 b", "At most 30 words", "a NEAR/30 b"),
        # Pasted
        (
            "TO: SECSTATE WASHDC PRIORITY 5322",
            "“PRIORITY 5322” is no part",
            "to:SECSTATE AND to:WASHDC",
        ),
        ("a *", "nothing before the *", "a"),
        ('"a b*"~5', "does not work with a ~", '"a b"~5'),
    ],
)
def test_what_other_programs_have_is_read_and_said(question: str, says: str, reading: str) -> None:
    parsed = parse(question)
    assert any(says in problem.message for problem in parsed.problems)
    assert str(parsed.tree) == reading == parsed.repaired


@pytest.mark.parametrize(
    ("question", "reading"),
    [
        ("a && b", "a AND b"),
        ("a || b", "a OR b"),
        ("a !b", "a AND NOT b"),
        ("date:{1973 TO 1979}", "date:[1974 TO 1978]"),
        ("date:{1973 TO 1979]", "date:[1974 TO 1979]"),
        ("date:[1973-05 TO 1979-01-01}", "date:[1973-05 TO 1978-12-31]"),
        ("number:{1 TO *]", "number:[2 TO *]"),
        ("/wh[ea]+t/", "/wh[ea]+t/"),
        ("-tag:/K.*/", "NOT tag:/K.*/"),
        ('"monkey busi*"', '"monkey busi*"'),
        ('"monkey busi"*', '"monkey busi*"'),
        ('"wom?n voters"', '"wom?n voters"'),
        ("*tion", "*tion"),
        ("?utian", "?utian"),
        ('"what? who"', '"what? who"'),
        (r'"busi\*"', r'"busi\*"'),
        ('"busi*"', "busi*"),
        ("F-1*", '"f 1*"'),
        ("al-Q*", '"al q*"'),
        ('origin:"la p*"', 'origin:"la p"*'),
        # Text
        ("and/or A/S and N/A", "and/or AND A/S AND and AND N/A"),
        ("/s/ KISSINGER", r"\/s/ AND KISSINGER"),
        ("a /024 b", r"a AND \/024 AND b"),
        ("wheat +wheat", "wheat AND +wheat"),
        ("near the river", "near AND the AND river"),
        ("http://example.org/a?b=c*", "http://example.org/a?b=c*"),
        ("see www.archives.gov/aad?dt=1", "see AND www.archives.gov/aad?dt=1"),
        ("SUGAR AND WHEAT AND MAIZE PRICES", "SUGAR AND WHEAT AND MAIZE AND PRICES"),
        ("KISSINGER OR ROGERS", "KISSINGER OR ROGERS"),
        ("WHEAT AND NOT MAIZE", "WHEAT AND NOT MAIZE"),
        ("NATO wheat NOT U.S. ARMY", "NATO AND wheat AND NOT U.S. AND ARMY"),
        ("Subject: review", "subject:review"),
    ],
)
def test_what_needs_no_word_about_it(question: str, reading: str) -> None:
    assert str(parse(question).tree) == reading
    assert parse(question).problems == ()


@pytest.mark.parametrize(
    ("question", "reading", "other"),
    [
        (
            "THE SUGAR ACT IS NOT RENEWED",
            r"THE AND SUGAR AND ACT AND IS AND \NOT AND RENEWED",
            "THE AND SUGAR AND ACT AND IS AND NOT RENEWED",
        ),
        (
            "CLOSURE OR SALE OF LAND",
            r"CLOSURE AND \OR AND SALE AND OF AND LAND",
            "CLOSURE OR (SALE AND OF AND LAND)",
        ),
        ("CAMP NEAR LA PAZ", r"CAMP AND \NEAR AND LA AND PAZ", "CAMP NEAR/10 LA AND PAZ"),
        ("NOT BE ABLE", r"\NOT AND BE AND ABLE", "NOT BE AND ABLE"),
        ("a NEAR b", "a NEAR/10 b", r"a AND \NEAR AND b"),
        ("a ADJ b", "a NEAR/0 b", r"a AND \ADJ AND b"),
        ("a /5 b", "a NEAR/5 b", r"a AND \/5 AND b"),
        ("a +5 b", "a NEAR/5 b", r"a AND \+5 AND b"),
        ("a /s b", "a NEAR/20 b", r"a AND \/s AND b"),
        ("a /p b", "a AND b", r"a AND \/p AND b"),
        ("TO: SECSTATE WASHDC", "to:SECSTATE AND to:WASHDC", "to:SECSTATE AND WASHDC"),
        ("Subject: (C) Trade fair", "subject:Trade AND subject:fair", None),
        ("Subject: (S)", "Subject AND S", "subject:S"),
        (
            "Source: National Archives, RG 59",
            "Source AND National AND Archives, AND RG AND 59",
            "source:National AND Archives, AND RG AND 59",
        ),
        ("SUBJECT: SUGAR TRADE REF: STATE 1", None, None),
        ("12. (C) Wheat rose", "Wheat AND rose", "12. AND C AND Wheat AND rose"),
        ("(S/NF) Wheat rose", "Wheat AND rose", "S/NF AND Wheat AND rose"),
    ],
)
def test_a_line_with_two_readings_tells_the_other(
    question: str, reading: str | None, other: str | None
) -> None:
    parsed = parse(question)
    offered = [problem.other for problem in parsed.problems if problem.other]
    assert len(offered) == 1
    if reading:
        assert str(parsed.tree) == reading
    if other:
        assert offered == [other]
    # What is offered is another question, and says the same again.
    assert str(parse(offered[0]).tree) == offered[0] != str(parsed.tree)


def test_a_header_ends_where_another_line_of_it_begins() -> None:
    parsed = parse("SUBJECT: SUGAR TRADE REF: STATE 1")
    assert str(parsed.tree) == "subject:SUGAR AND subject:TRADE AND REF AND STATE AND 1"
    several = parse("FROM: AMEMBASSY LA PAZ TO: SECSTATE WASHDC SUBJECT: SUGAR TRADE")
    assert str(several.tree).endswith("to:WASHDC AND subject:SUGAR AND subject:TRADE")


def test_a_question_that_is_cut_says_where_to_go_on() -> None:
    for question in (" ".join("a" * 65), "x" * 600, f"a {'(' * 5_000}"):
        parsed = parse(question)
        assert "/batch" in parsed.cut
        assert parsed.cut in [problem.message for problem in parsed.problems]
    assert parse("a b").cut == ""
