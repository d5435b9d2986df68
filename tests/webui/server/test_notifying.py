"""What systemd is told, by its own protocol."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from webui.server import notifying


def test_each_state_is_a_datagram(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(place)
        systemd.settimeout(5)
        monkeypatch.setenv(notifying.SOCKET, place)
        notifying.ready()
        notifying.reloading()
        notifying.stopping()
        told = [systemd.recv(200).decode() for _ in range(3)]
    assert (told[0], told[2]) == ("READY=1", "STOPPING=1")
    assert re.fullmatch(r"RELOADING=1\nMONOTONIC_USEC=\d+", told[1])
    # Nobody is there, or nobody wants to know: the server goes on.
    notifying.ready()
    monkeypatch.delenv(notifying.SOCKET)
    notifying.ready()
