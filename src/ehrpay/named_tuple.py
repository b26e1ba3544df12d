"""`NamedTuple` as `typing` has it, made at a fraction of the cost: at a start, making such classes took longest.

`typing.NamedTuple` compiles every annotation that is a string, `collections.namedtuple` a constructor for every class.
Here annotations are never looked at, and classes with as many fields share the compiled code of their constructor.
`LateTuple` behaves so, too, but makes some of its values only when one of them is asked for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

__all__ = ["LateTuple", "NamedTuple"]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import CodeType
    from typing import NamedTuple, Self
else:
    from collections import _tuplegetter
    from types import FunctionType

    class _Tuple(tuple):
        """What every named tuple can do."""

        __slots__ = ()
        _fields = ()
        _field_defaults = {}  # noqa: RUF012 - as `collections.namedtuple` has it

        @classmethod
        def _make(cls, values: Iterable[Any]) -> Self:
            """One from all its values in their order."""
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"expected {len(cls._fields)} values, got {len(made)}")
            return made

        def _replace(self, /, **values: Any) -> Self:
            """The same with other values in some fields."""
            made = tuple.__new__(type(self), map(values.pop, self._fields, self))
            if values:
                raise ValueError(f"got unexpected field names: {list(values)!r}")
            return made

        def _asdict(self) -> dict[str, Any]:
            """The values by their fields."""
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        def __repr__(self) -> str:
            values = ", ".join(f"{field}={value!r}" for field, value in self._asdict().items())
            return f"{type(self).__name__}({values})"

    def _annotations(body: dict[str, Any]) -> dict[str, Any]:
        """What a class body annotates; from Python 3.14 on it may be a function that says so."""
        if "__annotate_func__" in body:
            from annotationlib import Format, call_annotate_function, get_annotate_from_class_namespace

            if annotate := get_annotate_from_class_namespace(body):
                body["__annotations__"] = call_annotate_function(annotate, Format.FORWARDREF)
        return body.get("__annotations__", {})

    @cache
    def _constructor(count: int) -> CodeType:
        fields = "".join(f"_{number}, " for number in range(count))
        return eval(f"lambda _cls, {fields}: _new(_cls, ({fields}))").__code__  # noqa: S307 - digits only

    @cache
    def _field(number: int) -> Any:
        return _tuplegetter(number, None)

    def _new(name: str, fields: tuple[str, ...], defaults: tuple[Any, ...]) -> FunctionType:
        code = _constructor(len(fields)).replace(co_varnames=("_cls", *fields))
        made = FunctionType(code, {"_new": tuple.__new__, "__builtins__": {}}, "__new__", defaults)
        made.__qualname__ = f"{name}.__new__"
        return made

    class _Maker(type):
        """Makes the annotated names of a class body the fields of a tuple."""

        def __new__(cls, name: str, _bases: tuple[type, ...], body: dict[str, Any]) -> type:
            """The class; bases such as `Generic[T]` matter to type checkers alone."""
            fields = tuple(_annotations(body))
            defaults = {field: body[field] for field in fields if field in body}
            body |= {field: _field(number) for number, field in enumerate(fields)}
            body |= {
                "__slots__": (),
                "__match_args__": fields,
                "_fields": fields,
                "_field_defaults": defaults,
            }
            body.setdefault("__new__", _new(name, fields, tuple(defaults.values())))
            return type(name, (_Tuple,), body)

    class _Base:
        """Stands among a class's bases, where Python asks it for the class that makes the class."""

        _made = type.__new__(_Maker, "NamedTuple", (), {})

        def __mro_entries__(self, _bases: tuple[type, ...]) -> tuple[type]:
            """The base whose metaclass is the maker."""
            return (self._made,)

    NamedTuple = _Base()


class LateTuple:
    """A named tuple of the fields that a class annotates; some are made together, once one of them is asked for."""

    _fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        """The fields are those of the class that extends this one; classes that extend it add none."""
        if LateTuple in cls.__bases__:
            cls._fields = tuple(cls.__annotations__)

    def __init__(self, ready: Any, late: Callable[[], Any]) -> None:
        """Take a named tuple of the fields that are there, and what makes one of all others."""
        vars(self).update(zip(ready._fields, ready, strict=True), _late=late)

    def __getattr__(self, name: str) -> Any:
        """A field that is not there yet: they are made, and found as attributes from then on."""
        if name not in self._fields:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        vars(self).update(self._late()._asdict())
        return vars(self)[name]

    def __setattr__(self, name: str, value: Any) -> None:
        if name in self._fields:
            raise AttributeError(f"can't set {name!r}")
        super().__setattr__(name, value)

    @classmethod
    def _make(cls, values: Iterable[Any]) -> Self:
        """One from all its values in their order."""
        made = cls.__new__(cls)
        vars(made).update(zip(cls._fields, values, strict=True))
        return made

    def _asdict(self) -> dict[str, Any]:
        """The values by their fields."""
        return {field: getattr(self, field) for field in self._fields}

    def _replace(self, /, **values: Any) -> Self:
        """The same with other values in some fields."""
        return self._make((self._asdict() | values).values())

    def __getstate__(self) -> dict[str, Any]:
        """What is copied and pickled: every value."""
        own = {name: value for name, value in vars(self).items() if name != "_late"}
        return own | self._asdict()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._asdict().values())

    def __len__(self) -> int:
        return len(self._fields)

    def __getitem__(self, place: int) -> Any:
        return tuple(self)[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (tuple, LateTuple)) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        values = ", ".join(f"{field}={value!r}" for field, value in self._asdict().items())
        return f"{type(self).__name__}({values})"
