"""Two commits: whether they read the same cables, and give the same answers.

Run by hand, after a change that should change nothing; the other commit is a checkout of its own:

    git worktree add --detach ../other COMMIT
    PYTHONPATH=. .venv/bin/python benchmarks/same_as.py ../other [PATH ...]

Both read the sample cables and the inputs that are named (`../shared/data/frus`, ...), make an index of them and answer
the same questions. Compared are the JSON of each cable, which has its paragraphs and problems; the digest of the index,
which is that of what it was made from and of every cable in it; and the JSON of each answer, its time left out. What
differs is named, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.processes import environment

ROOT = Path(__file__).resolve().parent.parent
_COMMAND = ("-c", "from cablegram import main; main()")
# All went well, or some pages were set aside, or nothing was found.
_WELL = (0, 1)
# Words, phrases, patterns, fields, dates, scopes: of what the samples and the real telegrams speak.
QUESTIONS: tuple[tuple[str, ...], ...] = (
    ("injunction",),
    ("putian", "--group"),
    ("kissinger wheat",),
    ("kissinger", "--match", "any"),
    ("cyprus makarios", "--group"),
    ('"foreign minister"',),
    ("negotiat*",),
    ("narcotic~",),
    ("wheat NEAR/5 sale",),
    ("same:cable wheat narcotics",),
    ("wheat NOT kissinger",),
    ("tag:PFOR date:[1973 TO 1974]", "--sort", "oldest"),
    ("subject:wheat",),
    ("section:comment prices",),
    ("in:notes attached",),
    ("in:header secstate",),
    ("unit:heading summary",),
    ("the", "--limit", "50"),
    ("",),
    ("F-16s OR NGOs",),
)
# What an answer says of itself and not of what was found.
_OF_THE_RUN = frozenset({"milliseconds"})


def said(tree: Path, *arguments: str) -> str:
    """What a command of a checkout prints. Raises RuntimeError with its last words where it fails."""
    done = subprocess.run(  # noqa: S603 - commands of our own
        (sys.executable, *_COMMAND, *arguments),
        cwd=tree,
        env=environment(tree),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in _WELL:
        raise RuntimeError(f"{tree}: cablegram {' '.join(arguments)}: {done.stderr[-500:]}")
    return done.stdout


def cables(printed: str) -> dict[str, str]:
    """The cables that were printed, one a line, by id and how often it came before."""
    found: dict[str, str] = {}
    for line in printed.splitlines():
        name = str(json.loads(line).get("id", ""))
        again = sum(key.partition(" ")[0] == name for key in found) if name in found else 0
        found[f"{name} {again}" if again else name] = line
    return found


def answer(printed: str) -> Any:
    """An answer without what it says of its own run."""
    told = json.loads(printed)
    return {name: value for name, value in told.items() if name not in _OF_THE_RUN}


def differences(trees: Sequence[Path], inputs: Sequence[str]) -> Iterator[str]:
    """What the two checkouts do not have in common, a line each."""
    read = [cables(said(tree, "parse", *inputs, "--json")) for tree in trees]
    yield from _differing("cable", *read)
    with tempfile.TemporaryDirectory() as place:
        answers: list[dict[str, str]] = []
        for number, tree in enumerate(trees):
            folder = str(Path(place) / str(number))
            said(tree, "index", *inputs, "--index", folder)
            exported = said(tree, "export", "--index", folder)
            found = {"of the whole index": hashlib.sha256(exported.encode()).hexdigest()}
            for question in QUESTIONS:
                words, *more = question
                printed = said(tree, "search", "--index", folder, "--json", *more, "--", words)
                found[" ".join(question)] = json.dumps(answer(printed), sort_keys=True)
            answers.append(found)
        yield from _differing("answer", *answers)


def _differing(kind: str, this: dict[str, str], other: dict[str, str]) -> Iterator[str]:
    for name in sorted(this.keys() | other.keys()):
        if this.get(name) != other.get(name):
            where = (
                "only here"
                if name not in other
                else "only there"
                if name not in this
                else "differs"
            )
            yield f"{kind} {name!r}: {where}"


def main() -> int:
    """Compare, and print what differs."""
    options = argparse.ArgumentParser(description="whether two checkouts read and answer the same")
    options.add_argument("other", type=Path, help="a checkout of the other commit")
    options.add_argument("inputs", nargs="*", help="files and folders beside the samples")
    chosen = options.parse_args()
    inputs = [str(ROOT / "corpus/samples"), *(str(Path(each).resolve()) for each in chosen.inputs)]
    found = list(differences((ROOT, chosen.other.resolve()), inputs))
    for each in found:
        print(each)
    print(f"{len(found)} differences; {len(QUESTIONS)} questions")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
