"""How many examples a property is tried with, by the profile that tests/conftest.py has loaded.

Owns the relation to that profile. Must not know what is tried.
"""

from __future__ import annotations

from hypothesis import settings

# What a profile has that says nothing of it, and what the numbers in the tests are meant for.
_USUAL = 100


def examples(usually: int) -> int:
    """So many with the usual profile; with another as many times more or fewer as that one has."""
    loaded = settings.default
    if loaded is None:
        raise RuntimeError("tests/conftest.py loads a profile")
    return max(1, usually * loaded.max_examples // _USUAL)
