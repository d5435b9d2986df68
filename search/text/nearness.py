"""Words near each other: which places in a text hold all of them close together.

Owns what `"..."~5` and `NEAR/5` mean, for the engines and for marks. Must not know an index.

Words are near each other if a stretch of the text holds each of them and at most so many other words. Their order
does not count; a word that is asked for twice counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

# More words can't be asked to be near each other, and no more others may stand among them.
MOST_WORDS = 8
MOST_BETWEEN = 30


def stretches(places: Sequence[Iterable[int]], between: int) -> Iterator[tuple[int, int]]:
    """The first and last position of each shortest stretch, `places` being the positions of each word."""
    seen = sorted((place, word) for word, found in enumerate(places) for place in found)
    last: dict[int, int] = {}
    for place, word in seen:
        last[word] = place
        if len(last) == len(places):
            first = min(last.values())
            if place - first + 1 <= len(places) + between:
                yield first, place


def near(places: Sequence[Iterable[int]], between: int, breaks: Sequence[int] = ()) -> bool:
    """Whether there is such a stretch with none of the `breaks` inside."""
    return any(
        not any(first < each < last for each in breaks)
        for first, last in stretches(places, between)
    )
