"""The file of alerts: searches that are kept, each with where its hits go, as TOML.

Owns the form of the file (`docs/alerts.md`), what is said of an entry that can't be understood, and how an entry is
written. Must not know an index.

One entry that is wrong costs no other: where the whole can't be read as TOML, each entry is read by itself.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from corpus.late_dataclasses import dataclass
from search.errors import BadAlert
from search.fields import FACETS
from search.language.parser import parse
from search.language.tree import Filter, Match, Query

FILE_NAME = "alerts.toml"
# Longer names make no names of files and no subjects of mails.
MOST_NAME = 100
_KEYS = ("name", "query", "filters", "match", "since", "feed", "file", "send")
_TOP_KEYS = ("site",)
# `[[alert]]`, the line that each entry begins with.
_START = re.compile(r"\s*\[\[\s*alert\s*\]\]\s*(?:#.*)?\Z")
# What may stand over an entry and belongs to it: blank lines and comments.
_OVER = re.compile(r"\s*(?:#.*)?\Z")
# `(at line 3, column 5)`: how tomllib says where.
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)\Z")
_AT_END = re.compile(r"\s*\(at end of document\)\Z")
# Three quotation marks of one kind open a text of several lines, or end it.
_LONG_QUOTES = re.compile(r'"""|' + "'''")
# What no file name needs: `Putian: shoes & more` is `putian-shoes-more`.
_NOT_IN_A_FILE_NAME = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Alert:
    """A search that is kept.

    `asked` is the query as it was typed, `query` what it means, with its filters; `line` where its entry begins.
    `feed` and `file` are where its hits go, `send` the addresses that they are sent to. `since` is from when on what
    was indexed is told, None for what comes after the alert was made. `notes` say what of the query was read otherwise
    than it was typed.
    """

    name: str
    asked: str
    query: Query
    line: int = 0
    feed: Path | None = None
    file: Path | None = None
    send: tuple[str, ...] = ()
    since: datetime | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """An entry that can't be understood: its name if that can be read, where it is, why, and what to do."""

    name: str
    place: str
    reason: str

    def __str__(self) -> str:
        called = f'alert "{self.name}": ' if self.name else ""
        return f"{self.place}: {called}{self.reason}"


@dataclass(frozen=True, slots=True)
class AlertsFile:
    """What a file of alerts says. `site` is where the pages of cables are, without a slash at its end, or ""."""

    path: Path
    alerts: tuple[Alert, ...] = ()
    faults: tuple[Fault, ...] = ()
    site: str = ""


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one entry, from its `[[alert]]` on; `first` is the line's number, from 1."""

    first: int
    lines: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def line_of(self, key: str) -> int:
        """The line that sets a key; the first if there is none."""
        sets = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        found = (at for at, line in enumerate(self.lines) if sets.match(line))
        return self.first + next(found, 0)


class _Wrong(Exception):
    """What is wrong with an entry, and the key that it is about."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key
        self.reason = reason


def read_alerts(path: Path) -> AlertsFile:
    """The alerts of a file. Raises `BadAlert` if there is no such file, or none that is text."""
    top, *blocks = _blocks(_text(path))
    faults: list[Fault] = []
    site = ""
    try:
        site = _site(_toml(top))
    except _Wrong as wrong:
        faults.append(Fault("", f"{path}:{top.line_of(wrong.key)}", wrong.reason))
    except _Unreadable as error:
        faults.append(Fault("", f"{path}:{error.line}", error.reason))
    alerts: dict[str, Alert] = {}
    feeds: dict[Path, str] = {}
    for block in blocks:
        name = ""
        try:
            (content,) = _toml(block)["alert"]
            name = _name(content)
            alert = _alert(content, name, block.first, path.parent)
            if name.casefold() in alerts:
                before = alerts[name.casefold()].line
                raise _Wrong("name", f"line {before} has this name already; give it another")
            if alert.feed is not None and alert.feed in feeds:
                taken = f'alert "{feeds[alert.feed]}" writes this file already; name another'
                raise _Wrong("feed", taken)
        except _Wrong as wrong:
            faults.append(Fault(name, f"{path}:{block.line_of(wrong.key)}", wrong.reason))
        except _Unreadable as error:
            faults.append(Fault(_likely_name(block), f"{path}:{error.line}", error.reason))
        else:
            alerts[name.casefold()] = alert
            if alert.feed is not None:
                feeds[alert.feed] = name
    return AlertsFile(path, tuple(alerts.values()), tuple(faults), site)


def entry(
    name: str,
    query: str,
    filters: Mapping[str, list[str]] | None = None,
    match: Match = "all",
    *,
    since: date | None = None,
    feed: str = "",
    file: str = "",
    send: tuple[str, ...] = (),
) -> str:
    """An entry as it is written into the file; `filters` as in addresses of pages, `-tag` for what is excluded."""
    lines = ["[[alert]]", f"name = {_quoted(name)}", f"query = {_quoted(query)}"]
    if filters:
        chosen = ", ".join(
            f"{key if key.isalpha() else _quoted(key)} = {_listed(values)}"
            for key, values in filters.items()
        )
        lines.append(f"filters = {{ {chosen} }}")
    if match != "all":
        lines.append(f"match = {_quoted(match)}")
    if since is not None:
        lines.append(f"since = {since.isoformat()}")
    if feed:
        lines.append(f"feed = {_quoted(feed)}")
    if file:
        lines.append(f"file = {_quoted(file)}")
    if send:
        lines.append(f"send = {_listed(send)}")
    return "\n".join(lines) + "\n"


def file_name(name: str) -> str:
    """What a file of an alert may be called."""
    return _NOT_IN_A_FILE_NAME.sub("-", name.casefold()).strip("-") or "alert"


def add(path: Path, text: str) -> Alert:
    """Write an entry behind the others of a file, which is made if it is not there.

    Raises `BadAlert` if the entry can't be understood, or if its name is taken; then the file is as it was.
    """
    before = _text(path) if path.exists() else ""
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    part = _write_beside(path, f"{before}{gap}{text}")
    try:
        read = read_alerts(part)
        line = before.count("\n") + gap.count("\n") + 1
        for fault in read.faults:
            if int(fault.place.rpartition(":")[2]) >= line:
                raise BadAlert(f"This alert can't be kept: {fault.reason}.")
        added = read.alerts[-1]
        part.replace(path.resolve())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return added


def remove(path: Path, name: str) -> str:
    """Take the entry of that name out of a file, with the comments right over it; gives the name as it stood there.

    Raises `BadAlert` if there is none.
    """
    text = _text(path)
    lines = text.splitlines(keepends=True)
    _, *blocks = _blocks(text)
    names = [_readable_name(block) for block in blocks]
    folded = [each.casefold() for each in names]
    if name.casefold() not in folded:
        near = get_close_matches(name, [each for each in names if each], n=1)
        advice = f'did you mean "{near[0]}"' if near else "cablegram alerts list names them"
        raise BadAlert(f'There is no alert "{name}" in {path}; {advice}.')
    at = folded.index(name.casefold())
    first = _with_comments(lines, blocks[at].first - 1)
    after = blocks[at].first - 1 + len(blocks[at].lines)
    if at + 1 < len(blocks):
        after = _with_comments(lines, after)
    _write_beside(path, "".join((*lines[:first], *lines[after:]))).replace(path.resolve())
    return names[at]


def _with_comments(lines: list[str], at: int) -> int:
    """Where the comments over a line begin."""
    while at > 0 and lines[at - 1].lstrip().startswith("#"):
        at -= 1
    return at


def _write_beside(path: Path, text: str) -> Path:
    """A file that can take the place of another, with its permissions; a new one is its owner's alone to read.

    It may have passwords of mail servers.
    """
    path = path.resolve()
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        shutil.copymode(path, part)
    return part


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError as error:
        raise BadAlert(
            f"There is no file of alerts {path}; make it with: cablegram alerts add NAME QUERY"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8; save it as that"
        raise BadAlert(f"The file of alerts {path} can't be read: {reason}.") from error


def _blocks(text: str) -> list[_Block]:
    """What stands over the first entry, and each entry. A text of several lines may have what looks like one."""
    blocks: list[_Block] = []
    lines: list[str] = []
    first = 1
    inside = False
    for number, line in enumerate(text.split("\n"), start=1):
        if not inside and _START.match(line):
            blocks.append(_Block(first, tuple(lines)))
            lines, first = [], number
        lines.append(line)
        if len(_LONG_QUOTES.findall(line)) % 2:
            # One that never ends must not hide the entries behind it: it ends with the paragraph that it is in.
            inside = not inside and _ends_later(text, number, line)
    blocks.append(_Block(first, tuple(lines)))
    return blocks


def _ends_later(text: str, number: int, line: str) -> bool:
    quotes = _LONG_QUOTES.findall(line)[-1]
    return any(quotes in later for later in text.split("\n")[number:])


class _Unreadable(Exception):
    """Something that is no TOML, and in which line of the file."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def _toml(block: _Block) -> dict[str, Any]:
    try:
        return tomllib.loads(block.text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        line = block.first
        if found := _AT_LINE.search(said):
            line += int(found[1]) - 1
            said = said[: found.start()]
        elif found := _AT_END.search(said):
            written = [at for at, each in enumerate(block.lines) if each.strip()]
            line += written[-1] if written else 0
            said = said[: found.start()]
        reason = f"this is not TOML ({said}); texts stand in quotation marks, lists in brackets"
        raise _Unreadable(line, reason) from error


def _likely_name(block: _Block) -> str:
    """The name of an entry that can't be read, from its line alone."""
    for line in block.lines:
        if re.match(r"\s*name\s*=", line):
            try:
                name = tomllib.loads(line)["name"]
            except tomllib.TOMLDecodeError:
                return ""
            return name if isinstance(name, str) else ""
    return ""


def _readable_name(block: _Block) -> str:
    try:
        (content,) = _toml(block)["alert"]
        return _name(content)
    except (_Unreadable, _Wrong):
        return _likely_name(block)


def _site(content: dict[str, Any]) -> str:
    for key in content:
        if key not in _TOP_KEYS:
            raise _Wrong(key, f"{_no_key(key, _TOP_KEYS)}; an alert begins with a line [[alert]]")
    site = content.get("site", "")
    if not isinstance(site, str) or not re.fullmatch(r"(?:https?://\S+)?", site):
        raise _Wrong("site", "the site is an address like https://cables.example")
    return site.rstrip("/")


def _alert(content: dict[str, Any], name: str, line: int, folder: Path) -> Alert:
    for key in content:
        if key not in _KEYS:
            raise _Wrong(key, _no_key(key, _KEYS))
    asked = content.get("query", "")
    if not isinstance(asked, str):
        raise _Wrong("query", "a query is a text in quotation marks")
    filters = tuple(_filters(content.get("filters", {})))
    if not asked.strip() and not filters:
        raise _Wrong("query", "it looks for nothing; give it a query, or filters")
    match = content.get("match", "all")
    if match not in get_args(Match):
        raise _Wrong("match", f"match is one of {', '.join(map(_quoted, get_args(Match)))}")
    parsed = parse(asked)
    if parsed.cut:
        said = parsed.cut.partition(".")[0]
        raise _Wrong("query", f"the query is too long ({said}); make several alerts of it")
    notes = tuple(f"at character {each.position + 1}: {each.message}" for each in parsed.problems)
    feed, file, send = (
        _path(content, "feed", folder),
        _path(content, "file", folder),
        _send(content),
    )
    if feed is None and file is None and not send:
        raise _Wrong("name", "its hits go nowhere; give it feed, file or send")
    query = Query(parsed.tree, filters, grouped=False, match=match)
    return Alert(name, asked, query, line, feed, file, send, _since(content), notes)


def _name(content: dict[str, Any]) -> str:
    name = content.get("name")
    if not isinstance(name, str) or not name.strip():
        raise _Wrong("name", 'it has no name; give it one, as in name = "Putian shoes"')
    name = name.strip()
    if len(name) > MOST_NAME:
        raise _Wrong("name", f"a name has at most {MOST_NAME} characters")
    if not name.isprintable():
        raise _Wrong("name", "a name stands on one line and has no control characters")
    return name


def _filters(content: object) -> Iterator[Filter]:
    if not isinstance(content, dict):
        raise _Wrong(
            "filters", 'filters look like { origin = ["Embassy Rome"], "-tag" = ["KIPR"] }'
        )
    chosen: dict[str, list[tuple[str, ...]]] = {}
    for key, values in content.items():
        name = key.removeprefix("-")
        if name not in FACETS:
            raise _Wrong("filters", f"filters: {_no_key(name, FACETS)}")
        each = [values] if isinstance(values, str) else values
        if not isinstance(each, list) or not all(isinstance(one, str) and one for one in each):
            raise _Wrong("filters", f'filters: {key} is a list of texts, as in ["Embassy Rome"]')
        chosen.setdefault(name, [(), ()])[key.startswith("-")] = tuple(each)
    for name, (included, excluded) in chosen.items():
        yield Filter(name, included, excluded)


def _path(content: dict[str, Any], key: str, folder: Path) -> Path | None:
    value = content.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise _Wrong(key, f'{key} is the name of a file, as in {key} = "alerts/shoes.atom"')
    return folder / value


def _send(content: dict[str, Any]) -> tuple[str, ...]:
    value = content.get("send", [])
    each = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else None
    if each is None or not all(isinstance(one, str) and one.strip() for one in each):
        raise _Wrong("send", 'send is a list of addresses, as in ["mailto://..."]')
    return each


def _since(content: dict[str, Any]) -> datetime | None:
    value = content.get("since")
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC)  # a time without a zone is this machine's
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day).astimezone(UTC)
    raise _Wrong("since", "since is a day, as in since = 2026-07-01 (without quotation marks)")


def _no_key(key: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(key, known, n=1)
    advice = f"did you mean {near[0]}" if near else f"there are {', '.join(known)}"
    return f"there is no {key!r}; {advice}"


def _quoted(text: str) -> str:
    """A text as TOML writes it: as JSON does, but that the last control character is escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _listed(values: tuple[str, ...] | list[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"
