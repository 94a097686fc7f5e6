"""Commands for other programs: writing for them, taking in what they wrote."""

import io
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from cantine_desktop.clock import Clock, civil_date
from cantine_desktop.commands import opening
from cantine_desktop.commands.naming import find, period_name
from cantine_desktop.commands.output import deliver, say, say_json, warn
from cantine_desktop.commands.parsing import (
    Commands,
    add_book,
    add_json,
    add_out,
    add_period,
    path_of,
)
from cantine_desktop.commands.periods import period_of
from cantine_desktop.documents.registry import Cadence
from cantine_desktop.errors import UserError
from cantine_desktop.exchange.registry import ImportReport
from cantine_desktop.exchange.running import run_import, summary
from cantine_desktop.i18n import tr
from cantine_desktop.office.catalogue import exports, imports
from cantine_desktop.storage.book import Book


def add_commands(commands: Commands) -> None:
    """Offer ``exports``, ``export``, ``imports`` and ``import``."""
    add_json(commands.add("exports", _list_exports, tr("Lister ce qui s’écrit pour d’autres.")))
    parser = commands.add("export", _export, tr("Écrire un fichier pour un autre programme."))
    parser.add_argument("name", metavar=tr("EXPORT"), help=tr("nom donné par « exports »"))
    add_book(parser)
    add_period(parser)
    add_out(parser)
    parser.add_argument(
        "--excel", action="store_true", help=tr("pour un Excel français : point-virgule et virgule")
    )
    add_json(commands.add("imports", _list_imports, tr("Lister les fichiers qui se reprennent.")))
    parser = commands.add("import", _import, tr("Reprendre un fichier dans le livre."))
    parser.add_argument("name", metavar=tr("IMPORT"), help=tr("nom donné par « imports »"))
    parser.add_argument("file", metavar=tr("FICHIER"), help=tr("fichier à lire"))
    add_book(parser)
    parser.add_argument(
        "--dry-run", action="store_true", help=tr("dire ce qui se passerait, sans rien garder")
    )
    add_json(parser)


def _list_exports(options: Namespace, _clock: Clock) -> int:
    if options.json:
        say_json([
            {"key": e.key, "title": tr(e.title), "suffix": e.suffix, "excel": bool(e.write_excel)}
            for e in exports().values()
        ])
        return 0
    for export in exports().values():
        say(f"{export.key:<28} {export.suffix:<6} {tr(export.title)}")
    return 0


def _list_imports(options: Namespace, _clock: Clock) -> int:
    if options.json:
        say_json([
            {"key": i.key, "title": tr(i.title), "suffixes": list(i.suffixes)}
            for i in imports().values()
        ])
        return 0
    for importer in imports().values():
        say(f"{importer.key:<28} {' '.join(importer.suffixes):<12} {tr(importer.title)}")
    return 0


def _export(options: Namespace, clock: Clock) -> int:
    export = find(exports(), options.name, tr("Il n’y a pas d’export « {name} »."))
    write = export.write_excel if options.excel else export.write
    if write is None:
        raise UserError(tr("Cet export n’a pas de forme pour Excel."))
    now = clock()
    period = period_of(options, Cadence.MONTH, civil_date(now))
    with opening.reading(options, clock) as book:
        opening.require_read(book, export.area)
        content = io.BytesIO()
        with book.read() as session:
            write(session, period, now, content)
        actor = book.actor
    deliver(content.getvalue(), options.out, f"{export.key}_{period_name(period)}{export.suffix}")
    note = export.note
    if note is not None:

        def write_down(free: Book) -> None:
            free.actor = actor
            note(free, period, now)

        opening.prepare(options, clock, write_down)
    return 0


def _import(options: Namespace, clock: Clock) -> int:
    importer = find(imports(), options.name, tr("Il n’y a pas d’import « {name} »."))
    path = path_of(options.file)
    _check_suffix(path, importer.suffixes)
    try:
        source = path.open("rb")
    except OSError as error:
        raise UserError(
            tr("« {path} » ne peut pas être lu : ce fichier est absent ou fermé.").format(path=path)
        ) from error
    door = opening.trying if options.dry_run else opening.writing
    with source, door(options, clock) as book:
        report = run_import(book, importer, source, dry_run=options.dry_run)
    _tell(report, dry_run=options.dry_run, as_json=options.json)
    return 1 if report.problems else 0


def _check_suffix(path: Path, suffixes: tuple[str, ...]) -> None:
    if suffixes and path.suffix.lower() not in suffixes:
        raise UserError(
            tr("« {name} » n’est pas un fichier attendu ici : {suffixes}.").format(
                name=path.name, suffixes=", ".join(suffixes)
            )
        )


def _tell(report: ImportReport, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        say_json({**asdict(report), "kept": not (dry_run or report.problems)})
        return
    for problem in (*report.problems, *report.remarks):
        warn(str(problem))
    say(summary(report))
    if report.problems:
        say(tr("Rien n’a été importé."))
    elif dry_run:
        say(tr("Essai seulement : rien n’a été gardé."))
