"""What a command says and writes: sentences, JSON, files that are whole or not there."""

import json
import sys
from pathlib import Path
from typing import Any

from cantine_desktop.commands.parsing import UsageError, path_of
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.replacing import write_whole

_SQLITE = b"SQLite format 3\x00"
_COMPANIONS = ("-wal", "-shm", "-journal")


def say(text: str) -> None:
    """Write a line on the standard output."""
    sys.stdout.write(text + "\n")


def warn(text: str) -> None:
    """Write a line on the error output."""
    sys.stderr.write(text + "\n")


def say_json(value: Any) -> None:
    """Write a value for a program, as indented JSON."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def deliver(content: bytes, out: str | None, name: str) -> None:
    """Write a finished file where it was asked for.

    Args:
        content: The whole file.
        out: Path of a file or of a folder, ``-`` for the standard output;
            ``None`` is the current folder.
        name: Name of the file when ``out`` does not give one.

    Raises:
        UserError: It cannot be written there, or would replace a book.
    """
    if out == "-":
        _to_stdout(content)
        return
    path = path_of(out) if out else Path()
    try:
        path = path / name if path.is_dir() else path
        _refuse_book(path)
        write_whole(path, content)
    except OSError as error:
        raise UserError(unwritable(path, error)) from error
    say(tr("Écrit : {path}").format(path=path))


def unwritable(path: Path, error: OSError) -> str:
    """Explain why a file cannot be written."""
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return tr("Le dossier « {folder} » n’existe pas.").format(folder=path.parent)
    if isinstance(error, PermissionError):
        return tr("« {path} » ne peut pas être écrit : accès refusé.").format(path=path)
    reason = error.strerror or type(error).__name__
    return tr("« {path} » ne peut pas être écrit : {reason}.").format(path=path, reason=reason)


def _to_stdout(content: bytes) -> None:
    if sys.stdout.isatty():
        raise UsageError(tr("Ce fichier n’est pas fait pour l’écran : redirigez la sortie."))
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _refuse_book(path: Path) -> None:
    """Keep a book, or one of the files SQLite keeps beside it, from being replaced by a paper.

    Raises:
        UserError: There is a book at that place.
    """
    owners = [path.with_name(path.name.removesuffix(end)) for end in _COMPANIONS]
    if any(map(_is_database, {path, *owners})):
        raise UserError(tr("« {path} » est un livre : il n’est pas remplacé.").format(path=path))


def _is_database(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE
