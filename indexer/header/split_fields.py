"""Fields of the header that a blank line splits: which lines behind it still belong to them.

Owns that one decision, and takes it from the functions that read the fields: a line belongs to a field if the field
says more with it. Must not place a line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from indexer.header.blocks import ends_prose
from indexer.header.subject import breaks_off, subject
from indexer.header.tags import tags

# So many lines behind the field are enough to see what follows on it, and no more of them are taken in.
_SIGHT = 12
_MOST_LINES = 3

# A field, what it says, and whether its last line looks as if it went on: asked first, since most lines do not.
_SPLIT: tuple[tuple[str, Callable[[str], object], Callable[[str], bool]], ...] = (
    ("subject", subject, breaks_off),
    ("tags", tags, lambda line: line.endswith(",")),
)


def join_split_fields(words: Sequence[str], labels: list[str | None]) -> None:
    """Give the lines of a subject or of TAGS that stand behind a blank line the label of their field.

    `words` are the lines without outer blanks, `labels` what `indexer.header.labels.label_header` made of them.
    """
    for field, read, may_go_on in _SPLIT:
        if field not in labels:
            continue
        first = labels.index(field)
        for _ in range(_MOST_LINES):
            last = next(
                (at for at in range(first, len(labels)) if labels[at] != field), len(labels)
            )
            below = next((at for at in range(last, len(words)) if words[at]), len(words))
            if below in (last, len(words)) or labels[below] or not may_go_on(words[last - 1]):
                break
            if ends_prose(words[below]):
                break
            alone = read("\n".join(words[first:last]))
            if read("\n".join(words[first : below + _SIGHT])) == alone:
                break
            labels[last : below + 1] = [field] * (below + 1 - last)
