"""Where a cable was found, in words; and what of an address is safe to show and to follow."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Cable
from corpus.web_address import is_web_address

SOURCE_NAMES = {
    "scoop": "A page of Scoop",
    "wikileaks": "A page of WikiLeaks",
    "plusd": "A page of the Public Library of US Diplomacy",
    "dump": "The dump cables.csv",
    "mirror": "A page of a site that mirrored WikiLeaks",
    "cablegatesearch": "A page of cablegatesearch.net",
    "nara": "The US National Archives' electronic telegrams",
    "foia": "A release of the US Department of State under the Freedom of Information Act",
    "frus": "Foreign Relations of the United States",
    "specimen": "A specimen, written to try Cablegram with: its events and people are invented",
    "telegram": "A telegram's plain text",
}


@dataclass(frozen=True, slots=True)
class SourceShown:
    """The source in words, the name of the page or file, and where it can be seen ("" if nowhere)."""

    text: str
    name: str
    url: str


def source_of(cable: Cable) -> SourceShown:
    """A cable's source."""
    found = place_found(cable.source, cable.address)
    return found if found.url or not cable.url else place_found(cable.source, cable.url)


def place_found(source: str, address: str) -> SourceShown:
    """A place in which a cable was found. Of a file only the name is shown: its folder is the installation's affair."""
    text = SOURCE_NAMES.get(source, source)
    if is_web_address(address):
        return SourceShown(text, address, address)
    return SourceShown(text, address.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1], "")
