"""`NamedTuple` as `typing` has it, made at a fraction of the cost: annotations are never looked at.

`typing.NamedTuple` compiles every annotation that is a string: a quarter of a millisecond a class at each start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["NamedTuple"]

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from collections import namedtuple

    _NOT_COPIED = {"__annotations__", "__dict__", "__orig_bases__", "__weakref__"}

    class _Maker(type):
        """Makes the annotated names of a class body the fields of a `collections.namedtuple`."""

        def __new__(cls, name: str, _bases: tuple[type, ...], body: dict[str, Any]) -> type:
            """The class; bases such as `Generic[T]` matter to type checkers alone."""
            fields = tuple(body.get("__annotations__", ()))
            defaults = [body.pop(field) for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])  # noqa: PYI024
            for key in body.keys() - _NOT_COPIED:
                setattr(made, key, body[key])
            return made

    class _Base:
        """Stands among a class's bases, where Python asks it for the class that makes the class."""

        _made = type.__new__(_Maker, "NamedTuple", (), {})

        def __mro_entries__(self, _bases: tuple[type, ...]) -> tuple[type]:
            """The base whose metaclass is the maker."""
            return (self._made,)

    NamedTuple = _Base()
