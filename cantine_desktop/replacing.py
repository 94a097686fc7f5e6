"""Writing a file whole or not at all, and putting it in the place of another."""

import secrets
import time
from pathlib import Path

_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between tries."""

_LOOKED_AT = {5, 32, 33}
"""What Windows answers about a file that a program has open."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step: beside its place, then under its name.

    Who looks meanwhile, a program that syncs or a person, finds the old file or the new one,
    never the half of one. What is no file, such as ``/dev/null`` or a named pipe, is written
    into: it stays what it is.

    Raises:
        PermissionError: The folder may not be written, or a program keeps the old file open.
        OSError: The disk fails or is full; the old file stays as it was.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    draft = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with draft.open("xb") as file:
            file.write(content)
        put_in_place(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


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
