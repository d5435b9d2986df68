"""Telegrams with a text of their own, and the ways in which they come again under other numbers."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from corpus.model import Cable, Paragraph, Part, Post

OSLO = Post("OSLO", "Oslo", "Norway", "Europe")
ROME = Post("ROME", "Rome", "Italy", "Europe")
_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()


def sentences(seed: int, words: int) -> str:
    """So many invented words, the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311 - it makes words, not keys
    made = ["".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4))) for _ in range(words)]
    return " ".join(made)


def telegram(
    cable_id: str,
    texts: list[str],
    *,
    post: Post = OSLO,
    day: int = 5,
    subject: str = "Herring talks go on",
    **more: object,
) -> Cable:
    """A telegram of March 1974 with these paragraphs."""
    cable = Cable(
        cable_id,
        datetime(1974, 3, day, 9, 15, tzinfo=UTC),
        "minute",
        post,
        subject,
        paragraphs=tuple(
            Paragraph(f"p{number}", number, None, None, Part.BODY, text)
            for number, text in enumerate(texts, 1)
        ),
    )
    return replace(cable, **more)


def later(cable: Cable, days: int, cable_id: str) -> Cable:
    """The same text so many days later, under another number."""
    assert cable.date is not None
    return replace(cable, id=cable_id, date=cable.date + timedelta(days=days))
