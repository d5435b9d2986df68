"""The file of rights: which collections there are, who may read each, and how readers say who they are.

    [sign_in]
    by = "passwords"

    [groups]
    desk = ["anna", "boris"]

    [collections.published]
    index = "/srv/cablegram/published"
    readers = ["@everyone"]

    [collections.leak]
    index = "/srv/cablegram/leak"
    title = "The 2031 leak"
    readers = ["@desk", "clara"]

Owns its form and what follows from it. Must not know a request, nor what is in an index. A collection is an index
folder: who may not read it is given a searcher that does not open it (`search.rights.views`).
"""

from __future__ import annotations

import re
import threading
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Literal

from search.errors import BadRights

Network = IPv4Network | IPv6Network
# Stand among the readers of a collection for whoever asks, and for whoever has signed in.
EVERYONE, SIGNED_IN = "@everyone", "@signed-in"
# A collection's name stands in addresses and in the log.
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
# The name of a header of HTTP: `X-Forwarded-User`.
_HEADER = re.compile(r"[A-Za-z0-9-]{1,60}")
_LOOPBACK = ("127.0.0.0/8", "::1/128")
# As long a name, or list of groups, as is read of a header.
LONGEST_NAME = 200
_MOST_COLLECTIONS = 200


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: a name, "" for whoever has not signed in, and the groups that the proxy says they are in."""

    name: str = ""
    groups: frozenset[str] = frozenset()


NOBODY = Reader()


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection: its name in addresses, index folder, title for people, and readers as the file has them."""

    name: str
    folder: Path
    title: str
    readers: frozenset[str]


@dataclass(frozen=True, slots=True)
class SignIn:
    """How readers say who they are.

    By a `header` of the reverse proxy, which is believed from the `trusted` addresses alone; `groups_header` has the
    groups, with commas. Or by the file of passwords `users`; a sign-in then lasts so many `hours`. `sign_in_at` and
    `sign_out_at` are the proxy's own addresses for both, "" if it has none.
    """

    by: Literal["header", "passwords"]
    header: str = "X-Forwarded-User"
    groups_header: str = "X-Forwarded-Groups"
    trusted: tuple[Network, ...] = ()
    sign_in_at: str = ""
    sign_out_at: str = ""
    users: Path = Path()
    hours: int = 12


@dataclass(frozen=True, slots=True)
class Rights:
    """What the file says. The collections stand in its order, which is that in which they are read together."""

    collections: tuple[Collection, ...]
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sign_in: SignIn | None = None

    def of(self, reader: Reader) -> tuple[Collection, ...]:
        """What a reader may read, in the order of the file."""
        own = {EVERYONE}
        if reader.name:
            own |= {SIGNED_IN, reader.name}
            own |= {f"@{name}" for name in reader.groups}
            own |= {f"@{name}" for name, members in self.groups.items() if reader.name in members}
        return tuple(each for each in self.collections if own & each.readers)


class RightsFile:
    """The file on the disk, read anew when it changes. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._known: tuple[tuple[int, int, int], Rights] | None = None

    def rights(self) -> Rights:
        """What it says now. Raises BadRights if it can't be read: then nobody may read anything."""
        with self._lock:
            try:
                found = self._path.stat()
            except OSError as error:
                raise BadRights(_unreadable(self._path, error)) from error
            stamp = (found.st_ino, found.st_mtime_ns, found.st_size)
            if self._known is None or self._known[0] != stamp:
                self._known = None
                self._known = stamp, read_rights(self._path)
            return self._known[1]


def read_rights(path: Path) -> Rights:
    """What a file says; paths in it count from its folder on.

    Raises BadRights with one sentence that names the file, the key, and what to do.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadRights(_unreadable(path, error)) from error
    except tomllib.TOMLDecodeError as error:
        raise BadRights(f"{path} is not TOML: {error}.") from error
    _known_keys(path, "", content, ("sign_in", "groups", "collections"))
    groups = {
        name: frozenset(_names(path, f"groups.{name}", members))
        for name, members in _table(path, "groups", content).items()
    }
    tables = _table(path, "collections", content)
    if not 0 < len(tables) <= _MOST_COLLECTIONS:
        raise BadRights(
            f"{path} must have from 1 to {_MOST_COLLECTIONS} collections; write [collections.NAME] with `index`, the"
            " folder of its index, and `readers`."
        )
    collections = tuple(_collection(path, name, table) for name, table in tables.items())
    folders = [each.folder.resolve() for each in collections]
    if len(set(folders)) < len(folders):
        raise BadRights(
            f"{path}: two collections have the same index; give each a folder of its own."
        )
    sign_in = _sign_in(path, _table(path, "sign_in", content)) if "sign_in" in content else None
    wanted = {name for each in collections for name in each.readers}
    if sign_in is None and wanted - {EVERYONE}:
        raise BadRights(
            f"{path} names readers, and has no [sign_in] by which they could say who they are; add it, with `by` ="
            ' "header" or "passwords".'
        )
    if sign_in is None or sign_in.by == "passwords":
        for name in sorted(wanted - {EVERYONE, SIGNED_IN}):
            if name.startswith("@") and name[1:] not in groups:
                raise BadRights(f"{path}: there is no group {name[1:]!r}; add it to [groups].")
    return Rights(collections, groups, sign_in)


def _collection(path: Path, name: str, table: object) -> Collection:
    where = f"collections.{name}"
    if not _NAME.fullmatch(name):
        raise BadRights(
            f"{path}: {name!r} can't name a collection; use up to 40 small letters, digits, - and _."
        )
    if not isinstance(table, dict):
        raise BadRights(f"{path}: {where} must be a table, [{where}].")
    _known_keys(path, where, table, ("index", "title", "readers"))
    folder = _text(path, where, table, "index", "")
    if not folder:
        raise BadRights(f"{path}: {where} has no `index`; name the folder of its index.")
    if "readers" not in table:
        raise BadRights(
            f'{path}: {where} has no `readers`; write readers = ["anna", "@desk"], or ["@everyone"] for all.'
        )
    return Collection(
        name,
        path.parent / folder,
        _text(path, where, table, "title", name),
        frozenset(_names(path, f"{where}.readers", table["readers"])),
    )


def _sign_in(path: Path, table: dict[str, Any]) -> SignIn:
    by = _text(path, "sign_in", table, "by", "")
    if by == "header":
        _known_keys(
            path,
            "sign_in",
            table,
            ("by", "header", "groups_header", "trusted", "sign_in_at", "sign_out_at"),
        )
        header = _text(path, "sign_in", table, "header", "X-Forwarded-User")
        groups = _text(path, "sign_in", table, "groups_header", "X-Forwarded-Groups")
        for name in (header, groups):
            if not _HEADER.fullmatch(name):
                raise BadRights(f"{path}: sign_in: {name!r} is no name of a header.")
        trusted = _names(path, "sign_in.trusted", table.get("trusted", list(_LOOPBACK)))
        return SignIn(
            "header",
            header,
            groups,
            tuple(_network(path, each) for each in trusted),
            _text(path, "sign_in", table, "sign_in_at", ""),
            _text(path, "sign_in", table, "sign_out_at", ""),
        )
    if by == "passwords":
        _known_keys(path, "sign_in", table, ("by", "users", "hours"))
        hours = table.get("hours", 12)
        if not isinstance(hours, int) or isinstance(hours, bool) or not 1 <= hours <= 24 * 30:
            raise BadRights(f"{path}: sign_in.hours must be a whole number from 1 to 720.")
        users = path.parent / _text(path, "sign_in", table, "users", "users")
        return SignIn("passwords", users=users, hours=hours)
    raise BadRights(f'{path}: sign_in.by must be "header" or "passwords".')


def _network(path: Path, text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError as error:
        raise BadRights(
            f"{path}: sign_in.trusted: {text!r} is no address; write 127.0.0.1 or 10.1.0.0/24."
        ) from error


def _table(path: Path, name: str, content: Mapping[str, Any]) -> dict[str, Any]:
    found = content.get(name, {})
    if not isinstance(found, dict):
        raise BadRights(f"{path}: {name} must be a table, [{name}].")
    return found


def _text(path: Path, where: str, table: Mapping[str, Any], key: str, default: str) -> str:
    found = table.get(key, default)
    if not isinstance(found, str) or len(found) > 1_000:
        raise BadRights(f"{path}: {where}.{key} must be a text in quotation marks.")
    return found


def _names(path: Path, where: str, found: object) -> list[str]:
    if not isinstance(found, list) or not all(
        isinstance(each, str) and 0 < len(each) <= LONGEST_NAME for each in found
    ):
        raise BadRights(f'{path}: {where} must be a list of names, ["anna", "boris"].')
    return found


def _known_keys(path: Path, where: str, table: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in table:
        if key not in known:
            place = f" in {where}" if where else ""
            raise BadRights(f"{path}: there is no {key!r}{place}; there are {', '.join(known)}.")


def _unreadable(path: Path, error: Exception) -> str:
    reason = getattr(error, "strerror", None) or "it is not UTF-8"
    return f"The file of rights {path} can't be read: {reason}."
