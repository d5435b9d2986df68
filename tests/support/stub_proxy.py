"""A reverse proxy that signs people in, as oauth2-proxy does, for tests: it knows them by a cookie of its own.

Owns what such a proxy promises: it takes away what a client says of itself in the headers that it writes, and writes
them for who has signed in. Must not know what stands behind it.
"""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

USER, GROUPS = "X-Forwarded-User", "X-Forwarded-Groups"
_OWN = {USER.lower(), GROUPS.lower(), "x-forwarded-for", "connection", "host"}


@contextmanager
def proxying(upstream: str, sessions: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """The address of a proxy before a server; `sessions` are cookies with a name and groups."""
    behind = urlsplit(upstream)

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._pass_on()

        def do_POST(self) -> None:
            self._pass_on()

        def _pass_on(self) -> None:
            headers = {
                name: value for name, value in self.headers.items() if name.lower() not in _OWN
            }
            headers["X-Forwarded-For"] = self.client_address[0]
            if known := sessions.get(self.headers.get("Cookie", "")):
                headers[USER], headers[GROUPS] = known
            length = int(self.headers.get("Content-Length") or 0)
            asked = http.client.HTTPConnection(behind.hostname or "", behind.port, timeout=30)
            asked.request(self.command, self.path, self.rfile.read(length), headers)
            answer = asked.getresponse()
            body = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("connection", "transfer-encoding", "content-length"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            asked.close()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
