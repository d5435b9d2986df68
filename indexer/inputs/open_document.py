"""The text of an OpenDocument text (.odt): what is seen of it, with the numbers that the program counts.

The source: OpenDocument 1.3, part 3. Owns its words. Must not know what the text says.
"""

from __future__ import annotations

from typing import Any

from search.documents.office_text import (
    LONGEST_NUMBER,
    Attributes,
    Level,
    Lists,
    Page,
    Parts,
    number_of,
)

TEXT, _STYLES = "content.xml", "styles.xml"

_UNSEEN = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "forms", "sequence-decls", "desc", "title"}
)


def open_document_text(parts: Parts) -> str:
    """The text of a document. Raises `NotACable`, and what shows damage."""
    lists = Lists()
    _lists(parts, _STYLES, lists)
    _lists(parts, TEXT, lists)
    page, notes = Page(parts.error), Page(parts.error)
    unseen = 0
    body = False
    items: list[
        list[Any]
    ] = []  # the lists that are open: the style, the counter, whether the item waits for its number
    taken = 0
    into = [page]

    def start(tag: str, said: Attributes) -> None:
        nonlocal unseen, body, taken
        here = into[-1]
        if unseen or tag in _UNSEEN:
            unseen += 1
        elif tag == "text" and not body:
            body = True
        elif tag in {"p", "h"}:
            here.begin()
        elif tag == "table-row":
            here.begin_row()
        elif tag == "table-cell":
            here.begin_cell()
        elif tag == "s":
            here.add(" " * max(1, min(number_of(said.get("c") or "1"), 1_000)))
        elif tag == "tab":
            here.add("\t")
        elif tag == "line-break":
            here.add("\n")
        elif tag == "list":
            style = said.get("style-name") or (items[-1][0] if items else "")
            if not items:
                taken += 1
            counter = style if said.get("continue-numbering") == "true" else f"{style}\0{taken}"
            items.append([style, items[0][1] if items else counter, False])
        elif tag == "list-item" and items:
            items[-1][2] = True
        elif tag == "note-body":
            into.append(notes)
            notes.begin()
        elif tag == "note-citation":
            here.add("[")

    def end(tag: str) -> None:
        nonlocal unseen
        if unseen:
            unseen -= 1
        elif tag in {"p", "h"}:
            number = ""
            if items and items[-1][2] and into[-1] is page:
                items[-1][2] = False
                number = lists.next(items[-1][0], items[-1][1], len(items) - 1)
            into[-1].end(number)
        elif tag == "table-row":
            into[-1].end_row()
        elif tag == "list" and items:
            items.pop()
        elif tag == "note-body" and len(into) > 1:
            into.pop().end()
        elif tag == "note-citation":
            into[-1].add("]")

    def text(data: str) -> None:
        if body and not unseen:
            into[-1].add(data.replace("\n", " "))

    parts.read(TEXT, start, end, text)
    if any(line.strip() for line in notes.lines):
        page.lines += ["", *notes.lines]
    return page.text()


def _lists(parts: Parts, name: str, lists: Lists) -> None:
    """The styles of lists that one part of a document has."""
    here: list[str] = [""]

    def start(tag: str, said: Attributes) -> None:
        if tag == "list-style":
            here[0] = said.get("name", "")
        elif tag.startswith("list-level-style-") and here[0]:
            depth = max(0, number_of(said.get("level")) - 1)
            shown = max(1, number_of(said.get("display-levels") or "1"))
            form = said.get("num-format", "")
            counts = tag.endswith("number") and form
            numbers = ".".join(f"%{at + 1}" for at in range(max(0, depth + 1 - shown), depth + 1))
            prefix, suffix = said.get("num-prefix", ""), said.get("num-suffix", "")
            text = f"{prefix[:LONGEST_NUMBER]}{numbers}{suffix[:LONGEST_NUMBER]}"
            kind = form if counts else "none" if tag.endswith("number") else "bullet"
            first = number_of(said.get("start-value") or "1")
            lists.levels[here[0]][depth] = Level(kind, text, first)

    parts.read(name, start, lambda tag: None)
