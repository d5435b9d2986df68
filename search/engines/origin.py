"""Whether an index was made on this machine: for an engine whose files are programs to the library that opens them.

Whoosh keeps its schema and its segments as pickles, and a pickle says what is run when it is opened. Nothing can tell a
good one from a bad one beforehand. So a data folder that is made here gets a mark that needs a secret of this machine,
and one without it is opened only if whoever starts the program asks for that.

Owns the mark. It is no proof against somebody who has a copy of a folder that was made here, with its mark. A backup
has none of these, but a proof that stands for its whole content. Must not know an engine.
"""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from search.errors import NotTrusted

TRUST = "CABLEGRAM_TRUST_WHOOSH"
ORIGIN_FILE = ".origin"
# What systemd and D-Bus call a machine by: 32 hexadecimal digits, which are not to be handed on.
_MACHINE = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_NONCE_BYTES = 16


def mark_origin(data: Path) -> None:
    """Mark a data folder as made on this machine."""
    nonce = secrets.token_hex(_NONCE_BYTES)
    if proof := prove(nonce):
        (data / ORIGIN_FILE).write_text(f"{nonce} {proof}\n", "ascii")


def check_origin(data: Path) -> None:
    """Raises NotTrusted unless a data folder was made on this machine, or opening it was asked for."""
    try:
        nonce, _, proof = (data / ORIGIN_FILE).read_text("ascii").strip().partition(" ")
    except (FileNotFoundError, ValueError):
        nonce = proof = ""
    check_proof(f"The index {data.parent}", nonce, proof)


def prove(text: str) -> str:
    """What only this machine can say of a text; "" if it has no secret and can keep none."""
    key = _secret(make=True)
    return "" if key is None else _proof(key, text)


def check_proof(what: str, text: str, proof: str) -> None:
    """Raises NotTrusted, of `what`, unless this machine said that of the text, or opening it was asked for."""
    if os.environ.get(TRUST) == "yes":
        return
    key = _secret(make=False)
    if key is None or not hmac.compare_digest(proof.encode(), _proof(key, text).encode()):
        raise NotTrusted(
            f"{what} was not made on this machine, or by an older version of Cablegram. Its engine is"
            " whoosh, whose files run whatever stands in them when they are opened. If you trust whoever made it, set"
            f" {TRUST}=yes; otherwise build it anew from its pages."
        )


def _proof(key: bytes, text: str) -> str:
    return hmac.digest(key, f"cablegram {text}".encode(), "sha256").hex()


def _secret(*, make: bool) -> bytes | None:
    """What only this machine knows: its own number, or else a file in the home of whoever asks."""
    for path in _MACHINE:
        try:
            found = path.read_bytes().strip()
        except OSError:
            continue
        if found:
            return found
    home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    path = Path(home) / "cablegram" / "machine"
    try:
        return path.read_bytes()
    except OSError:
        if not make:
            return None
    key = secrets.token_hex(_NONCE_BYTES).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(key)
    except OSError:
        return None
    return key
