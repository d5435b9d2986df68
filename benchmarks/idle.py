"""10,000 idle connections at the proxy of `deploy/nginx.conf`, and how readers are answered meanwhile.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/idle.py --nginx /usr/sbin/nginx [--connections 10000] [--users 4]
[--requests 400] [--json]`. The sample cables are served by `cablegram serve` behind nginx with that very file, whose
ports and folders alone are others. The users ask without the idle ones and then with them; half of these say nothing,
half have sent half a request, but for one in fifty that was answered and keeps its connection. No answer may be none.
"""

from __future__ import annotations

import argparse
import json
import re
import selectors
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.load import Load, addresses, ask
from benchmarks.processes import tree_megabytes
from benchmarks.users import ROOT, serving_process
from corpus.sample_cables import samples_folder
from indexer.runs.build import build

_PATIENCE = 60.0
_SERVE = ("cablegram", "serve", "--port", "0", "--threads", "4", "--proxies", "1")
_HALF = b"GET /search?q=trade HTTP/1.1\r\nHost: cables.example\r\nX-"
_WHOLE = b"GET /healthz HTTP/1.1\r\nHost: cables.example\r\n\r\n"
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@contextmanager
def proxying(
    nginx: Path, upstream: str, folder: Path
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """nginx as it is documented, before that server: its address and process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    text = text.replace("server 127.0.0.1:8000;", f"server {urlsplit(upstream).netloc};")
    text = text.replace("listen 80 ", f"listen 127.0.0.1:{port} ")
    text = re.sub(r"access_log \S+ ", f"access_log {folder}/access.log ", text)
    places = "".join(f"{each}_temp_path {folder}/{each};" for each in _TEMPORARY)
    text = text.replace("http {", f"http {{ {places}")
    # Who measures as root is `nobody` otherwise, who may not enter the folder.
    text += f"pid {folder}/pid; daemon off; error_log {folder}/error.log;\nuser root;\n"
    (folder / "nginx.conf").write_text(text, "utf-8")
    with subprocess.Popen([nginx, "-c", folder / "nginx.conf"]) as process:  # noqa: S603 - as it was asked for
        try:
            end = time.monotonic() + _PATIENCE
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    if time.monotonic() > end or process.poll() is not None:
                        raise
                    time.sleep(0.05)
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.terminate()


def idle(address: str, count: int, opened: ExitStack) -> list[socket.socket]:
    """So many connections, of three kinds; each has been taken by the proxy."""
    where = urlsplit(address)
    found = []
    for number in range(count):
        each = opened.enter_context(
            socket.create_connection((where.hostname or "", where.port or 0), _PATIENCE)
        )
        if number % 50 == 0:
            each.sendall(_WHOLE)
            each.recv(65536)
        elif number % 2:
            each.sendall(_HALF)
        found.append(each)
    return found


def closed(connections: list[socket.socket]) -> int:
    """How many of them the proxy has closed."""
    with selectors.DefaultSelector() as look:
        for each in connections:
            look.register(each, selectors.EVENT_READ)
        return sum(1 for key, _ in look.select(0) if not key.fileobj.recv(1))  # type: ignore[union-attr]


def crowd(address: str, asked: list[str], users: int, requests: int) -> dict[str, object]:
    """What so many users got."""
    load = Load(requests)
    began = time.perf_counter()
    threads = [
        threading.Thread(target=ask, args=(load, address, asked, number, 0.0))
        for number in range(users)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    told = load.told(0)
    kept = ("answers", "statuses", "faults", "broken elsewhere", "p50 ms", "p95 ms", "longest ms")
    return {**{name: told[name] for name in kept}, "seconds": round(time.perf_counter() - began, 1)}


def measure(nginx: Path, connections: int, users: int, requests: int) -> dict[str, object]:
    """Quiet, and with so many idle connections."""
    with tempfile.TemporaryDirectory(prefix="cablegram-idle-") as place, ExitStack() as opened:
        index, folder = Path(place) / "index", Path(place) / "nginx"
        folder.mkdir()
        with samples_folder() as samples:
            build([str(samples)], index, workers=1)
        asked = addresses(index)
        upstream, server = opened.enter_context(serving_process(_SERVE, index))
        address, proxy = opened.enter_context(proxying(nginx, upstream, folder))
        crowd(address, asked, users, 50)
        quiet = crowd(address, asked, users, requests)
        before = tree_megabytes(proxy.pid), tree_megabytes(server)
        began = time.perf_counter()
        waiting = idle(address, connections, opened)
        opening = time.perf_counter() - began
        busy = crowd(address, asked, users, requests)
        return {
            "quiet": quiet,
            "with idle connections": busy,
            "connections": len(waiting),
            "of these closed by the proxy": closed(waiting),
            "seconds to open them": round(opening, 1),
            "proxy MB": [round(before[0], 1), round(tree_megabytes(proxy.pid), 1)],
            "server MB": [round(before[1], 1), round(tree_megabytes(server), 1)],
        }


def main() -> int:
    """Print the figures; the exit code is 1 if a reader was not answered."""
    options = argparse.ArgumentParser(description="readers beside idle connections")
    options.add_argument("--nginx", type=Path, default=Path("/usr/sbin/nginx"))
    options.add_argument("--connections", type=int, default=10_000)
    options.add_argument("--users", type=int, default=4)
    options.add_argument("--requests", type=int, default=400)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    found = measure(chosen.nginx, chosen.connections, chosen.users, chosen.requests)
    if chosen.json:
        print(json.dumps(found, indent=1))
    else:
        for name, value in found.items():
            print(f"{name:30}{value}")
    with_idle = found["with idle connections"]
    assert isinstance(with_idle, dict)
    return 1 if with_idle["faults"] or with_idle["broken elsewhere"] else 0


if __name__ == "__main__":
    sys.exit(main())
