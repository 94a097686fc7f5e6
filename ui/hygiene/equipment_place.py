"""Places of the equipment screen: the kind of a record, and its key."""

from typing import cast


def kind_and_key(target: object, usual: str) -> tuple[str, object]:
    """Return the kind and the key of a place: ``("ticket", 3)``; a key alone is the usual kind."""
    if not isinstance(target, tuple):
        return usual, target
    parts = cast("tuple[object, ...]", target)
    return (str(parts[0]), parts[1]) if len(parts) == 2 else (usual, None)
