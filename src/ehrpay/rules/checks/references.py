"""What the values of a rule file refer to, as the annotations of its model say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.shape.kinds import layout_at
from ehrpay.rules.shape.layout import Ref, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.rules.finding import Files, Path
    from ehrpay.rules.shape.layout import Layout

FACT_OF = Ref("occupation", "describes its demand")


class Reference(NamedTuple):
    """Ids at one path: a single one, the items of a list, or the keys of a mapping; and the step to each."""

    path: Path
    ref: Ref
    ids: list[Any]
    steps: list[Path]


def references(file: str, data: dict[str, Any]) -> Iterator[Reference]:
    """Every reference of a file, in its order; tolerant of data of a wrong shape."""
    for path, value, layout in walk(data, layout_at(file)):
        ref = _ref(path, value, layout)
        # The levels of an adjustment by occupation are facts of occupations.
        if path[0] == "levels" and path[-1] == "id" and data.get("input") == "occupation":
            ref = FACT_OF
        if ref:
            if isinstance(value, dict):
                yield Reference(path, ref, list(value), [(key,) for key in value])
            elif isinstance(value, list):
                yield Reference(path, ref, value, [(i,) for i in range(len(value))])
            else:
                yield Reference(path, ref, [value], [()])


def _ref(path: Path, value: Any, layout: Layout) -> Ref | None:
    if isinstance(value, list):
        return layout.each.mark(Ref) if layout.each else None
    if isinstance(value, dict):
        return layout.key.mark(Ref) if layout.key else None
    # Items of a list are reported with the list.
    return layout.mark(Ref) if isinstance(path[-1], str) and value else None


def adjustments(files: Files) -> dict[str, tuple[str, dict[str, Any]]]:
    """The adjustments by id: the file each stands in, and its data."""
    return {
        data["adjustment"]: (file, data)
        for file, data in files.items()
        if file.startswith("adjustments/") and data
    }
