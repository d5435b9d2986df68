"""Frozen dataclasses whose methods are made when they are first used.

    from corpus.late_dataclasses import dataclass

    @dataclass(frozen=True, slots=True)
    class Post: ...

Owns only that. The standard library compiles six methods for each class as its module is loaded: for the hundred
classes that a search loads that was a third of the command's time, and it calls few of them. What is made is the same:
fields, defaults, equality, hash, representation, pickling, `replace`, `match`. Type checkers see the library's own.
Only a late one may inherit from a late one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool) -> Callable[[type], type]:
        """The decorator; both are to be true, as they are of all central types."""
        if not (frozen and slots):
            raise TypeError("late dataclasses are frozen and have slots")
        return _late


def _late(cls: type) -> type:
    # In the class itself, that is: a subclass has methods for its own fields.
    own = set(cls.__dict__) - {name for name in ("__hash__",) if cls.__dict__.get(name) is None}
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    for name, make in _MAKERS.items():
        if name not in own:
            setattr(made, name, _stub(made, name, make))
    made.__setattr__, made.__delattr__ = _set, _delete
    made.__getstate__, made.__setstate__ = _state, _restore
    return made  # type: ignore[no-any-return]


def _stub(cls: type, name: str, make: Callable[[type], Callable[..., Any]]) -> Callable[..., Any]:
    def first(self: object, *args: object, **named: object) -> Any:
        method = make(cls)
        method.__qualname__ = f"{cls.__qualname__}.{name}"
        method.__module__ = cls.__module__
        setattr(cls, name, method)
        return method(self, *args, **named)

    return first


def _fields(cls: type) -> Iterable[dataclasses.Field[Any]]:
    return dataclasses.fields(cls)


def _compiled(
    name: str, head: str, body: Iterable[str], known: dict[str, object]
) -> Callable[..., Any]:
    lines = "".join(f"\n    {line}" for line in body)
    made: dict[str, Any] = {}
    exec(f"def {name}({head}):{lines or ' pass'}", known, made)  # noqa: S102 - as the library does it
    return made[name]  # type: ignore[no-any-return]


def _init(cls: type) -> Callable[..., None]:
    """Assigns by the slots themselves, which is quicker than by their names."""
    known: dict[str, object] = {"_NONE": dataclasses.MISSING}
    head: list[str] = ["self"]
    named: list[str] = []
    body: list[str] = []
    for each in _fields(cls):
        name = each.name
        known[f"_set_{name}"] = getattr(cls, name).__set__
        value = name
        if each.default is not dataclasses.MISSING:
            known[f"_default_{name}"] = each.default
            given = f"{name}=_default_{name}"
        elif each.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = each.default_factory
            given = f"{name}=_NONE"
            value = f"_make_{name}() if {name} is _NONE else {name}"
        else:
            given = name
        if not each.init:
            if given == name:
                continue
            value = f"_default_{name}" if "_default_" in given else f"_make_{name}()"
        else:
            (named if each.kw_only else head).append(given)
        body.append(f"_set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    if named:
        head += ["*", *named]
    return _compiled("__init__", ", ".join(head), body, known)


def _values(who: str, names: Iterable[str]) -> str:
    return f"({''.join(f'{who}.{name}, ' for name in names)})"


def _eq(cls: type) -> Callable[..., Any]:
    names = [each.name for each in _fields(cls) if each.compare]
    same = f"return {_values('self', names)} == {_values('other', names)}"
    body = ("if other.__class__ is self.__class__:", f"    {same}", "return NotImplemented")
    return _compiled("__eq__", "self, other", body, {})


def _hash(cls: type) -> Callable[..., Any]:
    names = [
        each.name for each in _fields(cls) if (each.compare if each.hash is None else each.hash)
    ]
    return _compiled("__hash__", "self", (f"return hash({_values('self', names)})",), {})


def _repr(cls: type) -> Callable[..., Any]:
    from reprlib import recursive_repr

    shown = ", ".join(f"{each.name}={{self.{each.name}!r}}" for each in _fields(cls) if each.repr)
    body = (f"return f'{{self.__class__.__qualname__}}({shown})'",)
    return recursive_repr()(_compiled("__repr__", "self", body, {}))


_MAKERS = {"__init__": _init, "__eq__": _eq, "__hash__": _hash, "__repr__": _repr}


def _set(self: Any, name: str, value: object) -> None:
    if name in self.__dataclass_fields__:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
    object.__setattr__(self, name, value)


def _delete(self: Any, name: str) -> None:
    if name in self.__dataclass_fields__:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
    object.__delattr__(self, name)


def _state(self: Any) -> list[object]:
    return [getattr(self, each.name) for each in dataclasses.fields(self)]


def _restore(self: Any, state: Iterable[object]) -> None:
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
