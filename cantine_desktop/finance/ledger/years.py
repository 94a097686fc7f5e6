"""Fiscal years: opening them with their accounts and journals, and finding the one of a day."""

from datetime import date
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.chart.numbering import Numbering, numbering_of, shipped_accounts
from cantine_desktop.finance.ledger.model import (
    Account,
    Axis,
    FiscalYear,
    Journal,
    JournalKind,
    Section,
)
from cantine_desktop.i18n import long_day, mark, tr
from cantine_desktop.storage.kept import kept
from cantine_desktop.values.period import Period

JOURNALS = (
    ("AN", mark("À-nouveaux"), JournalKind.OPENING),
    ("CA", mark("Caisse"), JournalKind.CASH),
    ("BQ1", mark("Banque"), JournalKind.BANK),
    ("HA", mark("Achats"), JournalKind.PURCHASES),
    ("VE", mark("Recettes et facturation"), JournalKind.SALES),
    ("SA", mark("Paie"), JournalKind.PAYROLL),
    ("OD", mark("Opérations diverses"), JournalKind.MISCELLANEOUS),
    ("CVN", mark("Contributions volontaires en nature"), JournalKind.IN_KIND),
)
"""Journals of a new canteen; their titles are written in French, as accounting asks."""

SECTIONS = (
    (Axis.ACTIVITY, "REPAS", mark("Repas partagés")),
    (Axis.ACTIVITY, "ATELIERS", mark("Ateliers, événements et privatisations")),
    (Axis.ACTIVITY, "TRAITEUR", mark("Traiteur et bocaux")),
    (Axis.ACTIVITY, "RESEAU", mark("Réseau et vie associative")),
    (Axis.ACTIVITY, "STRUCTURE", mark("Fonctionnement général")),
)

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
"""First days of fiscal years that are believed."""


def year_of(session: Session, day: date) -> FiscalYear:
    """Return the fiscal year a day belongs to.

    The first year of a book, and the one that follows the last, are opened by themselves:
    calendar years unless ``open_year`` said otherwise.

    Args:
        session: The session of an action.
        day: Civil day of an entry.

    Raises:
        UserError: No year holds the day, and none can follow.
    """
    found = find_year(session, day)
    if found is not None:
        return found
    last = session.scalar(select(FiscalYear).order_by(FiscalYear.first.desc()).limit(1))
    if last is None:
        return open_year(session, Period.year(day))
    following = Period(last.end, _a_year_after(last.end))
    if day in following:
        return open_year(session, following)
    raise UserError(
        tr("Aucun exercice ne contient le {day} : ouvrez-le dans l’écran « Comptes ».").format(
            day=long_day(day)
        )
    )


def find_year(session: Session, day: date) -> FiscalYear | None:
    """Return the fiscal year that holds a day, if one was opened."""
    every = kept(session, FiscalYear, "every", partial(_every, session))
    return next((year for year in every if year.first <= day < year.end), None)


def _every(session: Session) -> list[FiscalYear]:
    return list(session.scalars(select(FiscalYear)))


def years(session: Session) -> list[FiscalYear]:
    """Return every fiscal year, latest first."""
    return list(session.scalars(select(FiscalYear).order_by(FiscalYear.first.desc())))


def previous_year(session: Session, year: FiscalYear) -> FiscalYear | None:
    """Return the year that ends where another begins, or before; ``None`` for the first."""
    query = select(FiscalYear).where(FiscalYear.first < year.first)
    return session.scalar(query.order_by(FiscalYear.first.desc()).limit(1))


def year_shown(session: Session, day: date) -> FiscalYear:
    """Return the fiscal year that holds a day, or a calendar year that nobody opened.

    The latter is in no book: what is printed of it is empty.
    """
    found = find_year(session, day)
    if found is not None:
        return found
    period = Period.year(day)
    return FiscalYear(first=period.first, end=period.end, numbering=numbering_of(period.first))


def open_year(session: Session, period: Period) -> FiscalYear:
    """Open a fiscal year; the accounts, journals and sections it needs are added.

    Args:
        session: The session of an action.
        period: Its days, at most 24 months; no other year holds any of them.

    Raises:
        UserError: It overlaps another year, is too long, or is of another century: a mistyped
            day must not open the first year of a book.
    """
    if not EARLIEST <= period.first <= LATEST:
        raise UserError(
            tr("Le {day} n’est pas un jour plausible : vérifiez l’année.").format(
                day=long_day(period.first)
            )
        )
    if (period.end - period.first).days > 731:
        raise UserError(tr("Un exercice dure au plus vingt-quatre mois."))
    other = select(FiscalYear.id).where(
        FiscalYear.first < period.end, FiscalYear.end > period.first
    )
    if session.scalar(other.limit(1)) is not None:
        raise UserError(tr("Un autre exercice contient déjà une partie de ces jours."))
    numbering = numbering_of(period.first)
    year = FiscalYear(first=period.first, end=period.end, numbering=numbering)
    session.add(year)
    _add_accounts(session, numbering)
    _add_journals_and_sections(session)
    session.flush()
    return year


def _add_accounts(session: Session, numbering: Numbering) -> None:
    known = set(session.scalars(select(Account.number)))
    for shipped in shipped_accounts():
        number = shipped.number_in(numbering)
        if number in known:
            continue
        known.add(number)
        session.add(
            Account(
                number=number,
                title=shipped.title,
                nature=shipped.nature,
                numbering=None if shipped.number == shipped.before_2025 else numbering,
                has_parties="party" in shipped.flags,
                is_lettered="letter" in shipped.flags,
                is_lucrative="lucrative" in shipped.flags,
                asks_project="project" in shipped.flags,
            )
        )


def _add_journals_and_sections(session: Session) -> None:
    if session.scalar(select(Journal.id).limit(1)) is None:
        session.add_all(Journal(code=c, title=title, kind=kind) for c, title, kind in JOURNALS)
    if session.scalar(select(Section.id).limit(1)) is None:
        session.add_all(Section(axis=axis, code=c, title=title) for axis, c, title in SECTIONS)


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 3, 1)
