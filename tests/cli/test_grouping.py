"""A command's parameters that are made from options, and the signature Typer sees."""

import inspect
from typing import Annotated, NamedTuple

from ehrpay.cli.grouping import group_of, grouped


class Size(NamedTuple):
    width: Annotated[str | None, "an option"] = None
    deep: Annotated[bool, "a flag"] = False


GROUP = group_of(Size)
CALLS: list[tuple[Size, str]] = []


@grouped
def command(*, size: Annotated[Size, GROUP], name: str = "box") -> None:
    """Say what it is."""
    CALLS.append((size, name))


@grouped
def flat(*, size: Annotated[Size, GROUP.without("deep")]) -> None:
    """Say how wide it is."""
    CALLS.append((size, ""))


def test_a_group_becomes_its_options_where_it_stood() -> None:
    signature = inspect.signature(command)
    assert {name: one.default for name, one in signature.parameters.items()} == {
        "width": None,
        "deep": False,
        "name": "box",
    }
    assert signature.parameters["width"].annotation.__metadata__ == ("an option",)
    assert command.__doc__ == "Say what it is."


def test_the_call_gets_whole_values() -> None:
    command(width="3", deep=True, name="crate")
    assert CALLS.pop() == (Size("3", deep=True), "crate")


def test_a_group_may_leave_out_an_option() -> None:
    assert list(inspect.signature(flat).parameters) == ["width"]
    flat(width="4")
    assert CALLS.pop()[0] == Size("4")
