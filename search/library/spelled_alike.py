"""Ids of an index that are spelled like one that is not there.

Owns how near is near enough to be offered. Must not know who offers it.
"""

from __future__ import annotations

from corpus.ids import lookup_key
from search import sources as manifests
from search.folders import Folders

# So many are offered.
_ALIKE = 3


def alike(cable_id: str, folders: Folders) -> list[str]:
    """Ids of the index in a folder, or in several together, that are spelled like this one, the likeliest first."""
    wanted = lookup_key(cable_id)
    post = wanted.strip("0123456789")
    # Of a large collection only the ids of the same post are compared: comparing is slow.
    with manifests.read_together(folders) as manifest:
        same_post = (each for each in manifest.cables() if post and post in lookup_key(each))
        keys = {lookup_key(each): each for each in same_post}
    from difflib import get_close_matches

    return [keys[key] for key in get_close_matches(wanted, keys, n=_ALIKE)]
