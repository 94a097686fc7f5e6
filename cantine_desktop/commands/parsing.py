"""Command lines: read and explained in the language in use."""

import re
import sys
from argparse import Action, ArgumentParser, HelpFormatter, Namespace
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

from typing_extensions import override

from cantine_desktop.clock import Clock
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import language, tr, trc
from cantine_desktop.values.text import NBSP


class UsageError(UserError):
    """The command is not written as it should be; the exit code is 2."""


Run = Callable[[Namespace, Clock], int]
"""Runs a command and returns its exit code: 0 done, 1 problems found."""


class _Help(HelpFormatter):
    @override
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, tr("Emploi : ") if prefix is None else prefix)

    @override
    def start_section(self, heading: str | None) -> None:
        space = NBSP if language() == "fr" else ""
        super().start_section(heading and f"{heading}{space}")


class Parser(ArgumentParser):
    """A parser of command lines that speaks the language in use."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Help, **settings)
        self._positionals.title = tr("À donner")
        self._optionals.title = tr("Options")
        self.add_argument("-h", "--help", action="help", help=tr("montrer cette aide"))

    @override
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, _explained(message) + "\n")


class Commands:
    """The commands on offer, each with its options."""

    def __init__(self, parser: Parser) -> None:
        self._all = parser.add_subparsers(
            dest="command",
            metavar=tr("COMMANDE"),
            title=trc("of a program", "Commandes"),
            required=True,
        )

    def add(self, name: str, run: Run, purpose: str) -> Parser:
        """Offer a command, and return its parser, to add options to.

        Args:
            name: As typed.
            run: Runs it.
            purpose: What it does, in one sentence.
        """
        parser: Parser = self._all.add_parser(name, help=purpose, description=purpose)
        parser.set_defaults(run=run)
        parser.add_argument(
            "--lang",
            choices=("fr", "en"),
            default="fr",
            help=tr("langue des messages et des papiers"),
        )
        return parser


def path_of(text: str) -> Path:
    """Return the path a person typed; its ``~`` is the home folder.

    Raises:
        UserError: It is the home of somebody unknown here.
    """
    try:
        return Path(text).expanduser()
    except RuntimeError:
        unknown = tr("« {path} » : cette personne n’a pas de dossier sur ce poste.")
        raise UserError(unknown.format(path=text)) from None


AddCommands = Callable[[Commands], None]


def add_book(parser: Parser) -> None:
    """Add what every command on an existing book asks for."""
    parser.add_argument(
        "--book",
        required=True,
        metavar=tr("LIVRE"),
        help=tr("fichier .cantine, ou adresse postgresql://"),
    )
    add_profile(parser)


def add_profile(parser: Parser) -> None:
    """Add in whose name a command works."""
    parser.add_argument(
        "--as",
        dest="profile",
        default="direction",
        metavar=tr("PROFIL"),
        help=tr("direction (sans autre indication), cuisine, comptoir, trésorerie ou lecture"),
    )
    parser.add_argument(
        "--password-stdin",
        action="store_true",
        help=tr(
            "lire le mot de passe du profil sur l’entrée ; sinon il vient de la variable"
            " CANTINE_PASSWORD, ou il est demandé"
        ),
    )


def add_period(parser: Parser) -> None:
    """Add the days a command is about, both included."""
    day = tr("JOUR")
    parser.add_argument(
        "--from", dest="first", metavar=day, help=tr("premier jour : 2026-11-02 ou 02/11/2026")
    )
    parser.add_argument("--to", dest="last", metavar=day, help=tr("dernier jour, compris"))


def add_json(parser: Parser) -> None:
    """Add the answer for programs."""
    parser.add_argument("--json", action="store_true", help=tr("répondre pour un programme"))


def add_out(parser: Parser) -> None:
    """Add where the file goes."""
    parser.add_argument(
        "--out",
        metavar=tr("FICHIER"),
        help=tr("fichier ou dossier où écrire ; - pour la sortie standard"),
    )


def _explained(message: str) -> str:
    """Say in the language in use what argparse says in English."""
    for pattern, text in (
        (r"the following arguments are required: (.*)", tr("Il manque : {0}.")),
        (r"unrecognized arguments: (.*)", tr("En trop : {0}.")),
        (
            r"argument .*: invalid choice: '?(.*?)'? \(choose from (.*)\)",
            tr("« {0} » n’est pas prévu. Choix possibles : {1}."),
        ),
        (r"argument (.*): expected one argument", tr("Il manque une valeur après {0}.")),
        (r"argument (.*): ignored explicit argument (.*)", tr("{0} ne prend pas de valeur.")),
    ):
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return text.format(*(group.replace("'", "") for group in found.groups()))
    return tr("Commande mal écrite : {message}.").format(message=message)
