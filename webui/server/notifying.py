"""What systemd is told of a server, by its protocol (sd_notify): that it is ready, reloads, or stops.

Owns the datagram. Must not know why.
"""

from __future__ import annotations

import os
import socket
import time

# The variable with the address of the socket; there is none where nobody wants to know.
SOCKET = "NOTIFY_SOCKET"


def ready() -> None:
    """It answers requests."""
    _tell("READY=1")


def reloading() -> None:
    """It reads its configuration again."""
    _tell(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1_000}")


def stopping() -> None:
    """It finishes what runs."""
    _tell("STOPPING=1")


def _tell(state: str) -> None:
    address = os.environ.get(SOCKET, "")
    if not address.startswith(("/", "@")):
        return
    if address.startswith("@"):
        address = f"\0{address[1:]}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as told:
        try:
            told.sendto(state.encode(), address)
        except OSError:
            # Whoever wanted to know is gone; the server goes on.
            return
