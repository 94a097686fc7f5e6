"""Commands for papers: which there are, and printing one as PDF."""

import io
from argparse import Namespace

from cantine_desktop.clock import Clock, civil_date
from cantine_desktop.commands import opening
from cantine_desktop.commands.naming import find, period_name
from cantine_desktop.commands.output import deliver, say, say_json
from cantine_desktop.commands.parsing import Commands, add_book, add_json, add_out, add_period
from cantine_desktop.commands.periods import period_of
from cantine_desktop.documents.registry import Cadence
from cantine_desktop.i18n import mark, tr
from cantine_desktop.office.catalogue import documents

_CADENCES = {
    Cadence.DAY: mark("jour"),
    Cadence.WEEK: mark("semaine"),
    Cadence.MONTH: mark("mois"),
    Cadence.YEAR: mark("année"),
}


def add_commands(commands: Commands) -> None:
    """Offer ``documents`` and ``print``."""
    add_json(commands.add("documents", _list, tr("Lister les papiers que l’on peut imprimer.")))
    parser = commands.add("print", _print, tr("Écrire un papier en PDF."))
    parser.add_argument("document", metavar=tr("PAPIER"), help=tr("nom donné par « documents »"))
    add_book(parser)
    add_period(parser)
    add_out(parser)


def _list(options: Namespace, _clock: Clock) -> int:
    papers = documents().values()
    if options.json:
        say_json([
            {"key": d.key, "title": tr(d.title), "code": d.code, "cadence": d.cadence.value}
            for d in papers
        ])
        return 0
    for document in papers:
        cadence = tr(_CADENCES[document.cadence])
        say(f"{document.key:<28} {document.code:<5} {cadence:<8} {document.name}")
    return 0


def _print(options: Namespace, clock: Clock) -> int:
    document = find(documents(), options.document, tr("Il n’y a pas de papier « {name} »."))
    now = clock()
    period = period_of(options, document.cadence, civil_date(now))
    with opening.reading(options, clock) as book:
        opening.require_read(book, document.area)
        if document.prepare is not None:
            opening.prepare(options, clock, document.prepare)
        content = io.BytesIO()
        with book.read() as session:
            document.write(session, period, now, content)
    deliver(content.getvalue(), options.out, f"{document.key}_{period_name(period)}.pdf")
    return 0
