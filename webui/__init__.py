"""The web pages: views, view-models, templates and static files, over a Searcher it is handed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webui.settings import WebSettings

if TYPE_CHECKING:
    from webui.app import create_app

__all__ = ["WebSettings", "create_app"]

# Loaded when it is used: the process that only keeps a server running has no use for it.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """The application factory."""
        if name != "create_app":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from webui.app import create_app

        globals()[name] = create_app
        return create_app
