"""The end of a connection that must not look like the end of an answer.

Owns how a socket is told to end in a reset. Must not know why.

In HTTP/1.0 an answer of unknown length ends where the connection does (RFC 9112, 6.3): one that is broken off and
closed as usual is taken for whole.
"""

from __future__ import annotations

import socket
import struct

_ON, _SECONDS = 1, 0


def end_in_reset(connection: socket.socket) -> None:
    """When the connection is closed its other end gets a reset, whatever is still on its way (SO_LINGER of 0 s)."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", _ON, _SECONDS))
