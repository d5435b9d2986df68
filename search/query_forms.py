"""The forms of the query language: a pattern for each thing that a line of it can hold at one place.

Owns the patterns. Must not know what they mean: `search.query_parser` does.
"""

from __future__ import annotations

import re

QUOTES = '"“”„«»'

BLANKS = re.compile(r"\s+")
OPENING = re.compile(r"\(")
CLOSING = re.compile(r"\)")
# `AND` or `NEAR/5` between words, also in `NOT(` and `OR"`; not `ANDES`, not `OR:`.
OPERATOR = re.compile(rf"(AND|OR|NOT|NEAR/([0-9]{{1,3}}))(?=[\s(){QUOTES}]|\Z)")
# A minus, or a dash that was made of one, right before what it excludes: `-comment`, `–"more shoes"`, `-(a b)`. Not the
# `--` between two words, and not the em dash of a sentence.
MINUS = re.compile(rf"[-‐‑‒–−](?=[\w(\\={QUOTES}])")
# The name of a field, before its value: `section:putian`, `SUBJECT: review`.
FIELD = re.compile(r"([A-Za-z][A-Za-z_-]*):")
# After the name of a field: no value. `subject:` at the end, `(subject:)`, `subject: AND putian`.
NO_VALUE = re.compile(rf"\s*(?:\Z|\)|(?:AND|OR|NOT|NEAR/[0-9]{{1,3}})(?=[\s(){QUOTES}]|\Z))")
# `"more shoes"`, in which printers' marks may stand, or between printers' marks: `“more shoes”`, `«more shoes»`.
QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"|[“”„«»]((?:\\.|[^"“”„«»\\])*)["“”„«»]', re.DOTALL)
# The same without its end, `"more shoes`; the last group is empty then, but not in `"more shoes” today`.
HALF_QUOTED = re.compile(rf"[{QUOTES}]((?:\\.|[^{QUOTES}\\])*)([{QUOTES}]?)", re.DOTALL)
# `[2006-01 TO 2007-06]`, also with a lower-case `to` and without its end; `*` leaves a side open.
RANGE = re.compile(r"\[\s*([^\s\[\]()]+)\s+(?:TO|to)\s+([^\s\[\]()]+)\s*(\]?)")
# The sign of `date:>=2007` or `paragraphs:<20`, with its bound right behind.
COMPARISON = re.compile(rf"(>=|<=|>|<)(?=[^\s(){QUOTES}])")
# The sign of an exact word, `=shoes`; not the one of `a = b`.
EXACT = re.compile(r"=(?=[\w\\])")
# A word: all up to a blank, a quotation mark or a parenthesis that has no backslash before it.
WORD = re.compile(rf"(?:\\.|[^\s{QUOTES}()\\]|\\\Z)+", re.DOTALL)
# A character of a word, the first group, if a backslash stood before it: the `:` of `http\://example`.
CHARACTER = re.compile(r"\\(.)|.", re.DOTALL)
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
STARS = re.compile(r"\*+")
# What follows a loose phrase, `"more shoes"~5`, or a word, `shoes~2`; the number may be missing.
TILDE = re.compile(r"~([0-9]{0,3})")
TILDE_AT_END = re.compile(r"~([0-9]{0,3})\Z")
# A `?` that is a sign has letters, or another sign, behind it: `w?rd`, `wom?n*`; not the one of `Putian?`.
SIGN_BEHIND = re.compile(r"[^\W_]|\*")
