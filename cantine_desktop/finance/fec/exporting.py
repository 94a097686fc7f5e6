"""Handing over the FEC of a year: the file, its description, its control, its companion.

What is handed over is noted in a register, by which it can be written again to the byte.
"""

import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import IO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.chart.numbering import carried
from cantine_desktop.finance.fec import fields
from cantine_desktop.finance.fec.analytic_file import write_analytic
from cantine_desktop.finance.fec.checking import check_fec, nothing_told
from cantine_desktop.finance.fec.faults import Expected, Report
from cantine_desktop.finance.fec.model import ExportRegister
from cantine_desktop.finance.fec.writing import Scope, Totals, scope_of, write_fec
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    FiscalYear,
    Line,
)
from cantine_desktop.i18n import tr
from cantine_desktop.storage.recorder import ActionSession
from cantine_desktop.values.money import Money

Step = Callable[[float], None]
"""Told how far the work is, from 0 to 1; what it raises ends the work."""


@dataclass(frozen=True)
class Exported:
    """What was written.

    Attributes:
        name: Name of the FEC, or of what stands for it while there are drafts.
        names: Names of all files, the FEC first.
        totals: What the FEC holds.
        report: What the control found.
    """

    name: str
    names: tuple[str, ...]
    totals: Totals
    report: Report


def export(
    session: Session,
    year: FiscalYear,
    folder: Path,
    now: datetime,
    *,
    operator: str = "",
    step: Step = nothing_told,
) -> Exported:
    """Write the FEC of a year and what goes with it into a folder.

    The export is noted in the register when the session is that of an action.

    Args:
        session: A session that reads, or the one of an action.
        year: Whose entries.
        folder: Where the files go; those of the same names are replaced.
        now: The present instant, aware.
        operator: In whose name, for the register.
        step: Told how far the work is.

    Raises:
        UserError: The canteen has no SIREN, or the year no validated entry.
    """

    def opened(name: str) -> IO[bytes]:
        return (folder / name).open("w+b")

    exported = _write_all(session, year, now, opened, step)
    if isinstance(session, ActionSession):
        register(session, year, exported.totals, now, operator)
    return exported


def export_zip(
    session: Session,
    year: FiscalYear,
    target: IO[bytes],
    now: datetime,
    *,
    operator: str = "",
    step: Step = nothing_told,
) -> Exported:
    """Write the same files into a ZIP; same arguments and errors as ``export``."""
    with tempfile.TemporaryDirectory(prefix="cantine-fec-") as folder:
        exported = export(session, year, Path(folder), now, operator=operator, step=step)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in exported.names:
                info = zipfile.ZipInfo(name)
                info.compress_type = zipfile.ZIP_DEFLATED
                with (Path(folder) / name).open("rb") as file, archive.open(info, "w") as member:
                    while chunk := file.read(1 << 20):
                        member.write(chunk)
    return exported


def register(
    session: Session, year: FiscalYear, totals: Totals, now: datetime, operator: str
) -> ExportRegister:
    """Note in the register what was handed over."""
    row = ExportRegister(
        made_at=now,
        operator=operator,
        fiscal_year_id=year.id,
        file=_name(session, year, totals.drafts),
        first=year.first,
        end=year.end,
        last_rank=totals.last_rank,
        lines=totals.lines,
        entries=totals.entries,
        debit=totals.debit,
        credit=totals.credit,
        drafts=totals.drafts,
        sha256=totals.sha256,
    )
    session.add(row)
    session.flush()
    return row


def check_again(session: Session, year: FiscalYear, now: datetime) -> Report:
    """Return what the control of the FEC of a year finds now, without keeping the file.

    Without a SIREN the name itself is what is found wrong.
    """
    scope = scope_of(session, year, now)
    with tempfile.TemporaryFile() as source:
        totals = write_fec(session, year, source, now)
        siren = session.scalar(select(Canteen.siren).limit(1)) or ""
        named = fields.is_siren(siren)
        name = _name(session, year, totals.drafts) if named else f"FEC{year.period.last:%Y%m%d}.txt"
        return _check(session, year, source, name, now, scope, totals)


def write_again(session: Session, row: ExportRegister, target: IO[bytes]) -> Totals:
    """Write again the FEC that the register tells of; its hash is the same.

    Raises:
        UserError: The book does not hold the same any more, as when a lettering was undone.
    """
    year = session.get_one(FiscalYear, row.fiscal_year_id)
    totals = write_fec(session, year, target, row.made_at, last_rank=row.last_rank)
    if totals.sha256 != row.sha256:
        raise UserError(
            tr(
                "Ce fichier ne peut plus être refait à l’identique : un lettrage ou un libellé de "
                "compte a changé depuis. Faites un nouvel export."
            )
        )
    return totals


def year_at(session: Session, day: date) -> FiscalYear:
    """Return the fiscal year that holds a day.

    Raises:
        UserError: None does.
    """
    query = select(FiscalYear).where(FiscalYear.first <= day, FiscalYear.end > day)
    found = session.scalar(query.limit(1))
    if found is None:
        raise UserError(tr("Aucun exercice ne contient ces jours : il n’y a rien à exporter."))
    return found


Open = Callable[[str], AbstractContextManager[IO[bytes]]]


def _write_all(
    session: Session, year: FiscalYear, now: datetime, opened: Open, step: Step
) -> Exported:
    scope = scope_of(session, year, now)
    if not scope.last_rank:
        raise UserError(tr("L’exercice n’a aucune écriture validée : il n’y a rien à exporter."))
    drafts = select(func.count()).where(Entry.fiscal_year_id == year.id, Entry.number.is_(None))
    name = _name(session, year, session.scalar(drafts) or 0)
    with opened(name) as target:
        totals = write_fec(session, year, target, now)
        step(0.4)
        report = _check(session, year, target, name, now, scope, totals)
    step(0.8)
    stem = name.removesuffix(".txt")
    others = _beside(session, year, now, stem, totals, report)
    for other, content in others.items():
        with opened(other) as target:
            target.write(content)
    companion = f"{stem}_analytique.csv"
    with opened(companion) as target:
        write_analytic(session, scope, target)
    step(1)
    return Exported(name, (name, *others, companion), totals, report)


def _name(session: Session, year: FiscalYear, drafts: int) -> str:
    """Return the legal name of the file, or another one while drafts wait."""
    making = fields.provisional_name if drafts else fields.file_name
    return making(_siren(session), year.period.last)


def _siren(session: Session) -> str:
    """Return the number that names the file.

    Raises:
        UserError: Nobody said it yet, or its key is wrong.
    """
    siren = session.scalar(select(Canteen.siren).limit(1)) or ""
    if not fields.is_siren(siren):
        raise UserError(
            tr(
                "Le FEC porte le SIREN de l’association dans son nom : indiquez ses neuf chiffres "
                "dans Réglages, page Cantine, puis recommencez."
            )
        )
    return siren


def _check(  # noqa: PLR0917  -- what the file was made from
    session: Session,
    year: FiscalYear,
    source: IO[bytes],
    name: str,
    now: datetime,
    scope: Scope,
    totals: Totals,
) -> Report:
    return check_fec(
        source,
        name,
        today=civil_date(now),
        prior=prior_balances(session, year),
        chart=list(session.scalars(select(Account.number))),
        year=year.period,
        expected=expected_of(session, scope, totals.drafts),
    )


def expected_of(session: Session, scope: Scope, drafts: int) -> Expected:
    """Return what the ledger says a file should hold, counted apart from the writing."""
    within = (Entry.fiscal_year_id == scope.year_id, Entry.rank <= scope.last_rank)
    entries = session.scalar(select(func.count()).select_from(Entry).where(*within)) or 0
    summed = select(func.count(), func.sum(Line.debit), func.sum(Line.credit)).join(
        Entry, Line.entry_id == Entry.id
    )
    lines, debit, credit = session.execute(summed.where(*within)).one()
    operating = summed.join(Account, Line.account_id == Account.id).where(
        *within, Account.number.startswith("6") | Account.number.startswith("7")
    )
    _count, spent, earned = session.execute(operating).one()
    result = _money(earned) - _money(spent)
    return Expected(lines, entries, _money(debit), _money(credit), result, drafts)


def _money(value: object) -> Money:
    """Return a sum as the database gives it: typed, a bare number of cents, or nothing."""
    return value if isinstance(value, Money) else Money(int(str(value or 0)))


def prior_balances(session: Session, year: FiscalYear) -> Mapping[str, int] | None:
    """Return the balances of the closed year before, or ``None`` when they prove nothing.

    Without a year before, or one that is not closed, there is nothing to compare openings with.
    A year that was numbered otherwise is told under the numbers of this one.
    """
    before = session.scalar(select(FiscalYear).where(FiscalYear.end == year.first))
    if before is None or not before.is_sealed:
        return None
    query = (
        select(Account.number, func.sum(Line.debit), func.sum(Line.credit))
        .join(Line, Line.account_id == Account.id)
        .join(Entry, Line.entry_id == Entry.id)
        .where(Entry.fiscal_year_id == before.id)
        .group_by(Account.number)
    )
    balances: dict[str, int] = {}
    for number, debit, credit in session.execute(query):
        key = fields.account_number(carried(number, before.numbering, year.numbering))
        balances[key] = balances.get(key, 0) + debit.cents - credit.cents
    return balances


def _beside(
    session: Session,
    year: FiscalYear,
    now: datetime,
    stem: str,
    totals: Totals,
    report: Report,
) -> dict[str, bytes]:
    """Return the papers that go with a file, by name."""
    # ReportLab is loaded by the first paper, not by the first check.
    from cantine_desktop.finance.fec import description  # noqa: PLC0415
    from cantine_desktop.finance.fec.report import as_json, write_report  # noqa: PLC0415

    owner = canteen_name(session)
    about = description.Described(
        f"{stem}.txt", owner, _siren(session), year.period, totals, description.journals_of(session)
    )
    text, paper, control = BytesIO(), BytesIO(), BytesIO()
    description.write_text(text, about)
    description.write_pdf(paper, about, now)
    write_report(control, report, now, owner)
    return {
        f"{stem}_description.txt": text.getvalue(),
        f"{stem}_description.pdf": paper.getvalue(),
        f"{stem}_controle.pdf": control.getvalue(),
        f"{stem}_controle.json": json.dumps(as_json(report), ensure_ascii=False, indent=1).encode(),
    }
