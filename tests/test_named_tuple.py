"""Our NamedTuple behaves as typing's does."""

from __future__ import annotations

import copy
import pickle
import re
from pathlib import Path
from typing import Generic, TypeVar

import pytest

from ehrpay.named_tuple import LateTuple, NamedTuple

T = TypeVar("T")


class Point(NamedTuple):
    """A place."""

    x: int
    y: int = 2

    @property
    def total(self) -> int:
        """Both together."""
        return self.x + self.y


class Box(NamedTuple, Generic[T]):
    """Holds one thing."""

    value: T


class Rest(NamedTuple):
    """What is made late."""

    words: str
    more: int


class Late(LateTuple):
    """A place with words."""

    words: str
    x: int
    more: int


class Marked(Late):
    """One with an attribute of its own."""

    mark = ""


class One(NamedTuple):
    """What is there."""

    x: int


def test_some_fields_are_made_once_when_the_first_is_asked_for() -> None:
    asked = []

    def rest() -> Rest:
        asked.append(1)
        return Rest("far", 3)

    late = Late(One(1), rest)
    assert (late.x, asked) == (1, [])
    assert (late.more, late.words, asked) == (3, "far", [1])
    assert (tuple(late), len(late), late[0]) == (("far", 1, 3), 3, "far")
    assert late._fields == ("words", "x", "more")
    with pytest.raises(AttributeError, match="'Late' object has no attribute 'y'"):
        late.y  # noqa: B018 - the asking is the test


def test_a_late_tuple_is_equal_to_a_tuple_and_copied_as_one() -> None:
    late = Marked(One(1), lambda: Rest("far", 3))
    late.mark = "own"
    assert late == ("far", 1, 3) == late == Late._make(["far", 1, 3])
    assert hash(late) == hash(("far", 1, 3))
    assert late != ["far", 1, 3]
    assert repr(late) == "Marked(words='far', x=1, more=3)"
    assert late._replace(x=2)._asdict() == {"words": "far", "x": 2, "more": 3}
    again = pickle.loads(pickle.dumps(late))  # noqa: S301 - our own
    assert again == copy.copy(late) == late
    assert again.mark == "own"
    with pytest.raises(AttributeError, match="can't set 'x'"):
        late.x = 2
    with pytest.raises(ValueError, match="longer"):
        late._replace(z=3)


def test_fields_defaults_and_methods() -> None:
    """Built by position or name, with defaults, equal to a tuple."""
    assert Point(1) == Point(x=1, y=2) == (1, 2)
    assert Point(1).total == 3
    assert Point(1)._replace(y=5)._asdict() == {"x": 1, "y": 5}
    assert repr(Point(1)) == "Point(x=1, y=2)"
    assert (Point.__name__, Point.__module__, Point.__doc__) == ("Point", __name__, "A place.")
    assert Box("held").value == "held"


def test_fields_cannot_be_set_and_all_are_needed() -> None:
    """Frozen, and strict about what it is given."""
    with pytest.raises(AttributeError):
        Point(1).x = 2  # type: ignore[misc]
    with pytest.raises(TypeError):
        Point()  # type: ignore[call-arg]


def test_what_is_wrong_with_values_is_said_as_by_any_function() -> None:
    """By the names of the fields; and as many values as fields, no others."""
    with pytest.raises(TypeError, match=r"Point\.__new__\(\) missing 1 required positional argument: 'x'"):
        Point()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'z'"):
        Point(1, z=3)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="expected 2 values, got 3"):
        Point._make([1, 2, 3])
    with pytest.raises(ValueError, match="unexpected field names: \\['z'\\]"):
        Point(1)._replace(z=3)  # type: ignore[call-arg]


def test_copies_pickles_and_matches() -> None:
    """What a scheduler sends to another process comes out the same."""
    assert copy.copy(Point(1, 3)) == pickle.loads(pickle.dumps(Point(1, 3))) == Point(1, 3)  # noqa: S301 - our own
    match Point(1, 3):
        case Point(one, three):
            assert (one, three) == (1, 3)


def test_the_source_uses_no_other() -> None:
    """Typing's own costs a quarter of a millisecond a class at every start; it is for annotations that are read."""
    source = Path(__file__).parents[1] / "src"
    texts = {path.name: path.read_text("utf-8") for path in source.rglob("*.py")}
    using = [
        name
        for name, text in texts.items()
        if "from __future__ import annotations" in text
        if re.search(r"^from typing import .*\bNamedTuple\b", text, re.MULTILINE)
    ]
    assert using == []
