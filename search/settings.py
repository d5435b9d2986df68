"""The settings of an installation: ONE table, and how a file, the environment and flags fill it.

Owns the names, the limits and the order in which they count: flags, then the environment, then the file, then the
default. Must not know what a setting is for. Whoever starts a program reads them, once.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from search.errors import BadSetting

CONFIG = "CABLEGRAM_CONFIG"
FILE_NAME = "cablegram.toml"

Kind = Literal["text", "number", "texts", "choice"]
_KINDS: dict[Kind, str] = {
    "text": "a text in quotation marks",
    "number": "a whole number",
    "texts": "a list of texts",
    "choice": "one of its words",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `low` and `high` bound a number, `high` also the characters of a text; `help` is one clause.

    `choices` are the words that a choice may be.
    """

    name: str
    kind: Kind
    help: str
    low: int = 0
    high: int = 1_000
    choices: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return f"CABLEGRAM_{self.name.upper()}"

    @property
    def flag(self) -> str:
        """Its name on the command line."""
        return f"--{self.name.replace('_', '-')}"


SETTINGS: tuple[Setting, ...] = (
    Setting("index", "text", "The folder of the index.", 1),
    Setting("host", "text", "The address to listen on; 0.0.0.0 lets other machines in.", 1),
    Setting("port", "number", "The port to listen on; 0 takes a free one.", 0, 65_535),
    Setting("threads", "number", "How many requests are answered at once.", 1, 256),
    Setting("title", "text", "The name of the site.", 1, 100),
    Setting("examples", "texts", "Searches that the first page offers."),
    Setting("page_size", "number", "Cables, or paragraphs, on a page of results.", 1, 100),
    Setting(
        "address",
        "text",
        "The site's address as others see it, https://cables.example; as asked for if empty.",
    ),
    Setting(
        "requests_per_minute",
        "number",
        "How many requests one client may make; 0: any.",
        0,
        100_000,
    ),
    Setting(
        "proxies", "number", "How many proxies stand before the server and are trusted.", 0, 10
    ),
    Setting(
        "log_format",
        "choice",
        "How the log is written: text for people, or json, one object a line.",
        choices=("text", "json"),
    ),
    Setting(
        "access_log",
        "choice",
        "Whether each request gets a line in the log; auto: with json only.",
        choices=("auto", "on", "off"),
    ),
    Setting(
        "log_questions",
        "choice",
        "Whether those lines have what was asked, the part of the address behind its ?.",
        choices=("off", "on"),
    ),
    Setting(
        "leave_seconds",
        "number",
        "How long a server that was told to stop still takes requests, while /readyz says 503.",
        0,
        300,
    ),
    Setting(
        "stop_seconds",
        "number",
        "How long the requests that are running may take to end after that.",
        1,
        3_600,
    ),
)
BY_NAME: dict[str, Setting] = {each.name: each for each in SETTINGS}


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation may change; `SETTINGS` says what each is. `address` has no slash at its end."""

    index: str = "cablegram-index"
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 4
    title: str = "Cablegram"
    examples: tuple[str, ...] = ()
    page_size: int = 20
    address: str = ""
    requests_per_minute: int = 0
    proxies: int = 0
    log_format: str = "text"
    access_log: str = "auto"
    log_questions: str = "off"
    leave_seconds: int = 0
    stop_seconds: int = 30

    @property
    def logs_requests(self) -> bool:
        """Whether each request gets a line in the log."""
        return self.access_log == "on" or (self.access_log, self.log_format) == ("auto", "json")


DEFAULTS: dict[str, Any] = {each.name: getattr(Settings(), each.name) for each in fields(Settings)}


def read_settings(
    flags: Mapping[str, object] | None = None,
    environment: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Settings:
    """The settings of this process; a flag that is None was not given.

    `file` is the file to read: without it the one that CABLEGRAM_CONFIG names, or `cablegram.toml` in the folder where
    the program was started, if it is there. Raises BadSetting with one sentence that names the place and the key.
    """
    known = os.environ if environment is None else environment
    if file is None and known.get(CONFIG):
        file = Path(known[CONFIG])
    values: dict[str, Any] = dict(_from_file(file))
    values |= _from_environment(known)
    for name, value in (flags or {}).items():
        if value is not None:
            values[name] = _checked(BY_NAME[name], value, BY_NAME[name].flag)
    return Settings(**values)


def _from_file(named: Path | None) -> Iterator[tuple[str, object]]:
    path = named or Path(FILE_NAME)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        if named is None:
            return
        raise BadSetting(f"There is no settings file {path}; make it, or name another.") from error
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise BadSetting(f"The settings file {path} can't be read: {reason}.") from error
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSetting(f"{path} is not TOML: {error}.") from error
    for key, value in content.items():
        if key not in BY_NAME:
            near = get_close_matches(key, BY_NAME, n=1)
            advice = f"did you mean {near[0]}" if near else f"there are {', '.join(BY_NAME)}"
            raise BadSetting(f"{path}: there is no setting {key!r}; {advice}.")
        yield key, _checked(BY_NAME[key], value, f"{path}: {key}")


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for setting in SETTINGS:
        text = environment.get(setting.variable)
        if text is None or (text == "" and setting.name != "address"):
            continue
        value: object = text
        if setting.kind == "texts":
            value = [each.strip() for each in text.split(";") if each.strip()]
        elif setting.kind == "number":
            value = int(text[:9]) if text.isascii() and text.isdecimal() else text
        found[setting.name] = _checked(setting, value, setting.variable)
    return found


def _checked(setting: Setting, value: object, place: str) -> object:
    """The value, if it is what the setting takes."""
    match setting.kind, value:
        case "number", int() if not isinstance(value, bool):
            if not setting.low <= value <= setting.high:
                raise BadSetting(
                    f"{place} is {value}; it must be from {setting.low} to {setting.high}."
                )
            return value
        case "text", str():
            if not setting.low <= len(value) <= setting.high:
                raise BadSetting(
                    f"{place} has {len(value)} characters; it must have {setting.low} to {setting.high}."
                )
            return _address(value, place) if setting.name == "address" else value
        case "choice", str():
            if value not in setting.choices:
                raise BadSetting(f"{place} is {value!r}; it must be {_either(setting.choices)}.")
            return value
        case "texts", list() | tuple() if all(isinstance(each, str) for each in value):
            return tuple(value)
        case _:
            raise BadSetting(f"{place} is {value!r}; it must be {_KINDS[setting.kind]}.")


def _either(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _address(value: str, place: str) -> str:
    host = value.partition("://")[2].rstrip("/")
    if value and not (value.startswith(("http://", "https://")) and host and " " not in host):
        raise BadSetting(f"{place} is {value!r}; it must be like https://cables.example.")
    return value.rstrip("/")
