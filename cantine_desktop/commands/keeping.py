"""Commands that keep a book: make one, verify it, save it, put it back, bring it up to date."""

from argparse import Namespace
from pathlib import Path

from cantine_desktop.clock import Clock, civil_date
from cantine_desktop.commands import checking, opening
from cantine_desktop.commands.output import say, say_json, warn
from cantine_desktop.commands.parsing import (
    Commands,
    Parser,
    UsageError,
    add_json,
    add_profile,
    path_of,
)
from cantine_desktop.commands.periods import read_day
from cantine_desktop.errors import CorruptBookError, UserError
from cantine_desktop.i18n import tr, trn
from cantine_desktop.office.checks import check_book, check_file, check_plugins
from cantine_desktop.office.demo import write_demo
from cantine_desktop.schema import upgrade
from cantine_desktop.schema.server import is_server, open_server, spoken
from cantine_desktop.storage import backup, restore
from cantine_desktop.storage.findings import Finding
from cantine_desktop.storage.recognition import recognise


def add_commands(commands: Commands) -> None:
    """Offer ``demo``, ``check``, ``backup``, ``restore`` and ``migrate``."""
    parser = commands.add("demo", _demo, tr("Écrire le livre de démonstration."))
    _add_location(parser, tr("fichier à créer, ou adresse d’une base vide"))
    parser.add_argument("--today", metavar=tr("JOUR"), help=tr("dernier jour de l’année fictive"))
    parser.add_argument(
        "--months-to-close",
        type=int,
        default=1,
        metavar="N",
        help=tr("mois terminés dont les comptes restent à clore, un au moins"),
    )
    parser = commands.add(
        "check",
        _check,
        tr("Vérifier un livre, ou un dossier de contrôle en PDF, et dire tous ses problèmes."),
    )
    _add_location(parser, tr("fichier .cantine ou .pdf, ou adresse postgresql://"))
    parser.add_argument(
        "--book",
        dest="owner",
        metavar=tr("LIVRE"),
        help=tr("pour un PDF : le livre dont il devrait venir"),
    )
    add_profile(parser)
    add_json(parser)
    parser = commands.add("backup", _backup, tr("Sauvegarder un livre, même ouvert."))
    _add_location(parser, tr("fichier .cantine, ou adresse postgresql://"))
    parser.add_argument("--to", required=True, metavar=tr("DOSSIER"), help=tr("où sauvegarder"))
    parser = commands.add("restore", _restore, tr("Remettre une sauvegarde en service."))
    parser.add_argument("backup", metavar=tr("SAUVEGARDE"), help=tr("fichier de la sauvegarde"))
    parser.add_argument("--to", required=True, metavar=tr("LIVRE"), help=tr("livre à écrire"))
    parser.add_argument(
        "--replace",
        action="store_true",
        help=tr("prendre la place du livre qui s’y trouve ; il est gardé à côté"),
    )
    parser = commands.add("migrate", _migrate, tr("Mettre un livre à jour pour cette version."))
    _add_location(parser, tr("fichier .cantine, ou adresse postgresql://"))
    parser.add_argument(
        "--backup-to", metavar=tr("DOSSIER"), help=tr("où garder la copie d’avant la mise à jour")
    )


def _add_location(parser: Parser, purpose: str) -> None:
    parser.add_argument("book", metavar=tr("LIVRE"), help=purpose)


def _demo(options: Namespace, clock: Clock) -> int:
    today = read_day(options.today) if options.today else civil_date(clock())
    location = opening.place(options.book)
    opened = upgrade.create_book(location, clock)
    try:
        write_demo(opened.book, today, options.months_to_close)
    except BaseException:
        opened.close()  # Windows removes no file that is open
        if not is_server(location):
            Path(location).unlink(missing_ok=True)
        raise
    opened.close()
    shown = spoken(location) if is_server(location) else location
    say(tr("Livre de démonstration écrit : {path}").format(path=shown))
    return 0


def _check(options: Namespace, clock: Clock) -> int:
    if not is_server(options.book) and checking.is_pdf(Path(opening.place(options.book))):
        return checking.check_paper(options, clock)
    if options.owner:
        raise UsageError(tr("L’option --book va avec un dossier de contrôle en PDF."))
    findings = check_plugins()
    damages: list[Finding] = []
    if not is_server(options.book):
        path = Path(opening.place(options.book))
        try:
            damages = check_file(path)
        except CorruptBookError as error:
            damages = [Finding(path.name, str(error), "")]
    findings += damages or _check_inside(options, clock)
    if options.json:
        say_json({"problems": [{"place": f.place, "text": f.text} for f in findings]})
    else:
        _tell(findings)
    return 1 if findings else 0


def _check_inside(options: Namespace, clock: Clock) -> list[Finding]:
    with opening.reading(options, clock, leaderless=True) as book:
        opening.require_read(book, "history")
        with book.read() as session:
            return check_book(session)


def _tell(findings: list[Finding]) -> None:
    for finding in findings:
        say(tr("{place} : {text}").format(place=finding.place, text=finding.text))
    if findings:
        warn(trn("{n} problème dans ce livre", "{n} problèmes dans ce livre", len(findings)))
    else:
        say(tr("Aucun problème : le livre est entier et cohérent."))


def _backup(options: Namespace, clock: Clock) -> int:
    folder = path_of(options.to)
    if is_server(options.book):
        from cantine_desktop.schema.copying import back_up_server  # noqa: PLC0415  -- loads Alembic

        engine = open_server(options.book)
        try:
            made = back_up_server(engine, folder, clock())
        finally:
            engine.dispose()
    else:
        path = path_of(options.book)
        recognise(path)
        made = backup.back_up(path, folder, clock())
    say(tr("Sauvegarde vérifiée : {path}").format(path=made.path))
    _say_rows(made.counts)
    return 0


def _restore(options: Namespace, clock: Clock) -> int:
    if is_server(options.backup):
        raise UserError(tr("Une sauvegarde est un fichier .cantine, pas l’adresse d’une base."))
    source = path_of(options.backup)
    if is_server(options.to):
        from cantine_desktop.schema.safekeeping import restore_to_server  # noqa: PLC0415  -- loads Alembic

        counts, kept = restore_to_server(source, options.to), None
    else:
        target = path_of(options.to)
        if target.exists() and not options.replace:
            raise UserError(
                tr("« {path} » existe déjà. Ajoutez --replace pour le remplacer.").format(
                    path=target
                )
            )
        restored = restore.restore(source, target, clock())
        counts, kept = restored.counts, restored.kept
    say(tr("Restauré : {path}").format(path=options.to))
    _say_rows(counts)
    if kept:
        say(tr("Le livre précédent est gardé : {path}").format(path=kept))
    return 0


def _migrate(options: Namespace, clock: Clock) -> int:
    folders = [path_of(options.backup_to)] if options.backup_to else []
    opened = upgrade.open_book(opening.place(options.book), clock, folders=folders)
    opened.close()
    for notice in opened.notices:
        say(notice)
    say(tr("Ce livre est à jour (données en version {head}).").format(head=upgrade.HEAD))
    return 0


def _say_rows(counts: dict[str, int]) -> None:
    say(trn("{n} enregistrement", "{n} enregistrements", sum(counts.values())))
