"""A cable as it leaves the site.

Owns what is kept back: the folders of the machine on which the index was made. Must not know a format.
"""

from __future__ import annotations

from dataclasses import replace

from corpus.model import Cable, Version
from corpus.web_address import is_web_address


def published(cable: Cable) -> Cable:
    """The cable with the names of its files, its versions' too, in place of their paths; web addresses stay."""
    return replace(
        cable,
        address=_public(cable.address),
        versions=tuple(map(_version, cable.versions)),
        passages=tuple(
            replace(passage, version=_version(passage.version)) for passage in cable.passages
        ),
    )


def _version(version: Version) -> Version:
    return replace(version, address=_public(version.address))


def _public(address: str) -> str:
    if is_web_address(address):
        return address
    return address.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
