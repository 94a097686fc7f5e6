"""Taking bank files in without asking: what the headless door and the palette do."""

from datetime import datetime
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.exchange.decoding import LARGEST_FILE, read_limited
from cantine_desktop.exchange.problems import Problem, whole_file
from cantine_desktop.exchange.registry import ImportReport
from cantine_desktop.finance.bank.choosing import Part, account_of, parts_of
from cantine_desktop.finance.bank.inbox import preview, take_in
from cantine_desktop.finance.bank.remembering import known_mappings, read_known, remember
from cantine_desktop.i18n import tr, trn

SUFFIXES = (
    *(".ofx", ".qfx", ".qbo", ".xml", ".camt", ".zip", ".csv", ".tsv", ".txt"),
    *(".cfo", ".cfonb", ".afb", ".120", ".dat", ".asc"),
)


def read_bank_statement(session: Session, source: IO[bytes], now: datetime) -> ImportReport:
    """Take every account of a bank file in; an account the book lacks is added.

    Suspicious twins are left out, and told: nobody is there to judge them.
    """
    content = read_limited(source, LARGEST_FILE)
    name = str(getattr(source, "name", "")) or tr("relevé")
    statements = read_known(content, name, known_mappings(session))
    added = unchanged = 0
    remarks: list[Problem] = []
    problems: list[Problem] = []
    for part in parts_of(statements):
        try:
            account = account_of(session, part, civil_date(now))
        except UserError as error:
            problems.append(whole_file(str(error)))
            continue
        incoming = preview(session, account.id, part.statements)
        skip = {twin.key for twin in incoming.twins}
        take_in(session, account.id, part.statements, name, content, now, skip=skip)
        remember(account, part.form)
        added += len(incoming.new)
        unchanged += len(incoming.already)
        remarks += [*incoming.remarks, *(whole_file(each.text) for each in incoming.proofs)]
        remarks += _told(part, len(incoming.twins))
    if not added and not unchanged and not problems:
        problems = remarks or [whole_file(tr("ce fichier ne contient aucune ligne"))]
        remarks = []
    return ImportReport(added, unchanged, tuple(problems), remarks=tuple(remarks))


def _told(part: Part, twins: int) -> list[Problem]:
    """Return what a person should know of a part that was taken without asking."""
    told: list[Problem] = []
    if twins:
        text = trn(
            "{n} jumelle suspecte laissée de côté : déposez le fichier sur la fenêtre pour la voir",
            "{n} jumelles suspectes laissées de côté : déposez le fichier sur la fenêtre "
            "pour les voir",
            twins,
        )
        told.append(whole_file(text.format(n=twins)))
    if part.currency != "EUR":
        text = tr("ce compte est en {unit} : ses montants sont pris tels quels, sans conversion")
        told.append(whole_file(text.format(unit=part.currency)))
    return told
