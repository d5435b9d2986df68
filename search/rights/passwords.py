"""The file of passwords: a line for each reader, a name and the hash of a password by Argon2.

    anna:$argon2id$v=19$m=65536,t=3,p=4$...

Owns its form, the checking of a password, and the proof that a browser keeps after it. Must not know a request. The
proof is signed with the reader's own line: a new password, or no line any more, ends every sign-in of hers.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from search.errors import BadRights

if TYPE_CHECKING:
    from argon2 import PasswordHasher

# A reader's name; `anna`, `anna.mora@desk.example`. A colon ends it in the file, `@` at its beginning marks groups.
NAME = re.compile(r"[A-Za-z0-9_.+-][A-Za-z0-9_.+@-]{0,79}")
SHORTEST, LONGEST = 10, 1_000
# Each check takes 64 MiB of memory: so many at once.
_AT_ONCE = threading.Semaphore(2)


class Passwords:
    """The file, read anew when it changes. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._known: tuple[tuple[int, int, int], Mapping[str, str]] | None = None
        self._nobody = ""

    def ready(self) -> None:
        """Raises BadRights if the file can't be read, or nothing that checks passwords is installed."""
        self._hashes()
        _hasher()

    def is_right(self, name: str, password: str) -> bool:
        """Whether this is the reader's password; it takes as long for a name that there is not.

        Raises BadRights if the file can't be read.
        """
        from argon2.exceptions import InvalidHashError, VerificationError

        hasher = _hasher()
        known = self._hashes().get(name)
        with self._lock:
            if not self._nobody:
                self._nobody = hasher.hash(os.urandom(16).hex())
        if len(password) > LONGEST:
            return False
        with _AT_ONCE:
            try:
                hasher.verify(known or self._nobody, password)
            except (VerificationError, InvalidHashError):
                return False
        return known is not None

    def proof(self, name: str, until: int) -> str:
        """What shows, up to a moment (seconds since 1970), that a reader has signed in; "" for an unknown one."""
        known = self._hashes().get(name)
        return "" if known is None else f"{until}.{_signed(known, name, until)}.{name}"

    def proven(self, proof: str, now: float) -> str:
        """The name in a proof that is good now, "" for any other."""
        until, _, rest = proof[:400].partition(".")
        signed, _, name = rest.partition(".")
        known = self._hashes().get(name)
        if known is None or not (until.isascii() and until.isdecimal() and len(until) < 15):
            return ""
        right = hmac.compare_digest(signed.encode(), _signed(known, name, int(until)).encode())
        return name if right and now < int(until) else ""

    def _hashes(self) -> Mapping[str, str]:
        with self._lock:
            try:
                found = self._path.stat()
                stamp = (found.st_ino, found.st_mtime_ns, found.st_size)
                if self._known is None or self._known[0] != stamp:
                    self._known = None
                    self._known = stamp, read_hashes(self._path)
            except OSError as error:
                raise BadRights(_unreadable(self._path, error)) from error
            return self._known[1]


def read_hashes(path: Path) -> dict[str, str]:
    """The hashes by name. Raises OSError, and BadRights for a line that is none."""
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, hashed = line.strip().partition(":")
        if not colon or not NAME.fullmatch(name) or not hashed.startswith("$argon2"):
            raise BadRights(
                f"{path}, line {number}, is no name with the hash of a password; take the line out, and add the reader"
                " with: cablegram users add NAME"
            )
        found[name] = hashed
    return found


def set_password(path: Path, name: str, password: str) -> bool:
    """Add a reader, or give one another password; says whether she is new. Raises BadRights with a sentence."""
    if not NAME.fullmatch(name):
        raise BadRights(
            f"{name!r} can't name a reader; use up to 80 letters, digits and . _ + - @, and no @ at the beginning."
        )
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadRights(f"A password has from {SHORTEST} to {LONGEST:,} characters.")
    hashes = _hashes_of(path)
    new = name not in hashes
    _write(path, {**hashes, name: _hasher().hash(password)})
    return new


def names_in(path: Path) -> list[str]:
    """Who may sign in. Raises BadRights."""
    return sorted(_hashes_of(path))


def remove(path: Path, name: str) -> bool:
    """Take a reader out; says whether there was one. Raises BadRights."""
    hashes = _hashes_of(path)
    there = hashes.pop(name, None) is not None
    if there:
        _write(path, hashes)
    return there


def _hashes_of(path: Path) -> dict[str, str]:
    try:
        return read_hashes(path)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise BadRights(_unreadable(path, error)) from error


def _write(path: Path, hashes: Mapping[str, str]) -> None:
    fresh = path.with_name(f"{path.name}.new")
    text = "".join(f"{name}:{hashed}\n" for name, hashed in sorted(hashes.items()))
    try:
        # Nobody but its owner reads it, from its first byte on; a group that serves is given it by whoever runs both.
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
        with open(fresh, "w", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.chmod(mode)
        fresh.replace(path)
    except OSError as error:
        raise BadRights(f"{path} can't be written: {error.strerror}.") from error


def _hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher
    except ImportError as error:
        raise BadRights(
            "Passwords need the package argon2-cffi; install it with: pip install 'cablegram[passwords]'"
        ) from error
    return PasswordHasher()


def _signed(hashed: str, name: str, until: int) -> str:
    return hmac.digest(hashed.encode(), f"cablegram {until} {name}".encode(), hashlib.sha256).hex()


def _unreadable(path: Path, error: OSError) -> str:
    return f"The file of passwords {path} can't be read: {error.strerror}."
