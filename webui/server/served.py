"""What an installation serves, as its settings say: one index to everybody, or collections to those who may read them.

Owns how either is opened. Must not know a socket, nor what serves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from search.engines import open_searcher
from search.engines.protocols import Searcher
from search.errors import BadRights
from search.rights.audit import AuditLog
from search.rights.file import RightsFile
from search.settings import Settings
from webui.app import create_app
from webui.middleware.lane import Lane
from webui.private import Private
from webui.settings import WebSettings, web_settings


@dataclass(frozen=True, slots=True)
class Served:
    """What is open, and the index folders that it is of; `source` is to be closed."""

    source: Searcher | Private
    folders: tuple[Path, ...]

    def application(
        self,
        settings: WebSettings,
        lane: Lane | None = None,
        stopping: Callable[[], bool] = bool,
    ) -> Flask:
        """The application over it; `stopping` says whether its server was told to stop."""
        folder = None if isinstance(self.source, Private) else self.folders[0]
        return create_app(
            self.source, settings=settings, folder=folder, lane=lane, stopping=stopping
        )

    def told(self) -> str:
        """What is served, for whoever starts it."""
        if isinstance(self.source, Private):
            number = len(self.folders)
            return "1 collection" if number == 1 else f"{number} collections"
        cables = self.source.stats().cables
        return f"{cables:,} cable{'' if cables == 1 else 's'}"


def opened(settings: Settings) -> Served:
    """What the settings name. Raises SearchError where it, or any collection, can't be opened."""
    if not settings.rights:
        if settings.audit_log:
            raise BadRights(
                "There is an audit log, and no file of rights by which anybody could sign in; set `rights` too."
            )
        return Served(open_searcher(Path(settings.index)), (Path(settings.index),))
    audit = None
    if settings.audit_log:
        audit = AuditLog(Path(settings.audit_log), questions=settings.log_questions == "on")
    private = Private(RightsFile(Path(settings.rights)), web_settings(settings), audit)
    try:
        rights = private.file.rights()
        if (passwords := private.passwords(rights)) is not None:
            passwords.ready()
        # All together, once: that they are of one engine is known before anybody asks.
        folders = tuple(each.folder for each in rights.collections)
        private.views.searcher(folders).stats()
        private.views.searcher(folders).rest()
    except BaseException:
        private.close()
        raise
    return Served(private, folders)
