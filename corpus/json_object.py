"""Reading one JSON object field by field, with one clear sentence for whatever is wrong in it.

Owns the checks of types and the words of the complaint. Must not know what the objects mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

Choice = TypeVar("Choice", bound=str)

# What a value is called in a complaint. A truth value is an int for Python, and is looked up before it.
_NAMES: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "a truth value"),
    (int, "an integer"),
    (float, "a number with a fraction"),
    (str, "text"),
    (Mapping, "an object"),
    ((list, tuple), "a list"),
)


class JsonObject:
    """One object out of a JSON document.

    `where` names it in complaints (`paragraphs[3]`), empty for the document itself. Every method takes a
    field's name, and raises `ValueError` with one sentence if the field is missing or is not of the kind the method
    is named after.
    """

    def __init__(self, value: object, where: str = "") -> None:
        if not isinstance(value, Mapping):
            raise ValueError(f"{where or 'the cable'} should be an object, but is {_called(value)}")
        self._fields: Mapping[str, object] = value
        self._where = where

    def has(self, name: str) -> bool:
        """Whether there is such a field."""
        return name in self._fields

    def text(self, name: str) -> str:
        """A field that is text."""
        value = self._value(name)
        if not isinstance(value, str):
            raise self.wrong(name, "text")
        return value

    def text_or_none(self, name: str) -> str | None:
        """A field that is text or null."""
        value = self._value(name)
        if value is not None and not isinstance(value, str):
            raise self.wrong(name, "text or null")
        return value

    def integer_or_none(self, name: str) -> int | None:
        """A field that is an integer or null."""
        value = self._value(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.wrong(name, "an integer or null")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A field that is a list of texts."""
        items = self._items(name, "a list of texts")
        if not all(isinstance(item, str) for item in items):
            raise ValueError(
                f"{self._place(name)} should be a list of texts, but holds other things"
            )
        return tuple(str(item) for item in items)

    def objects(self, name: str) -> tuple[JsonObject, ...]:
        """A field that is a list of objects."""
        items = self._items(name, "a list of objects")
        return tuple(
            JsonObject(item, f"{self._place(name)}[{place}]") for place, item in enumerate(items)
        )

    def choice(self, name: str, choices: Sequence[Choice]) -> Choice:
        """A field that is one of some texts."""
        value = self.text(name)
        for each in choices:
            if value == each:
                return each
        raise ValueError(
            f"{self._place(name)} should be one of {', '.join(choices)}, but is {value!r}"
        )

    def wrong(self, name: str, wanted: str) -> ValueError:
        """The complaint that a field is not what it should be, for the caller to raise."""
        return ValueError(
            f"{self._place(name)} should be {wanted}, but is {_called(self._fields[name])}"
        )

    def _value(self, name: str) -> object:
        if name not in self._fields:
            raise ValueError(f"{self._where or 'the cable'} has no field {name!r}")
        return self._fields[name]

    def _items(self, name: str, wanted: str) -> Sequence[object]:
        value = self._value(name)
        if not isinstance(value, (list, tuple)):
            raise self.wrong(name, wanted)
        return value

    def _place(self, name: str) -> str:
        return f"{self._where}.{name}" if self._where else name


def _called(value: object) -> str:
    if value is None:
        return "null"
    return next((name for kind, name in _NAMES if isinstance(value, kind)), type(value).__name__)
