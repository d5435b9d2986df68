"""Servers that take what alerts send: mail by SMTP, webhooks by HTTP; real sockets, on free ports of this machine.

Owns what they were given. They take everything unless they are told to refuse.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseServer, StreamRequestHandler, ThreadingTCPServer
from typing import Any


@dataclass(slots=True)
class Posted:
    """What was posted to a webhook: the sign that names the message, and the body."""

    key: str
    body: dict[str, Any]


@dataclass(slots=True)
class Webhook:
    """A webhook; `refuses` has it answer with 503."""

    port: int
    posted: list[Posted] = field(default_factory=list)
    refuses: bool = False

    @property
    def address(self) -> str:
        """Its address for apprise."""
        return f"json://127.0.0.1:{self.port}/hook"


@dataclass(slots=True)
class Mailbox:
    """A mail server and what it took."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Its address for apprise."""
        people = "from=alerts@cables.example&to=desk@news.example"
        return f"mailto://127.0.0.1:{self.port}?{people}"


@contextmanager
def _serving(server: BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def webhook() -> Iterator[Webhook]:
    """A webhook that is there as long as its context."""

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if not there.refuses:
                there.posted.append(Posted(self.headers["Idempotency-Key"], body))
            self.send_response(503 if there.refuses else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
            """Nothing is said on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    server.daemon_threads = True
    there = Webhook(server.server_port)
    with _serving(server):
        yield there


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A mail server that is there as long as its context (RFC 5321, as much as a client needs)."""

    class Session(StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 mail.example ready\r\n")
            while line := self.rfile.readline():
                command = line[:4].upper()
                if command == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    self._take()
                self.wfile.write(b"221 bye\r\n" if command == b"QUIT" else b"250 yes\r\n")
                if command == b"QUIT":
                    return

        def _take(self) -> None:
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line.removeprefix(b"."))
            mail = message_from_bytes(b"".join(lines), policy=policy.default)
            there.mails.append(mail)

    server = ThreadingTCPServer(("127.0.0.1", 0), Session)
    server.daemon_threads = True
    there = Mailbox(server.server_address[1])
    with _serving(server):
        yield there
