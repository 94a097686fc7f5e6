"""Putting a finished file in the place of another."""

import time
from pathlib import Path

_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between tries."""

_LOOKED_AT = {5, 32, 33}
"""What Windows answers about a file that a program has open."""


def put_in_place(draft: Path, target: Path) -> None:
    """Give a finished file its name, in one step, replacing the file that bears it.

    On Windows an antivirus, an indexer or a program that syncs looks into a file as soon as
    it is written, and for that instant neither file may change its name: it is tried again
    for a second and a half.

    Raises:
        PermissionError: The folder may not be written, or a program keeps a file open.
        OSError: The disk fails.
    """
    for pause in _PAUSES:
        try:
            draft.replace(target)
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _LOOKED_AT:
                raise
            time.sleep(pause)
        else:
            return
    draft.replace(target)
