"""Regular expressions that are compiled when they are first used.

Owns only that. A command that answers one question uses a few of some two hundred patterns, and compiling all of them
was a quarter of its time; a module that names a pattern with `late_pattern` costs nothing for it until it is asked.
A pattern that is no regular expression raises `re.error` at its first use: `tests/corpus/test_late_patterns.py`
therefore compiles every one.
"""

from __future__ import annotations

import re
from typing import cast

_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")


class _Used:
    """A pattern that was used: its methods stand in it, and are found as fast as those of the library."""

    pattern: str


class _Late(_Used):
    """A pattern that was not used yet; the first use makes it another class."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern = text
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        if name not in _METHODS and name not in ("flags", "groups", "groupindex"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__ |= {each: getattr(compiled, each) for each in _METHODS}
        self.__dict__ |= {
            "flags": compiled.flags,
            "groups": compiled.groups,
            "groupindex": compiled.groupindex,
        }
        # A class without `__getattr__`, so that the interpreter may remember where the methods are.
        self.__class__ = _Used  # type: ignore[assignment]
        return getattr(self, name)


def late_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, made at the first use. It is none to `isinstance`, and can't be pickled."""
    return cast("re.Pattern[str]", _Late(text, flags))
