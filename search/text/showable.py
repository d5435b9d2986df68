"""Text without what no encoding has: half of a surrogate pair, as which Python has a byte of a command line or a file's
name that is no UTF-8, and which JSON can write.

Must not know where a text is from. No index holds such a half (`search.engines.stored`), and none can be asked for one.
"""

from __future__ import annotations

from corpus.late_patterns import late_pattern

# A half that stands alone is no letter, and no encoding has it: a program's fault, or a file's name in Latin-1.
HALF_A_PAIR = late_pattern("[\ud800-\udfff]")


def showable(text: str) -> str:
    """The text with each half of a pair as U+FFFD; just as long."""
    return text if text.isascii() else HALF_A_PAIR.sub("\ufffd", text)
