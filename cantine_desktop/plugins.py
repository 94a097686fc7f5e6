"""What other packages add: found by entry points, loaded one by one.

A package that fails to load is reported and left out; it never takes the rest
of the application with it. Nor may it take the place of something of ours by
chance: what it adds has a key of its own, unless it says ``replaces=True``.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import wraps
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Generic, Protocol, TypeVar

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr

Kind = TypeVar("Kind")


class Keyed(Protocol):
    """Something of a catalogue.

    Attributes:
        key: Its name for programs, unique in the catalogue.
        replaces: Whether it means to take the place of another of the same key.
    """

    @property
    def key(self) -> str:
        """Name for programs."""
        ...

    @property
    def replaces(self) -> bool:
        """Whether it takes the place of another of the same key."""
        ...


KeyedKind = TypeVar("KeyedKind", bound=Keyed)

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
            _log.info("plug-in %s of %s left out", point.name, group, exc_info=True)
            continue
        if isinstance(loaded, kind):
            found[point.name] = _contained(point.name, loaded)
        else:
            broken[point.name] = f"{point.value} is a {type(loaded).__name__}"
            _log.warning("plug-in %s of %s is no %s", point.name, group, kind.__name__)
    return Plugins(found, broken)


def gather(
    group: str,
    kind: type[KeyedKind],
    ours: Iterable[KeyedKind],
    points: Iterable[EntryPoint] | None = None,
) -> Plugins[KeyedKind]:
    """Return a catalogue by key: ours first, then what other packages add.

    Something that has the key of another without saying ``replaces=True`` is left out
    and reported; what replaces keeps the place of the one it replaces.

    Args:
        group: Name of the group of entry points.
        kind: Class of what the catalogue holds.
        ours: What the application brings itself.
        points: Entry points to use instead of the installed ones.
    """
    loaded = load(group, kind, points)
    found = {one.key: one for one in ours}
    broken = dict(loaded.broken)
    for name, one in loaded.found.items():
        if one.key in found and not one.replaces:
            broken[name] = f"{one.key} exists already, and replaces=True is not said"
            _log.warning("plug-in %s of %s left out: %s exists already", name, group, one.key)
        else:
            found[one.key] = one
    return Plugins(found, broken)


def _contained(name: str, one: Kind) -> Kind:
    """Return what a package adds, such that a fault in its functions is one refused operation."""
    if not is_dataclass(one) or isinstance(one, type):
        return one
    values = {field.name: getattr(one, field.name) for field in fields(one)}
    calls = {key: _spoken(name, value) for key, value in values.items() if callable(value)}
    return replace(one, **calls)


def _spoken(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def run(*given: Any) -> Any:
        try:
            return call(*given)
        except UserError:
            raise
        except Exception as error:
            _log.info("plug-in %s failed", name, exc_info=True)
            reason = f"{type(error).__name__}: {error}"
            raise UserError(
                tr("L’extension « {name} » a échoué : {reason}").format(name=name, reason=reason)
            ) from error

    return run
