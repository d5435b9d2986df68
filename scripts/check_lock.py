"""Checks that a lock is whole, since pip installs it with --no-deps and looks for nothing that it lacks.

usage: python scripts/check_lock.py run|dev, in the environment where the lock was installed.

Owns the walk from requirements/NAME.in through the metadata of what is installed: extras and markers count, as they
hold for this Python and this system. A sentence for each fault; exits 1 if there is any. Must not know where packages
come from: `scripts/lock` has asked about the other systems and Pythons when it made the lock.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# What pip takes for a comment: `# why`, `click>=8 # why`; a `#` inside a word, as in an address, is none.
COMMENT = re.compile(r"(?:^|\s+)#.*$")
# A package of a lock, with the backslash that leads to its hashes: `rich==15.0.0 ; os_name == 'nt' \`.
PINNED = re.compile(r"^(?![\s#-])(.+?)\s*\\?$", re.MULTILINE)


def asked(path: Path) -> Iterator[Requirement]:
    """What a file of requirements asks for, with the files that it includes by `-r`."""
    for line in path.read_text(encoding="utf-8").splitlines():
        text = COMMENT.sub("", line).strip()
        if text.startswith("-r "):
            yield from asked(path.parent / text.removeprefix("-r ").strip())
        elif text and not text.startswith("-"):
            yield Requirement(text)


def locked(path: Path) -> dict[str, str]:
    """The version of each package that the lock has for this Python and this system."""
    lines = map(Requirement, PINNED.findall(path.read_text(encoding="utf-8")))
    return {
        canonicalize_name(line.name): str(line.specifier).removeprefix("==")
        for line in lines
        if line.marker is None or line.marker.evaluate()
    }


def holds(need: Requirement, extras: frozenset[str]) -> bool:
    """Whether a package with these extras needs it here. Without an extra, markers are read with an empty one."""
    marker = need.marker
    return marker is None or any(marker.evaluate({"extra": each}) for each in extras or {""})


def faults(
    asking: str, wanted: list[Requirement], lock: dict[str, str], here: dict[str, Distribution]
) -> Iterator[str]:
    """What is missing, and what is outside the range that is asked for; a sentence each, the same one once."""
    none: frozenset[str] = frozenset()
    waiting = [(need, asking) for need in wanted if holds(need, none)]
    walked: set[tuple[str, frozenset[str]]] = set()
    told: set[tuple[str, str]] = set()
    while waiting:
        need, asker = waiting.pop()
        name, extras = canonicalize_name(need.name), frozenset(need.extras)
        fault = _fault(need, asker, lock.get(name), here.get(name))
        if fault and (asker, name) not in told:
            told.add((asker, name))
            yield fault
        if name not in here or (name, extras) in walked:
            continue
        walked.add((name, extras))
        further = map(Requirement, here[name].requires or ())
        waiting += [(each, name) for each in further if holds(each, extras)]


def _fault(need: Requirement, asker: str, version: str | None, there: Distribution | None) -> str:
    name = canonicalize_name(need.name)
    if version is None:
        return f"{name} is not in the lock, and {asker} needs it."
    if not need.specifier.contains(version, prereleases=True):
        return f"{asker} needs {name}{need.specifier}, and the lock has {version}."
    if there is None:
        return f"{name} {version} is in the lock, and it is not installed."
    if there.version != version:
        return f"{name} {version} is in the lock, and {there.version} is installed."
    return ""


def main(name: str) -> int:
    """Checks one lock; returns the exit code."""
    folder = Path(__file__).resolve().parent.parent / "requirements"
    here: dict[str, Distribution] = {}
    for each in distributions():
        # As in an import, the first of a name counts.
        here.setdefault(canonicalize_name(each.metadata["Name"]), each)
    source, lock = folder / f"{name}.in", folder / f"{name}.txt"
    found = sorted(faults(source.name, list(asked(source)), locked(lock), here))
    for line in found:
        print(f"requirements/{lock.name} is not whole: {line}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
