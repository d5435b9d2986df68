"""Markdown: the text that a reader of it sees, line by line.

Owns which of its signs are taken off: the marks of headings, of emphasis and of quotations, backslashes, links, fences.
What a cable has itself stays: rules of dashes, `#` before a number, numbers of paragraphs, bullets.
"""

from __future__ import annotations

import re

# `## Summary`, `# 07GUANGZHOU376 #`; `#2402` and a lone `##` are a cable's own.
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]++(?=\S)")
# What fences a text that is to stand as it is: three or more of them, ```` ```text ````.
_FENCE = re.compile(r"^ {0,3}(`{3,}+|~{3,}+)[ \t]*+[\w+.-]*+[ \t]*+$")
# A quoted line: `> 1. (SBU) The lamp`.
_QUOTE = re.compile(r"^ {0,3}(?:>[ \t]?){1,9}")
# `**SUBJECT:**`, `__TAGS:__`, with no blank inside the marks, and no letter or underscore around the second form.
_STRONG = re.compile(
    r"\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*|(?<![\w_])__(?=\S)([^_\n]+?)(?<=\S)__(?![\w_])"
)
# `*Izvestia*`, `_Izvestia_`: one mark, inside words only the star.
_EMPHASIS = re.compile(
    r"(?<![\w*\\])\*(?=[\w(\"“])([^*\n]+?)(?<=\S)\*(?![\w*])|(?<![\w_\\])_(?=\w)([^_\n]+?)(?<=\S)_(?![\w_])"
)
# `[a cable](https://example.org/x "title")`, `<https://example.org>`; the text is kept.
_LINK = re.compile(r"!?\[([^\][\n]{0,300})\]\(<?[^()\s<>]{1,2000}>?(?:[ \t]+\"[^\"\n]{0,300}\")?\)")
_BARE_LINK = re.compile(r"<((?:https?|mailto):[^<>\s]{1,2000})>")
# `1\. (U)`, `\#2402`: a sign that a backslash keeps from being one of Markdown's.
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def plain_text(text: str) -> str:
    """What Markdown says, without its signs; the lines stay as they are, and those of a fenced text whole."""
    lines = []
    fence = ""
    for line in text.split("\n"):
        end = "\r" if line.endswith("\r") else ""
        bare = line.removesuffix("\r")
        mark = _FENCE.match(bare)
        if fence:
            if mark and mark[1][0] == fence[0] and len(mark[1]) >= len(fence):
                fence = ""
                lines.append(end)
            else:
                lines.append(line)
        elif mark:
            fence = mark[1]
            lines.append(end)
        else:
            lines.append(_plain_line(bare) + end)
    return "\n".join(lines)


def _plain_line(line: str) -> str:
    line = _QUOTE.sub("", line)
    # A line that ends in a backslash or in two blanks is broken there.
    line = line.rstrip(" ") if line.endswith("  ") else line.removesuffix("\\")
    heading = _HEADING.match(line)
    if heading:
        line = line[heading.end() :].rstrip()
        open_end = line.rstrip("#")
        line = open_end.rstrip() if open_end[-1:].isspace() else line
    line = _STRONG.sub(lambda found: found[1] or found[2], line)
    line = _EMPHASIS.sub(lambda found: found[1] or found[2], line)
    line = _BARE_LINK.sub(r"\1", _LINK.sub(r"\1", line))
    return _ESCAPED.sub(r"\1", line)
