"""What an export says of itself: its title, its own address and that of the site it comes from."""

from __future__ import annotations

from urllib.parse import quote

from corpus.late_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class About:
    """`site` is the site's address without a slash at its end, "" on the command line: links then begin at the root.

    `address` is where the export itself is, `page` the page of results that shows the same, `following` the next part
    of a feed; each is from the root of the site, as in an address, or "". `noted` says that it is of a collection, the
    entries of which may have notes.
    """

    title: str = "Cablegram"
    site: str = ""
    address: str = "/"
    page: str = "/"
    following: str = ""
    noted: bool = False

    def link(self, path: str) -> str:
        """The address of a path (`/cable/07ROME1/p/2`) that is not encoded yet."""
        return f"{self.site}{quote(path, errors='replace')}"
