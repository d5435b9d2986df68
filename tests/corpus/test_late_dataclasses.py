"""Dataclasses whose methods are made late are those of the library in all that can be seen of them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, asdict, field, replace
from typing import Any, ClassVar

import pytest

from corpus.late_dataclasses import dataclass


class _Shape:
    name: str
    size: int = 3
    marks: tuple[str, ...] = ()
    more: list[int] = field(default_factory=list, repr=False, compare=False)
    kind: ClassVar[str] = "shape"
    hidden: int = field(default=7, init=False)
    last: str = field(default="z", kw_only=True)

    def whole(self) -> str:
        return f"{self.name} {self.size}"


def _body() -> dict[str, object]:
    left_out = ("__dict__", "__weakref__")
    return {name: value for name, value in vars(_Shape).items() if name not in left_out}


Late = dataclass(frozen=True, slots=True)(type("Shape", (), _body()))
Soon = dataclasses.dataclass(frozen=True, slots=True)(type("Shape", (), _body()))


@dataclass(frozen=True, slots=True)
class Base:
    one: int


@dataclass(frozen=True, slots=True)
class Heir(Base):
    two: int = 2

    def __post_init__(self) -> None:
        if self.two < 0:
            raise ValueError("below zero")


def test_fields_defaults_and_comparison_are_those_of_the_library() -> None:
    for cls in (Late, Soon):
        one: Any = cls("a", marks=("x",), last="q")
        assert repr(one) == "Shape(name='a', size=3, marks=('x',), hidden=7, last='q')"
        assert one == cls("a", 3, ("x",), [1, 2], last="q")
        assert one != cls("a", 3, ("x",))
        assert hash(one) == hash(("a", 3, ("x",), 7, "q"))
        assert one.more == []
        assert one.more is not cls("b").more
        assert (one.whole(), one.kind) == ("a 3", "shape")
        assert replace(one, size=4).size == 4
        assert asdict(one)["marks"] == ("x",)
        assert cls.__match_args__ == ("name", "size", "marks", "more")
        assert not hasattr(one, "__dict__")
        for bad in ((), ("a", 1, (), [], 5)):
            with pytest.raises(TypeError):
                cls(*bad)
        with pytest.raises(FrozenInstanceError, match="cannot assign to field 'size'"):
            one.size = 5
        with pytest.raises(FrozenInstanceError):
            del one.size
        # The library's own stumbles over itself here.
        with pytest.raises((AttributeError, TypeError)):
            one.other = 5


def test_subclass_has_methods_for_its_own_fields() -> None:
    assert repr(Base(1)) == "Base(one=1)"
    assert repr(Heir(1)) == "Heir(one=1, two=2)"
    assert Heir(1, 2) == Heir(1) != Heir(1, 3)
    assert Base(1) != Heir(1)
    with pytest.raises(ValueError, match="below zero"):
        Heir(1, -1)
    match Heir(4, 5):
        case Heir(one, two):
            assert (one, two) == (4, 5)


def test_instances_travel_between_processes() -> None:
    one = Heir(1, 9)
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own
    assert copy.deepcopy(one) == copy.copy(one) == one
