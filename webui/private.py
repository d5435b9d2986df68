"""A server whose collections are for some readers: which site each reader is given.

Owns the sites, one for each set of collections, and what readers and rights are known by. Must not know how a reader
says who they are (`webui.middleware.signing_in`). All that is kept from one question to the next is kept in a site, and
with it for those collections alone.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from flask import Flask, current_app

from search.engines.forwarding import ForwardingSearcher
from search.engines.protocols import Searcher
from search.rights.audit import AuditLog
from search.rights.file import Collection, Reader, Rights, RightsFile
from search.rights.passwords import Passwords
from search.rights.views import MOST_OPEN, Views
from webui.asking.missing import Missing
from webui.asking.outline import Outline
from webui.settings import WebSettings
from webui.site import Site

_NAME = "cablegram-private"
_Answer = TypeVar("_Answer")


@dataclass(slots=True)
class Private:
    """The rights of one installation, and the sites that follow from them. Safe to use from several threads."""

    file: RightsFile
    settings: WebSettings
    audit: AuditLog | None = None
    views: Views = field(default_factory=Views)
    _sites: OrderedDict[tuple[Path, ...], Site] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _passwords: tuple[Path, Passwords] | None = None

    def site(self, chosen: tuple[Collection, ...]) -> Site:
        """The site of these collections and of no others."""
        folders = tuple(each.folder for each in chosen)
        searcher = self.views.searcher(folders)
        with self._lock:
            found = self._sites.get(folders)
            if found is None:
                found = Site(searcher, self.settings, Outline(searcher), Missing(searcher), folders)
                self._sites[folders] = found
                while len(self._sites) > MOST_OPEN:
                    self._sites.popitem(last=False)
            self._sites.move_to_end(folders)
        return found

    def passwords(self, rights: Rights) -> Passwords | None:
        """The file of passwords that the rights name, None where readers sign in otherwise."""
        if rights.sign_in is None or rights.sign_in.by != "passwords":
            return None
        with self._lock:
            if self._passwords is None or self._passwords[0] != rights.sign_in.users:
                self._passwords = rights.sign_in.users, Passwords(rights.sign_in.users)
            return self._passwords[1]

    def close(self) -> None:
        """Free what is open."""
        self.views.close()


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, and what they may read: `chosen` of it is what this request is about."""

    reader: Reader
    rights: Rights
    allowed: tuple[Collection, ...]
    chosen: tuple[Collection, ...]


class Closed(ForwardingSearcher):
    """What stands in the place of a searcher until it is known who asks: it answers nothing."""

    def ask(self, question: Callable[[Searcher], _Answer]) -> _Answer:
        """Raises TypeError: a view was asked before the rights were looked at."""
        raise TypeError("nobody has been let in")

    def close(self) -> None:
        """Nothing is open."""


def install(app: Flask, private: Private) -> None:
    """Gives an application its rights."""
    app.extensions[_NAME] = private


def private_of_app() -> Private | None:
    """The rights of the application that answers the request; None where everybody may read everything."""
    return cast("Private | None", current_app.extensions.get(_NAME))
