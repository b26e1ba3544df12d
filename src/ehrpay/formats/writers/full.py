"""Problems of files with their lines and carets, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ehrpay.strict.problem import full

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ehrpay.formats.writers import Screen
    from ehrpay.strict.problem import Problem

NEEDS = "problems"


class Problematic(Protocol):
    """A view with problems of files, what their codes mean, and whose version found them."""

    @property
    def meanings(self) -> Mapping[str, str]:
        """What each code means, in a sentence."""
        ...

    @property
    def version(self) -> str:
        """Of this program."""
        ...

    def problems(self) -> Sequence[Problem]:
        """Every problem, in order."""
        ...


def write(view: Problematic, screen: Screen) -> str:  # noqa: ARG001 - a writer's signature
    """Each with its line and a caret, a blank line between two."""
    return "".join(f"{full(one)}\n\n" for one in view.problems())
