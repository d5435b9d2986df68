"""The web pages: views, view-models, templates and static files, over a Searcher it is handed."""

from webui.app import create_app
from webui.settings import WebSettings

__all__ = ["WebSettings", "create_app"]
