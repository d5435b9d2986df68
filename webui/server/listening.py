"""A socket that is about to be closed: no connection is begun on it any more, and those that the system has are taken.

Owns how the system is told, on Linux. Must not know who takes the connections. Closing the socket would reset those
that nobody has taken yet, and there would always be another.
"""

from __future__ import annotations

import select
import socket
import struct
import sys
import time
from array import array
from collections.abc import Sequence
from contextlib import suppress

# How long a connection may take to be accepted by the system, once no other begins, in seconds.
HANDSHAKE = 0.05
# So long others may take to take what is there, in seconds: a matter of milliseconds, unless they are all at work.
_PATIENCE = 5.0
_TICK = 0.005
_ATTACH_FILTER = 26
# Of a TCP header: byte 13 has the flags; one with SYN is dropped (0 bytes of it are kept), all else kept.
_NO_SYN = (
    (0x30, 0, 0, 13),
    (0x45, 0, 1, 0x02),
    (0x06, 0, 0, 0),
    (0x06, 0, 0, 0xFFFFFFFF),
)


def begin_no_more(listener: socket.socket) -> None:
    """Have the system drop what would begin a connection: its client tries again after a second, and is refused then.

    For all processes that have the socket. Does nothing where there are no such filters.
    """
    if not sys.platform.startswith("linux"):
        return
    # (Not by ctypes, which wants memory that can be both written and run: a hardened service has none.)
    program = array("B", b"".join(struct.pack("HBBI", *each) for each in _NO_SYN))
    asked = struct.pack("HL", len(_NO_SYN), program.buffer_info()[0])
    with suppress(OSError):
        # Where it may not be done, a connection in this very millisecond is reset.
        listener.setsockopt(socket.SOL_SOCKET, _ATTACH_FILTER, asked)


def waiting(listener: socket.socket) -> bool:
    """Whether the system has accepted a connection that nobody has taken."""
    looked = select.poll()
    looked.register(listener, select.POLLIN)
    return bool(looked.poll(0))


def drain(listeners: Sequence[socket.socket], patience: float = _PATIENCE) -> None:
    """Begin no more connections, and wait until other processes have taken those that there are, `patience` seconds."""
    for each in listeners:
        begin_no_more(each)
    end = time.monotonic() + patience
    silent = time.monotonic()
    while (now := time.monotonic()) < end and now - silent < HANDSHAKE:
        if any(waiting(each) for each in listeners):
            silent = now
        # Nothing tells that another process has taken one: it is looked again.
        time.sleep(_TICK)
