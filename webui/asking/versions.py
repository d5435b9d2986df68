"""The versions of a cable: how an address names one, and where its text is found.

Owns the spelling `07ROME1~2`. Must not know how two texts are compared or shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.model import Cable, Version
from search import sources as manifests
from search.engines.protocols import Searcher
from search.errors import SearchError
from search.folders import Folders, folders_of

# A cable and, behind a tilde, one of the places in which it was found: `07ROME1~2`, `frus1969-76ve09p1/d7~3`. It is
# taken apart before the cable is looked up, for which `07ROME1~2` is a spelling of `07ROME12`.
_NAME = re.compile(r"(?P<cable>.+)~(?P<number>[0-9]+)")


@dataclass(frozen=True, slots=True)
class Text:
    """A cable as one place has it; `name` is its name in an address. Only the `indexed` one has a page of its own."""

    name: str
    cable: Cable
    indexed: bool


def version_name(cable: Cable, number: int) -> str:
    """The name of a version in an address. The indexed one is 1, the others count from 2 as `Cable.versions` does."""
    return cable.id if number == 1 else f"{cable.id}~{number}"


def with_text(folders: Folders, cable: Cable) -> frozenset[Version]:
    """Those of the other versions of a cable that can be compared with it, by the indexes in those folders."""
    if not cable.versions or not folders_of(folders):
        return frozenset()
    try:
        with manifests.read_together(folders) as manifest:
            return manifest.versions(cable.id)
    except SearchError:
        # The cable can be read all the same. Whoever wants to compare is told what is wrong.
        return frozenset(cable.versions)


def text_of(searcher: Searcher, folders: Folders, name: str) -> Text | str:
    """The text that a name stands for, in any spelling of the cable's id; or one sentence why there is none."""
    asked = _NAME.fullmatch(name)
    wanted = asked["cable"] if asked else name
    cable = searcher.get(wanted)
    if cable is None:
        return f"The cable {wanted} is not in this collection."
    # Six digits are more than there can be; Python refuses to read thousands of them.
    number = int(asked["number"][:6]) if asked else 1
    if number == 1:
        return Text(cable.id, cable, True)
    if not 1 < number <= len(cable.versions) + 1:
        return f"The cable {cable.id} has no version {number}; the last one is {len(cable.versions) + 1}."
    text = _other(folders, cable, cable.versions[number - 2])
    if text is None:
        return f"Of version {number} of the cable {cable.id} only the place is known, and not the text."
    return Text(version_name(cable, number), text, False)


def _other(folders: Folders, cable: Cable, version: Version) -> Cable | None:
    if not folders_of(folders):
        return None
    with manifests.read_together(folders) as manifest:
        return manifest.text(cable.id, version)
