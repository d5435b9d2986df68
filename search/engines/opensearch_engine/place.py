"""Where the index of a folder is: the addresses of the cluster, the alias readers ask, the index behind it.

Owns the settings of the cluster, the file in the data folder that names the place, and the choice of the names. Must
not know what is sent there. A password is in the environment only, never in a file.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit, urlunsplit

from corpus.late_dataclasses import dataclass
from corpus.late_patterns import late_pattern
from search.engines import CLUSTER_URL as URL
from search.engines.advising import Unusable
from search.engines.opensearch_engine.schema import PREFIX
from search.errors import IndexDamaged, SearchError

USER = "CABLEGRAM_OPENSEARCH_USER"
PASSWORD = "CABLEGRAM_OPENSEARCH_PASSWORD"  # noqa: S105 - the name of a setting
CA = "CABLEGRAM_OPENSEARCH_CA"
IN_CLEAR = "CABLEGRAM_OPENSEARCH_PASSWORD_IN_CLEAR"
SHARDS = "CABLEGRAM_OPENSEARCH_SHARDS"
REPLICAS = "CABLEGRAM_OPENSEARCH_REPLICAS"

PLACE_FILE = "cluster.json"

# OpenSearch's rule for the name of an index, without the signs that scripts would have to quote: `newsroom-2010`.
_NAME = late_pattern(r"[a-z0-9][a-z0-9_-]{0,99}")
# A data folder: its engine and its count, `opensearch-2`. See search.engines.writing.
_SIBLINGS = "opensearch-*"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says of the cluster; "" and None where it says nothing."""

    url: str = ""
    user: str = ""
    password: str = ""
    ca: str = ""
    shards: int | None = None
    replicas: int | None = None
    in_clear: bool = False

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Raises SearchError for a number that is none, or a yes that is none."""
        return cls(
            environment.get(URL, ""),
            environment.get(USER, ""),
            environment.get(PASSWORD, ""),
            environment.get(CA, ""),
            _number(environment, SHARDS, 1),
            _number(environment, REPLICAS, 0),
            _yes(environment, IN_CLEAR),
        )


@dataclass(frozen=True, slots=True)
class Place:
    """`hosts` are addresses without user, password and path; `alias` is what readers ask, `index` what is written."""

    hosts: tuple[str, ...]
    alias: str
    index: str

    @property
    def writing(self) -> str:
        """The alias that documents are sent to: a cluster makes an index that it lacks, but never an alias."""
        return f"{self.index}-writing"


def check_password(hosts: tuple[str, ...], settings: Settings) -> None:
    """Raises SearchError if a password would go to one of these addresses for everyone on the way to read.

    It goes to `https`, and to this machine itself; elsewhere only if that was asked for.
    """
    if not settings.password or settings.in_clear:
        return
    for host in hosts:
        parts = urlsplit(host)
        if parts.scheme != "https" and not _is_this_machine(parts.hostname or ""):
            raise SearchError(
                f"The password would go to {host} in clear, for everyone on the way to read; say https, or set"
                f" {IN_CLEAR}=yes if the way is safe."
            )


def _is_this_machine(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        # What a name leads to may change between the look and the asking.
        return False


def new_place(data: Path, settings: Settings) -> Place:
    """The place of an index that is about to be made for a data folder: a new index, behind the folder's old alias.

    Raises SearchError if no cluster is named, or none that can be.
    """
    before = siblings(data)
    if settings.url:
        hosts, name = parse_url(settings.url)
    elif before:
        hosts, name = before[-1].hosts, ""
    else:
        raise SearchError(
            f"The engine opensearch needs the address of a cluster; say --url http://HOST:9200, or set {URL}."
        )
    alias = name or (before[-1].alias if before else f"cablegram-{secrets.token_hex(4)}")
    return Place(hosts, alias, f"{PREFIX}{alias}-{secrets.token_hex(4)}")


def read_place(data: Path, settings: Settings) -> Place:
    """The place that a data folder names, at the addresses of the settings if they have any.

    Raises `Unusable`, of damage.
    """
    path = data / PLACE_FILE
    try:
        found = json.loads(path.read_bytes())
        place = Place(tuple(found["hosts"]), str(found["alias"]), str(found["index"]))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Unusable(
            IndexDamaged,
            f"The index {data.parent} is damaged: {path} can't be read ({type(error).__name__})",
        ) from error
    if settings.url:
        place = Place(parse_url(settings.url)[0], place.alias, place.index)
    return place


def write_place(data: Path, place: Place) -> None:
    """Write the file that names the place."""
    (data / PLACE_FILE).write_text(f"{json.dumps(asdict(place), indent=2)}\n", encoding="utf-8")


def siblings(data: Path) -> list[Place]:
    """The places of the other data folders of the same index; one that can't be read names none."""
    found = []
    for path in sorted(data.parent.glob(_SIBLINGS)):
        if path != data:
            try:
                found.append(read_place(path, Settings()))
            except Unusable:
                continue  # what a dead build left; it is cleared by whoever writes next
    return found


def parse_url(url: str) -> tuple[tuple[str, ...], str]:
    """The hosts, and the name behind them ("" if there is none): `http://a:9200,http://b:9200/newsroom`.

    Raises SearchError, in a sentence that doesn't repeat a password.
    """
    hosts, name = [], ""
    for each in url.split(","):
        parts = _split(each.strip())
        if parts.username or parts.password:
            raise SearchError(
                f"The address of a cluster has no user and no password in it; set {USER} and {PASSWORD} instead."
            )
        hosts.append(urlunsplit((parts.scheme, parts.netloc, "", "", "")))
        # The name stands behind one of them, or behind several, the same.
        found = parts.path.strip("/")
        if found and name and found != name:
            raise SearchError(f"An index has one name, and --url or {URL} has {name} and {found}.")
        name = found or name
    if name and not _NAME.fullmatch(name):
        raise SearchError(
            f"{name!r} can't name an index of OpenSearch: small letters, digits, - and _ can, at most 100 of them."
        )
    return tuple(hosts), name


def _split(address: str) -> SplitResult:
    """The parts of one address. Raises SearchError if it has others than scheme, host, port, user and path."""
    try:
        parts = urlsplit(address)
        # A port is looked at when it is asked for, and not before.
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        if whole and not parts.query and not parts.fragment:
            return parts
    except ValueError:
        pass  # brackets without an end, a port that is no number: no address either
    raise SearchError(
        "The address of a cluster is written http://HOST:9200 or https://HOST:9200/NAME, several of them "
        f"with commas between; look at --url and {URL}."
    )


def _yes(environment: Mapping[str, str], name: str) -> bool:
    written = environment.get(name, "")
    if written not in {"", "yes", "no"}:
        raise SearchError(f"{name} is yes or no, and not {written!r}.")
    return written == "yes"


def _number(environment: Mapping[str, str], name: str, least: int) -> int | None:
    written = environment.get(name, "")
    if not written:
        return None
    if not written.isascii() or not written.isdigit() or int(written) < least:
        raise SearchError(f"{name} is a whole number from {least} on, and not {written!r}.")
    return int(written)
