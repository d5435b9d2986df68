"""The help page: the syntax, and the fields out of the one field table."""

from __future__ import annotations

from dataclasses import dataclass

from search.fields import FIELDS
from webui.asking.address import State, build
from webui.pages.wording import Link

_SYNTAX = (
    ("putian injunction", "Both words, in any form: one in the paragraph, the other may stand over it."),
    ("shoes OR footwear", "Either word. NOT binds tighter than AND, and AND tighter than OR."),
    ("putian -customs", "Paragraphs with the first word and without the second; NOT customs says the same."),
    ("(shoes OR footwear) putian", "Use parentheses to group."),
    ('"preliminary injunction"', "Exactly these words in this order, small words included; curly quotes work as well."),
    ("=shoes", "Exactly this word and no other form of it."),
    ("injunct*", "Words beginning with injunct; inj*tion, w?man and *junction are patterns."),
    ('"preliminary inj*"', "These words in this order, the last beginning so; also F-1* and al-Q*."),
    ("/injunctions?/", "A word that this regular expression matches whole."),
    ("injuction~", "A word at most one letter away, and with ~2 two."),
    ('"shoes putian"~5', "These words in any order, at most five others among them; also shoes NEAR/5 putian."),
    ("shoes w/5 putian", "Signs of other search programs work too: w/5, near/5, ADJ3, /s, /p, && and ||."),
    ("to:secstate", "Words of an addressee; type a field’s name and the box suggests its values."),
    ("THE CASE IS NOT CLOSED", "Pasted titles, header lines and paragraphs are read as text."),
    ("same:cable putian injunction", "Words that may stand in different paragraphs of one cable."),
    ("like:07GUANGZHOU376#p11", "Paragraphs that share the most distinctive words of that one."),
    ("F-16", "Hyphens, slashes and full stops inside a word work as they are printed. F-16 finds F-16s as well."),
    ("A. Q. Khan", "Initials, with or without spaces: A.Q. Khan is the same."),
    ("date:[2006-01 TO 2007-06]", "A range, both ends included; * leaves an end open; also date:>=2007."),
    ("section:(putian OR fujian)", "A field for a whole group."),
    ("07GUANGZHOU376", "Opens that cable, in any spelling of its number."),
)  # fmt: skip

_KEYS = (
    (("n", "p"), "next and previous hit in a cable"),
    (("]", "["), "next and previous result, or cable of the post; next and previous page of results"),
    (("/",), "to the search box"),
    (("?",), "this page"),
    (("↓", "↑", "Enter", "Esc"), "at a paragraph’s ¶: to the next and the one before, open its menu, close it"),
    (("↓", "↑", "Enter", "Esc"), "in the box: walk the suggestions, take one, close them"),
)  # fmt: skip

_WORDS = (
    ("Result", "A paragraph with what you asked for; or the subject and header of a cable, a heading, a note."),
    ("Paragraph", "Its author numbered it. ¶12 has a link of its own, /cable/ID/p/12, and a menu at its number."),
    ("Portion mark", "The classification in parentheses at a paragraph's start: (U), (SBU), (C), (S)."),
    ("Section and part", "The heading over a paragraph, as printed, and its role: summary, comment and so on."),
    ("TAGS", "The codes for subjects, countries, organizations and persons that the sender put on the cable."),
    ("Collection", "Cables and paragraphs that you collect, with notes. Saved in the page’s link, or as a file."),
    ("Trends", "Paragraphs with a term per million words of their year or month."),
    ("Original page", "The page in which a cable was found, all lines labeled."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SyntaxRow:
    """Something to write, and what it finds."""

    link: Link
    meaning: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of the language, with an example."""

    name: str
    meaning: str
    link: Link


@dataclass(frozen=True, slots=True)
class KeyRow:
    """Keys, and what they do."""

    keys: tuple[str, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class WordRow:
    """A word of this site, and what it means."""

    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class HelpPage:
    """All that the help page says."""

    syntax: tuple[SyntaxRow, ...]
    fields: tuple[FieldRow, ...]
    keys: tuple[KeyRow, ...]
    words: tuple[WordRow, ...]


def help_page() -> HelpPage:
    """The help page; the fields are those of the field table, so none can be missing."""
    return HelpPage(
        tuple(SyntaxRow(_search(question), meaning) for question, meaning in _SYNTAX),
        tuple(FieldRow(field.name, field.help, _search(field.example)) for field in FIELDS),
        tuple(KeyRow(keys, meaning) for keys, meaning in _KEYS),
        tuple(WordRow(term, meaning) for term, meaning in _WORDS),
    )


def _search(question: str) -> Link:
    return Link(question, build(State(q=question)))
