"""Cablegram under gunicorn: `gunicorn --config deploy/gunicorn.conf.py 'webui.wsgi:create()'`.

The settings of Cablegram stand in cablegram.toml or the environment, as ever (docs/serving.md). SIGHUP replaces the
processes one after the other, SIGTERM stops when what runs is answered: docs/operations.md.
"""

from gunicorn.arbiter import Arbiter

from search.settings import read_settings
from webui.server.listening import drain

_settings = read_settings()

bind = f"{_settings.host}:{_settings.port}"
workers = 2
worker_class = "gthread"
threads = _settings.threads
# A collection stands in the address.
limit_request_line = 8190
# How long requests that are running may take to end when a process is replaced or stopped.
graceful_timeout = _settings.stop_seconds
# A request has 12 seconds, a list 40: a process that is silent for longer is replaced.
timeout = 90
# Each process opens the index for itself, so that one that is replaced reads all of it again.
preload_app = False
# Nothing is written anywhere else: the file system may be read-only.
worker_tmp_dir = "/dev/shm"  # noqa: S108 - gunicorn makes a file of its own there, and removes its name
control_socket_disable = True


def when_ready(server: Arbiter) -> None:
    """Let a stop take all connections that the system has accepted: gunicorn would close its socket, and reset them."""
    stop = server.stop

    def stop_without_loss(graceful: bool = True) -> None:
        if graceful:
            drain([each.sock for each in server.LISTENERS])
        stop(graceful)

    server.stop = stop_without_loss


if _settings.log_format == "json":
    # What gunicorn says of itself, in the same form; requests are logged by Cablegram.
    logconfig_dict = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "search.system.logs.JsonLines"}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"level": "WARNING", "handlers": []},
        "loggers": {
            "gunicorn.error": {"level": "INFO", "handlers": ["lines"], "propagate": False},
            "gunicorn.access": {"level": "INFO", "handlers": [], "propagate": False},
        },
    }
