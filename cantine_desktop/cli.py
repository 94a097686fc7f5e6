"""The headless door: ``python -m cantine_desktop COMMAND``.

Exit codes: 0 done, 1 problems found or refused, 2 the command is not written
as it should be. Whatever a person can put right is said in one sentence on the
error output.
"""

import io
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from sqlalchemy.exc import DatabaseError, OperationalError

from cantine_desktop.clock import Clock, system_clock
from cantine_desktop.commands import exchanges, fec, figures, keeping, papers, till, upkeep
from cantine_desktop.commands.output import warn
from cantine_desktop.commands.parsing import Commands, Parser, Run, UsageError
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import LANGUAGES, Language, tr, use_language

_GROUPS = (keeping, papers, exchanges, fec, till, figures, upkeep)


def main(arguments: Sequence[str] | None = None, clock: Clock = system_clock) -> int:
    """Run one command and return its exit code: 0 done, 1 problems found, 2 misuse."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    _write_utf8()
    use_language(_language(given))
    try:
        options = _parser().parse_args(given)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    try:
        code = _run(options.run, options, clock)
        sys.stdout.flush()
    except BrokenPipeError:
        _hush()
        return 1
    except KeyboardInterrupt:
        warn(tr("Interrompu."))
        return 1
    return code


def _run(run: Run, options: Namespace, clock: Clock) -> int:
    """Run a command and say what a person can put right.

    Raises:
        BrokenPipeError: Whoever read our answer has gone.
        DatabaseError: A statement is wrong, which is a bug of ours.
    """
    try:
        return run(options, clock)
    except UserError as error:
        warn(str(error))
        return 2 if isinstance(error, UsageError) else 1
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        about = f" ({error.filename})" if error.filename else ""
        warn(tr("Le système refuse : {reason}.").format(reason=f"{reason}{about}"))
        return 1
    except DatabaseError as error:
        if type(error) not in {DatabaseError, OperationalError}:
            raise
        reason = str(error.orig).splitlines()[0]
        warn(tr("Le livre ne peut pas être lu ou écrit : {reason}.").format(reason=reason))
        return 1


def _parser() -> Parser:
    parser = Parser(
        prog="cantine",
        description=tr("Cantine Desktop sans fenêtre : imprimer, échanger, vérifier, sauvegarder."),
        epilog=tr(
            "Les commandes qui lisent marchent aussi pendant que la fenêtre est ouverte sur le"
            " livre ; celles qui écrivent attendent qu’elle soit fermée."
        ),
    )
    commands = Commands(parser)
    for group in _GROUPS:
        group.add_commands(commands)
    return parser


def _language(given: Sequence[str]) -> Language:
    """Return the language asked for; it must be known before the parser speaks."""
    for place, word in enumerate(given):
        asked = word.removeprefix("--lang=")
        if word == "--lang" and place + 1 < len(given):
            asked = given[place + 1]
        for language in LANGUAGES:
            if word.startswith("--lang") and asked == language:
                return language
    return "fr"


def _write_utf8() -> None:
    """Write in UTF-8 to files and pipes, whatever the machine's habit."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="replace")


def _nowhere() -> TextIO:
    """Return where to write when the caller has closed our output."""
    return Path(os.devnull).open("w", encoding="utf-8")


def _hush() -> None:
    """Let what is left to write go nowhere: Python would complain of the closed pipe at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
