"""The application for a WSGI server of one's own: `gunicorn 'webui.wsgi:create()'`.

Owns the reading of the settings, from `cablegram.toml` and the environment: a WSGI server has no flags of ours.
"""

from __future__ import annotations

import atexit
import logging
import sys

from flask import Flask

from search.errors import SearchError
from search.maintenance.agreement import told_at_start
from search.settings import read_settings
from search.system.logs import in_json, log, set_up
from webui.server.served import opened
from webui.settings import web_settings

# By this code a worker tells gunicorn that another try would end in the same way; it then ends too.
_CAN_NOT_LOAD = 4


def create() -> Flask:
    """The application over the index that the settings name; ends the process with a sentence if it can't be."""
    try:
        settings = read_settings()
        served = opened(settings)
    except SearchError as error:
        sys.stderr.write(f"cablegram: {error}\n")
        sys.exit(_CAN_NOT_LOAD)
    set_up(settings.log_format, requests=settings.logs_requests)
    for folder in served.folders:
        if fault := told_at_start(folder):
            if in_json():
                log("index disagrees", fault, level=logging.WARNING)
            else:
                sys.stderr.write(f"cablegram: {fault}\n")
    atexit.register(served.source.close)
    return served.application(web_settings(settings))
