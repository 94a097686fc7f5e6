"""The command that verifies an archive of the till: from the file alone, or with its book."""

from argparse import Namespace

from cantine_desktop.clock import Clock
from cantine_desktop.commands import opening
from cantine_desktop.commands.output import say, say_json
from cantine_desktop.commands.parsing import Commands, add_json, add_profile, path_of
from cantine_desktop.errors import UserError
from cantine_desktop.exchange.problems import Problem
from cantine_desktop.finance.cash.archive_check import sentence, strangers, verify_archive
from cantine_desktop.i18n import tr
from cantine_desktop.storage.recognition import unreadable

LARGEST = 512 << 20
"""Bytes that are read; what is larger is no archive of a till."""


def add_commands(commands: Commands) -> None:
    """Offer ``till-check``."""
    parser = commands.add(
        "till-check", _check, tr("Vérifier une archive de caisse, événement par événement.")
    )
    parser.add_argument("file", metavar=tr("FICHIER"), help=tr("archive de caisse, en .zip"))
    parser.add_argument(
        "--book",
        dest="owner",
        metavar=tr("LIVRE"),
        help=tr("le livre dont elle devrait venir"),
    )
    add_profile(parser)
    add_json(parser)


def _check(options: Namespace, clock: Clock) -> int:
    path = path_of(options.file)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST)
    except OSError as error:
        raise UserError(unreadable(path, error.strerror or "")) from error
    report = verify_archive(content)
    others: list[Problem] | None = None
    if options.owner:
        options.book = options.owner
        with opening.reading(options, clock) as book:
            opening.require_read(book, "finance")
            with book.read() as session:
                others = strangers(session, report, content)
    problems = [*report.problems, *(others or [])]
    if options.json:
        say_json({
            "events": report.events,
            "first": report.numbers[0],
            "last": report.numbers[1],
            "total_cents": report.total.cents,
            "hash": report.last,
            "canteen": report.canteen,
            "problems": [{"line": p.line, "text": p.text} for p in problems],
        })
    else:
        say(sentence(report, others))
        for problem in problems:
            say(str(problem))
    return 1 if problems else 0
