"""Commands take whole values, such as a profile; each is made from a group of options."""

from __future__ import annotations

import inspect
from functools import wraps
from typing import TYPE_CHECKING, Any, get_args

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Group(NamedTuple):
    """Options by parameter name, each with its type and default, and what makes one value of theirs."""

    make: Callable[[dict[str, Any]], Any]
    options: dict[str, tuple[Any, Any]]

    def without(self, name: str) -> Group:
        """The same less a member, which always has its default."""
        options = dict(self.options)
        _, default = options.pop(name)
        # Typer's options hold a default of their own.
        value = getattr(default, "default", default)
        return Group(lambda values: self.make({name: value} | values), options)


def group_of(cls: Any) -> Group:
    """The group of a named tuple whose defaults are options (its annotations are objects, not texts)."""
    defaults = cls._field_defaults
    return Group(
        lambda values: cls(**values),
        {name: (kind, defaults[name]) for name, kind in cls.__annotations__.items()},
    )


def grouped(run: Callable[..., None]) -> Callable[..., None]:
    """The command with an option for each member of a group; called, it makes the groups' values for `run`."""
    groups: dict[str, Group] = {}
    parameters: list[inspect.Parameter] = []
    for parameter in inspect.signature(run, eval_str=True).parameters.values():
        group = next((one for one in get_args(parameter.annotation) if isinstance(one, Group)), None)
        if group is None:
            parameters.append(parameter)
        else:
            groups[parameter.name] = group
            parameters += [
                parameter.replace(name=name, annotation=kind, default=default)
                for name, (kind, default) in group.options.items()
            ]

    @wraps(run)
    def command(**values: Any) -> None:
        for name, group in groups.items():
            values[name] = group.make({option: values.pop(option) for option in group.options})
        run(**values)

    # Typer reads the signature; annotations that are texts would be evaluated once more.
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {}
    return command
