"""Closing the till, and verifying one of its archives."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QLabel, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.errors import UserError
from cantine_desktop.exchange.problems import Problem
from cantine_desktop.finance.cash import closing
from cantine_desktop.finance.cash.archive_check import (
    ArchiveReport,
    sentence,
    strangers,
    verify_archive,
)
from cantine_desktop.finance.cash.listing import months_due
from cantine_desktop.finance.cash.model import ClosingKind
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.i18n import long_day, money, month, tr
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.kit.dialogs import Dialog, choose
from ui.kit.files import Folders, ask_open
from ui.kit.theme import scaled

LARGEST = 200 << 20
"""Bytes of an archive that are read."""
_SHOWN = 12


class Choice(NamedTuple):
    """A closing that can be made now."""

    kind: ClosingKind
    day: date
    words: str


def choices(session: Session, today: date) -> list[Choice]:
    """Return the closings that can be made now: years and months that are over, then days."""
    found: list[Choice] = []
    last = closing.last_closing(session, ClosingKind.YEAR)
    for first in months_due(session, today):
        year = find_year(session, first)
        whole = year.period if year else Period.year(first)
        new = last is None or last.first < whole.first
        if whole.end <= today and new and all(each.day != whole.first for each in found):
            words = tr("L’exercice {year}, ses mois et ses jours d’abord").format(
                year=in_words(whole)
            )
            found.append(Choice(ClosingKind.YEAR, whole.first, words))
    found += [
        Choice(
            ClosingKind.MONTH,
            first,
            tr("{month}, ses jours d’abord").format(month=month(first).capitalize()),
        )
        for first in months_due(session, today)
    ]
    found += [
        Choice(ClosingKind.DAY, day, long_day(day).capitalize())
        for day in closing.days_to_close(session, today + DAY)
    ]
    return found


def close_till(parent: QWidget, desk: Desk) -> bool:
    """Ask what to close, and close it; tell whether something was."""
    today = civil_date(desk.book.clock())
    with desk.book.read() as session:
        found = choices(session, today)[:_SHOWN]
    if not found:
        desk.tell(tr("Tout est déjà clôturé."))
        return False
    chosen = choose(
        parent,
        tr("Clôturer la caisse"),
        tr(
            "Une clôture est définitive : elle fige le total de la période et le total perpétuel. "
            "Une recette oubliée entrera dans la clôture suivante."
        ),
        [each.words for each in found],
        tr("Clôturer"),
    )
    return chosen is not None and close_one(desk, found[chosen])


def close_one(desk: Desk, choice: Choice) -> bool:
    """Close a day, a month or a year, and say what it sums."""
    verbs = {
        ClosingKind.DAY: closing.close_day,
        ClosingKind.MONTH: closing.close_month,
        ClosingKind.YEAR: closing.close_year,
    }
    try:
        with desk.book.action(tr("Clôture de caisse"), undoable=False) as session:
            made = verbs[choice.kind](session, choice.day, desk.book.clock())
            total = made.total
    except UserError as error:
        desk.tell(str(error))
        return False
    words = tr("Clôturé : {what}, {total}.")
    desk.tell(words.format(what=choice.words.partition(",")[0], total=money(total)))
    return True


def check_archive(parent: QWidget, desk: Desk) -> None:
    """Ask for an archive of the till, verify it in the background and say what was found."""
    folders = Folders(desk.settings.folders)
    path = ask_open(
        parent,
        folders,
        "cash-archive",
        tr("Vérifier une archive de caisse"),
        ((tr("Archives de caisse"), "*.zip"),),
    )
    if path is not None:
        tell = partial(_show, parent)
        desk.jobs.run(partial(_verify, desk, path), tell, partial(_refuse, parent))


def _verify(desk: Desk, path: Path) -> tuple[ArchiveReport, list[Problem]]:
    with path.open("rb") as file:
        content = file.read(LARGEST)
    report = verify_archive(content)
    with desk.book.read() as session:
        return report, strangers(session, report, content)


def _show(parent: QWidget, found: tuple[ArchiveReport, list[Problem]]) -> None:
    report, others = found
    dialog = Dialog(parent.window(), tr("Archive de caisse"), sentence(report, others))
    problems = [*report.problems, *others][:_SHOWN]
    if problems:
        label = QLabel("\n".join(map(str, problems)))
        label.setWordWrap(True)
        dialog.body.addWidget(label)
    dialog.setMinimumWidth(scaled(560))
    dialog.add_answers(tr("Compris"), cancel=tr("Fermer"))
    dialog.exec()


def _refuse(parent: QWidget, error: BaseException) -> None:
    if not isinstance(error, UserError | OSError):
        raise error
    dialog = Dialog(parent.window(), tr("Archive de caisse"), str(error))
    dialog.add_answers(tr("Compris"), cancel=tr("Fermer"))
    dialog.exec()
