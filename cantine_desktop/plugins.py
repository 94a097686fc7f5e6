"""What other packages add: found by entry points, loaded one by one.

A package that fails to load is reported and left out; it never takes the rest
of the application with it.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Generic, TypeVar

Kind = TypeVar("Kind")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Plugins(Generic[Kind]):
    """What a group of entry points gave.

    Attributes:
        found: Objects that loaded and are of the kind asked for, by entry point name.
        broken: Why each of the others did not, by entry point name.
    """

    found: dict[str, Kind]
    broken: dict[str, str]


def load(group: str, kind: type[Kind], points: Iterable[EntryPoint] | None = None) -> Plugins[Kind]:
    """Load the objects that other packages declare under an entry point group.

    Args:
        group: Name of the group, such as ``"cantine_desktop.exports"``.
        kind: Class the objects must be instances of.
        points: Entry points to use instead of the installed ones.
    """
    found: dict[str, Kind] = {}
    broken: dict[str, str] = {}
    for point in entry_points(group=group) if points is None else points:
        try:
            loaded: object = point.load()
        except Exception as error:  # noqa: BLE001  -- foreign code may fail in any way
            broken[point.name] = f"{type(error).__name__}: {error}"
            _log.warning("plug-in %s of %s left out", point.name, group, exc_info=True)
            continue
        if isinstance(loaded, kind):
            found[point.name] = loaded
        else:
            broken[point.name] = f"{point.value} is a {type(loaded).__name__}"
            _log.warning("plug-in %s of %s is no %s", point.name, group, kind.__name__)
    return Plugins(found, broken)
