"""A library that another one loads, and that is loaded when something of it is first used.

    with late_module("soupsieve"):
        from bs4 import BeautifulSoup

Owns only that. What a library loads for a part that is never used here is paid for by each process that starts. Whoever
loads the module itself, before or afterwards, gets the module itself.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType


class _Late(ModuleType):
    """Stands for a module: what it is asked for it gets from the real one, which it loads for that."""

    def __getattr__(self, name: str) -> object:
        return getattr(import_module(self.__name__), name)


@contextmanager
def late_module(name: str) -> Iterator[None]:
    """Whatever imports the module meanwhile gets one that loads it late, unless it is loaded already."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = _Late(name)
    try:
        yield
    finally:
        del sys.modules[name]
