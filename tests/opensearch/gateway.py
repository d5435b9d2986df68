"""A gateway before a cluster, as newsrooms have: it asks for user and password, and takes requests up to a size.

Owns what comes in at its address, passes the rest on to a node, and counts. Must not know Cablegram. What it refuses it
refuses as such gateways do: 401 without the right password, 413 for what is too large.
"""

from __future__ import annotations

import base64
import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

USER = "newsroom"
# What a node would answer itself, hop by hop, and not what is asked of it.
_OF_A_HOP = frozenset(
    {"connection", "transfer-encoding", "content-length", "authorization", "host"}
)


class Gateway(ThreadingHTTPServer):
    """`password` and `most` (bytes of a request) may be changed at any time; `refused` counts by status."""

    daemon_threads = True

    def __init__(self, node: str, password: str, most: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.node = node.removeprefix("http://")
        self.password = password
        self.most = most
        self.refused: dict[int, int] = {}
        self.url = f"http://127.0.0.1:{self.server_port}"

    def refusal(self, authorization: str, length: int) -> int:
        """The status with which a request is refused, 0 if it is passed on."""
        wanted = base64.b64encode(f"{USER}:{self.password}".encode()).decode()
        status = 401 if authorization != f"Basic {wanted}" else 413 if length > self.most else 0
        if status:
            self.refused[status] = self.refused.get(status, 0) + 1
        return status


class _Handler(BaseHTTPRequestHandler):
    server: Gateway
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status = self.server.refusal(self.headers.get("Authorization", ""), len(body))
        kind, content, length = "text/plain", b"refused", "7"
        if not status:
            node = http.client.HTTPConnection(self.server.node, timeout=120)
            given = {k: v for k, v in self.headers.items() if k.lower() not in _OF_A_HOP}
            node.request(self.command, self.path, body or None, given)
            answered = node.getresponse()
            status, content = answered.status, answered.read()
            kind = answered.headers.get("Content-Type", kind)
            length = answered.headers.get("Content-Length", str(len(content)))
            node.close()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", length)
        if status == 401:
            self.send_header("WWW-Authenticate", "Basic")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_HEAD = do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - the names that the base class looks for

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the base class
        """Nothing on the terminal."""


@contextmanager
def gateway(node: str, password: str, most: int = 100_000_000) -> Iterator[Gateway]:
    """A gateway before the node of that address."""
    server = Gateway(node, password, most)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
