"""How well a statistical model reads people, beside the rules: a spaCy pipeline, against the tags of FRUS.

    PYTHONPATH=. python benchmarks/people_model.py ../shared/data/frus --model en_core_web_sm
    PYTHONPATH=. python benchmarks/people_model.py ../shared/data/frus --train VOLUME... --keep FOLDER

The first measures a pipeline that is there: an installed package, or a folder. The second trains one, from nothing but
the names that the editors tagged in the volumes named (those that the rules were written with, unless others are), and
measures it on the others, which neither the model nor who wrote the rules has seen. `--keep` leaves it in a folder, for
`CABLEGRAM_NAMES_MODEL`. Both need spaCy (`pip install 'cablegram[names]'`) and one processor; on one of 2026 training
takes three minutes.

Each volume is read as text alone, without the tags: by the rules, by the model alone, and by both, as
`benchmarks/people.py` says. Seconds are of the processor; those of the model are for all texts of a volume, in one go.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.people import SEEN, measure
from benchmarks.people_gold import Block, GoldVolume, Span, volumes
from search.people.naming import named_by
from search.people.reading import Names, read_names
from search.people.recognizers import MODEL
from search.people.statistical import added, guesses, model

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

# So many texts are trained with, so often; a text has so many characters at most.
_MOST_TEXTS = 8_000
_ROUNDS = 4
# Of which made-up surnames are made.
_SYLLABLES = (
    *(
        "ba",
        "bel",
        "cor",
        "da",
        "den",
        "dor",
        "el",
        "fan",
        "gar",
        "gel",
        "har",
        "his",
        "ik",
        "jan",
        "kos",
        "kra",
    ),
    *(
        "lam",
        "lev",
        "lin",
        "mar",
        "mi",
        "mon",
        "nov",
        "os",
        "par",
        "pet",
        "ra",
        "rin",
        "sal",
        "sen",
        "ski",
        "sto",
    ),
    *("ta", "ter", "ton", "ul", "var", "vic", "wal", "wen", "yas", "zel"),
)
_LONGEST = 1_500
_SEED = 1975


def examples(of: Iterable[GoldVolume], most: int = _MOST_TEXTS) -> list[Block]:
    """Texts to train with: of documents, or of their notes, in which the editors tagged somebody."""
    found: list[Block] = []
    for volume in of:
        for document in volume.documents:
            judged = {block.note for block in document.blocks if block.spans}
            found += [
                block
                for block in document.blocks
                if block.note in judged and len(block.text) <= _LONGEST
            ]
    draw = random.Random(_SEED)  # noqa: S311 - the same ones each time, no secret
    draw.shuffle(found)
    named = [block for block in found if block.spans]
    others = [block for block in found if not block.spans]
    renamed = [_renamed(block, draw) for block in named]
    chosen = [*named, *renamed, *others[: len(named)]]
    draw.shuffle(chosen)
    return chosen[:most]


def _renamed(block: Block, draw: random.Random) -> Block:
    """A text with made-up surnames in place of those in it: a model is to learn where names stand, not these names."""
    made = Block(note=block.note, signed=block.signed)
    at = 0
    for span in sorted(block.spans, key=lambda each: each.start):
        if span.start < at:
            continue
        before, _, last = block.text[span.start : span.end].rpartition(" ")
        surname = "".join(draw.choice(_SYLLABLES) for _ in range(draw.randint(2, 3))).capitalize()
        name = f"{before} {surname.upper() if last.isupper() else surname}".strip()
        made.text += block.text[at : span.start]
        made.spans.append(Span(len(made.text), len(made.text) + len(name), span.id))
        made.text += name
        at = span.end
    made.text += block.text[at:]
    return made


def train(blocks: Sequence[Block], rounds: int = _ROUNDS) -> Language:
    """A pipeline of spaCy's own make that finds the persons of so many texts, and nothing else."""
    import spacy
    from spacy.util import fix_random_seed, minibatch

    fix_random_seed(_SEED)
    pipeline = spacy.blank("en")
    pipeline.meta["name"], pipeline.meta["version"] = "frus_persons", "1"
    pipeline.add_pipe("ner")
    told = [_example(pipeline, block) for block in blocks]
    optimizer = pipeline.initialize(lambda: told)
    order = random.Random(_SEED)  # noqa: S311 - as above
    for at in range(rounds):
        losses: dict[str, float] = {}
        order.shuffle(told)
        for batch in minibatch(told, 64):
            pipeline.update(batch, drop=0.3, sgd=optimizer, losses=losses)
        print(f"round {at + 1} of {rounds}: loss {losses['ner']:,.0f}", file=sys.stderr)
    return pipeline


def _example(pipeline: Language, block: Block) -> Example:
    from spacy.training import Example
    from spacy.util import filter_spans

    doc = pipeline.make_doc(block.text)
    spans = [
        doc.char_span(span.start, span.end, label="PERSON", alignment_mode="expand")
        for span in block.spans
    ]
    reference = doc.copy()
    reference.ents = filter_spans([span for span in spans if span is not None])
    return Example(doc, reference)


class Guessed:
    """What the chosen model finds in the texts of a volume; each text is asked for once, all of them together."""

    def __init__(self, volume: GoldVolume) -> None:
        texts = list(
            dict.fromkeys(block.text for document in volume.documents for block in document.blocks)
        )
        begun = time.process_time()
        self._found: dict[str, Names] = dict(zip(texts, guesses(texts), strict=True))
        self.seconds = time.process_time() - begun

    def alone(
        self,
        texts: Sequence[str],
        tagged: Mapping[str, str] | None = None,
        heard: Iterable[str] = (),
        year: int | None = None,
    ) -> list[Names]:
        """As `search.people.statistical.alone`."""
        nothing = Names([], [])
        return [self._found.get(text, nothing) for text in texts]

    def beside(
        self,
        texts: Sequence[str],
        tagged: Mapping[str, str] | None = None,
        heard: Iterable[str] = (),
        year: int | None = None,
    ) -> list[Names]:
        """As `search.people.statistical.beside`."""
        return added(read_names(texts, tagged, heard, year), self.alone(texts))


def rows(volume: GoldVolume, misses: int = 0) -> Iterator[str]:
    """The lines of the table for a volume."""
    guessed = Guessed(volume)
    for name, reader in (("rules", read_names), ("model", guessed.alone), ("both", guessed.beside)):
        begun = time.process_time()
        score = measure(volume, tagged=False, read=lambda cable, by=reader: named_by(by, cable))  # type: ignore[misc]
        seconds = time.process_time() - begun + (guessed.seconds if name != "rules" else 0)
        yield (
            f"{volume.name:20} {name:6} {score.gold:7,} {score.recall:7.3f} {score.precision:10.3f} "
            f"{score.strict:7.3f} {score.split_share:6.3f} {score.merged_share:7.3f} {seconds:8.1f}"
        )
        if misses:
            yield f"  missed: {score.misses.most_common(misses)}"
            yield f"  not tagged: {score.extra.most_common(misses)}"


def main() -> int:
    """Print the scores of a model that is there, or of one that is trained first."""
    options = argparse.ArgumentParser(description="a statistical model, against the tags of FRUS")
    options.add_argument("folder", type=Path)
    options.add_argument("--model", help="a spaCy pipeline, a package or a folder")
    options.add_argument("--train", nargs="*", default=sorted(SEEN), metavar="VOLUME")
    options.add_argument("--keep", type=Path, help="where the pipeline that was trained is left")
    options.add_argument("--texts", type=int, default=_MOST_TEXTS)
    options.add_argument("--rounds", type=int, default=_ROUNDS)
    options.add_argument("--misses", type=int, default=0)
    chosen = options.parse_args()
    every = list(volumes(chosen.folder))
    with TemporaryDirectory() as place:
        measured = every
        if chosen.model:
            os.environ[MODEL] = chosen.model
        else:
            begun = time.process_time()
            of = [volume for volume in every if volume.name in chosen.train]
            blocks = examples(of, chosen.texts)
            kept = str(chosen.keep or place)
            train(blocks, chosen.rounds).to_disk(kept)
            os.environ[MODEL] = kept
            measured = [volume for volume in every if volume.name not in chosen.train]
            tags = sum(len(block.spans) for block in blocks)
            print(
                f"Trained with {len(blocks):,} texts, {tags:,} tagged names, of {', '.join(chosen.train)}: "
                f"{time.process_time() - begun:,.0f} seconds"
            )
        print(model().name)
        print(
            "volume               by        gold  recall  precision  strict  split  merged  seconds"
        )
        for volume in measured:
            for row in rows(volume, chosen.misses):
                print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
