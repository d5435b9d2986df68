"""Telegrams with a text of their own, and the ways in which they come again under other numbers."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from corpus.model import Cable, Paragraph, Part, Post

OSLO = Post("OSLO", "Oslo", "Norway", "Europe")
ROME = Post("ROME", "Rome", "Italy", "Europe")
_SYLLABLES = [f"{first}{second}" for first in "bdfgklmnprst" for second in "aeiou"]


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
    **more: Any,
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


TEXTS = [f"HERRING {sentences(seed, 70).upper()}" for seed in range(5)]


def page_of(post: str, number: int, day: int, texts: list[str], note: str = "") -> str:
    """The page of a telegram of March 1974, as it came over the wire."""
    body = "\n\n".join(f"{place}. {text}" for place, text in enumerate(texts, 1))
    return (
        f"CONFIDENTIAL\n\nPAGE 01        {post} {number:05}  {day:02}0915Z\n\nR {day:02}0915Z MAR 74\n"
        f"FM AMEMBASSY {post}\nTO SECSTATE WASHDC\n\nCONFIDENTIAL {post} {number}\n\n"
        f"E.O. 11652: GDS\nSUBJECT: HERRING TALKS\n{note}\n\n{body}\nBT\nNNNN\n"
    )


def pages_of_one_telegram(folder: Path) -> Path:
    """A telegram, a copy under another number, a corrected copy, and an answer that quotes one paragraph."""
    folder.mkdir()
    (folder / "first.txt").write_text(page_of("OSLO", 100, 5, TEXTS))
    (folder / "copy.txt").write_text(page_of("OSLO", 117, 5, TEXTS))
    corrected = [*TEXTS[:4], TEXTS[4] + " ZANZIBAR HERRING"]
    note = "C O R R E C T E D  C O P Y"
    (folder / "corrected.txt").write_text(page_of("OSLO", 121, 6, corrected, note))
    answer = [f"REFTEL SAYS: {TEXTS[2]}", sentences(70, 150).upper()]
    (folder / "answer.txt").write_text(page_of("ROME", 9, 8, answer))
    return folder
