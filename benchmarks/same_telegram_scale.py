"""How long it takes to find the telegrams of a large collection: signatures, entering them, comparing.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/same_telegram_scale.py 3000 25000`. The cables are those of
`benchmarks/synthetic_cables.py`, of some 1,100 words; one in twenty comes again under another number, one letter in a
hundred misread, and one in a hundred as an extract. No index is made: texts are kept in memory, so the reading of the
cables that are compared, about a millisecond each, is not in the figures. Time is that of the processor, in one
process; the indexer makes the signatures in all of its processes.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.synthetic_cables import synthetic_cables
from benchmarks.telegram_damage import Damage
from corpus.ids import lookup_key
from corpus.model import Cable
from search.telegrams import FILE_NAME
from search.telegrams.comparing import Text, text_of
from search.telegrams.signatures import signature
from search.telegrams.store import ask, writing
from search.telegrams.updating import update

_COPY, _EXTRACT = 20, 100


def collection(count: int, seed: int = 1) -> Iterator[Cable]:
    """So many cables, versions of others among them."""
    damage = Damage(seed, ())
    made = 0
    for number, cable in enumerate(synthetic_cables(count, seed)):
        if made >= count:
            return
        yield cable
        made += 1
        if number % _COPY == 0:
            texts = tuple(
                replace(each, text=damage.letters(each.text, 0.01)) for each in cable.paragraphs
            )
            yield replace(cable, id=f"copy of {cable.id}", paragraphs=texts)
            made += 1
        if number % _EXTRACT == 0:
            yield replace(cable, id=f"part of {cable.id}", paragraphs=cable.paragraphs[2:6])
            made += 1


def measure(count: int) -> None:
    """Print the times for a collection of so many cables."""
    cables = {lookup_key(each.id): each for each in collection(count)}
    start = time.process_time()
    signed = [(key, each.id, signature(each)) for key, each in cables.items()]
    signing = time.process_time() - start

    def text(key: str) -> Text:
        return text_of(cables[key])

    with TemporaryDirectory() as place:
        folder = Path(place)
        start = time.process_time()
        with writing(folder) as store:
            _, compared = update(store, signed, text, "")
        joining = time.process_time() - start
        counts = ask(folder, lambda store: store.counts(), (0, 0, 0))
        size = (folder / FILE_NAME).stat().st_size
        start = time.process_time()
        with writing(folder) as store:
            update(store, signed, text, "")
        again = time.process_time() - start
    print(
        f"{len(cables):,} cables: signatures {signing:.1f} s ({1e3 * signing / len(cables):.2f} ms a cable), "
        f"entering and comparing {joining:.1f} s ({1e3 * joining / len(cables):.2f} ms a cable; {compared:,} pairs "
        f"compared), {counts[1]:,} telegrams of {counts[2]:,} versions; a run without anything new {again:.1f} s; "
        f"{size / len(cables):,.0f} bytes a cable",
        flush=True,
    )


if __name__ == "__main__":
    for each in sys.argv[1:]:
        measure(int(each))
