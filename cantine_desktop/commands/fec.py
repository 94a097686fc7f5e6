"""The command that checks a FEC, of any program, without any book."""

import io
import os
from argparse import Namespace
from pathlib import Path

from cantine_desktop.clock import Clock, civil_date
from cantine_desktop.commands.output import deliver, say, say_json
from cantine_desktop.commands.parsing import Commands, add_json, path_of
from cantine_desktop.errors import UserError
from cantine_desktop.finance.fec.checking import check_fec
from cantine_desktop.finance.fec.codes import CODES
from cantine_desktop.finance.fec.faults import Report, merged
from cantine_desktop.finance.fec.reading import closing_balances
from cantine_desktop.finance.fec.verdicts import (
    form_words,
    office_sentence,
    severity_word,
    verdict_sentences,
)
from cantine_desktop.i18n import money, tr, trn
from cantine_desktop.storage.recognition import unreadable


def add_commands(commands: Commands) -> None:
    """Offer ``fec-check``."""
    parser = commands.add(
        "fec-check", _check, tr("Contrôler un FEC, de n’importe quel logiciel, ligne par ligne.")
    )
    parser.add_argument("file", metavar=tr("FICHIER"), help=tr("fichier des écritures comptables"))
    parser.add_argument(
        "--prior",
        metavar=tr("FICHIER"),
        help=tr("FEC de l’exercice d’avant : les à-nouveaux lui sont comparés"),
    )
    parser.add_argument(
        "--pdf", metavar=tr("FICHIER"), help=tr("écrire aussi le rapport en PDF, ici")
    )
    add_json(parser)


def _check(options: Namespace, clock: Clock) -> int:
    now = clock()
    path = path_of(options.file)
    prior = None
    try:
        if options.prior:
            with path_of(options.prior).open("rb") as before:
                prior = closing_balances(before)
        with path.open("rb") as source:
            report = check_fec(source, path.name, today=civil_date(now), prior=prior)
    except OSError as error:
        failed = Path(os.fsdecode(error.filename)) if error.filename else path
        raise UserError(unreadable(failed, error.strerror or "")) from error
    # ReportLab is loaded for the PDF alone.
    from cantine_desktop.finance.fec.report import as_json, write_report  # noqa: PLC0415

    if options.json:
        say_json(as_json(report))
    else:
        _tell(report)
    if options.pdf:
        content = io.BytesIO()
        write_report(content, report, now)
        deliver(content.getvalue(), options.pdf, f"{path.stem}_controle.pdf")
    return 0 if report.is_accepted else 1


def _tell(report: Report) -> None:
    for sentence in (*verdict_sentences(report), office_sentence(report)):
        say(sentence)
    if report.lines:
        counted = tr("{lines} en {entries}, débit {debit}, crédit {credit} ({form})")
        say(
            counted.format(
                lines=trn("{n} ligne", "{n} lignes", report.lines),
                entries=trn("{n} écriture", "{n} écritures", report.entries),
                debit=money(report.debit),
                credit=money(report.credit),
                form=form_words(report),
            )
        )
    for code, count in report.counts.items():
        faults = [fault for fault in report.faults if fault.code == code]
        say(f"\n{code} · {tr(CODES[code].title)} ({count}, {severity_word(faults[0].severity)})")
        say(f"  → {faults[0].remedy} [{faults[0].source}]")
        for lines, fault in merged(faults):
            place = f"{fault.place_of(lines)} : " if fault.place else ""
            say(f"  {place}{fault.words}")
        if count > len(faults):
            left = count - len(faults)
            say("  " + trn("… et {n} autre de même.", "… et {n} autres de même.", left))
