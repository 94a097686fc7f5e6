"""What the balances of statements prove: nothing missing, nothing too much."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.bank.model import BankLine, BankStatement
from cantine_desktop.finance.bank.reading import ReadLine, ReadStatement
from cantine_desktop.i18n import money, short_day, tr
from cantine_desktop.values.money import Money


@dataclass(frozen=True)
class Proof:
    """A sentence about balances.

    Attributes:
        is_right: Whether the balances agree; ``None`` when the file gives none to compare.
    """

    is_right: bool | None
    text: str


def proofs(
    session: Session,
    account_id: int | None,
    statements: Sequence[ReadStatement],
    new: Sequence[ReadLine] = (),
) -> tuple[Proof, ...]:
    """Return what the balances of statements of an account prove.

    Args:
        session: Any session.
        account_id: Key of the account; ``None`` for one that is not added yet.
        statements: Those of this account.
        new: The lines of theirs that the account has not.
    """
    found = (
        *_inside(statements),
        *_between(statements),
        *_after(session, account_id, statements),
        *_reached(session, account_id, statements, new),
    )
    if not found and statements:
        return (Proof(None, tr("ce fichier ne donne pas de soldes à comparer")),)
    return found


def _inside(statements: Sequence[ReadStatement]) -> Iterator[Proof]:
    for each in statements:
        if each.opening is None or each.closing is None:
            continue
        found = each.opening + each.moved
        text = tr("solde de départ {opening}, mouvements {moved} : solde final {closing}, prouvé")
        if found != each.closing:
            text = tr(
                "solde de départ {opening}, mouvements {moved} : le solde final devrait être "
                "{found}, le fichier dit {closing} ; il manque des lignes ou un sens est faux"
            )
        yield Proof(
            found == each.closing,
            text.format(
                opening=money(each.opening),
                moved=money(each.moved),
                found=money(found),
                closing=money(each.closing),
            ),
        )


def _between(statements: Sequence[ReadStatement]) -> Iterator[Proof]:
    """Compare the opening balance of each statement of a file with the closing one before.

    Told only where they differ: statements of each day make a long file.
    """
    known: dict[tuple[date, date], tuple[Money, Money]] = {}
    for each in statements:
        if each.first is None or each.last is None or each.opening is None or each.closing is None:
            continue
        held = (each.opening, each.closing)
        if known.setdefault((each.first, each.last), held) != held:
            return
    for ((_first, last), (_start, closing)), ((first, _last), (start, _end)) in pairwise(
        sorted(known.items())
    ):
        if first >= last and start != closing:
            text = tr(
                "le relevé du {day} ne commence pas au solde où finit celui d’avant ({closing}) : "
                "il manque un relevé dans ce fichier"
            )
            yield Proof(False, text.format(day=short_day(first), closing=money(closing)))


def _after(
    session: Session, account_id: int | None, statements: Sequence[ReadStatement]
) -> Iterator[Proof]:
    """Compare the opening balance with the closing one of what was imported before."""
    opened = [
        (each.first, each.opening)
        for each in statements
        if each.first is not None and each.opening is not None
    ]
    if account_id is None or not opened:
        return
    first, opening = min(opened)
    before = _closing_before(session, account_id, first)
    if before is None or before.closing is None or before.last is None:
        return
    moved = session.scalar(
        select(func.coalesce(func.sum(BankLine.amount), 0))
        .where(BankLine.bank_account_id == account_id)
        .where(BankLine.day > before.last, BankLine.day < first)
    )
    expected = before.closing + _money(moved)
    is_right = expected == opening
    text = tr("suit le relevé précédent, arrêté le {day} à {closing}")
    if not is_right:
        text = tr(
            "le relevé précédent, arrêté le {day} à {closing}, ne mène pas au solde de départ "
            "{start} : il manque un relevé entre les deux"
        )
    yield Proof(
        is_right,
        text.format(
            day=short_day(before.last),
            closing=money(before.closing),
            start=money(opening),
        ),
    )


def _reached(
    session: Session,
    account_id: int | None,
    statements: Sequence[ReadStatement],
    new: Sequence[ReadLine],
) -> Iterator[Proof]:
    """Compare the closing balance of a file that gives no other with the one before it.

    OFX and several CSV files give only the balance of the day they were made: once a statement
    was imported, its balance and the lines since must make it.
    """
    closings = [each for each in statements if each.closing is not None and each.last is not None]
    if not closings or any(each.opening is not None for each in statements):
        return
    latest = max(closings, key=_last_day)
    said, last = latest.closing or Money(0), _last_day(latest)
    before = _closing_before(session, account_id, last)
    if before is None or before.closing is None or before.last is None:
        text = tr("solde final {closing} ; le prochain relevé pourra le prouver")
        yield Proof(None, text.format(closing=money(said)))
        return
    kept = session.scalar(
        select(func.coalesce(func.sum(BankLine.amount), 0))
        .where(BankLine.bank_account_id == account_id)
        .where(BankLine.day > before.last, BankLine.day <= last)
    )
    added = sum(line.amount.cents for line in new if before.last < line.day <= last)
    found = before.closing + _money(kept) + Money(added)
    if found == said:
        text = tr(
            "depuis le relevé arrêté le {day} à {before}, le solde final {closing} est prouvé"
        )
    else:
        text = tr(
            "depuis le relevé arrêté le {day} à {before}, les lignes mènent à {found} et non au "
            "solde final {closing} : comparez avec votre banque"
        )
    words = text.format(
        day=short_day(before.last),
        before=money(before.closing),
        found=money(found),
        closing=money(said),
    )
    yield Proof(True if found == said else None, words)


def _last_day(statement: ReadStatement) -> date:
    return statement.last or date.min


def _closing_before(session: Session, account_id: int | None, day: date) -> BankStatement | None:
    """Return the last statement of an account with a balance that ends before a day."""
    if account_id is None:
        return None
    return session.scalar(
        select(BankStatement)
        .where(BankStatement.bank_account_id == account_id)
        .where(BankStatement.closing.is_not(None), BankStatement.last < day)
        .order_by(BankStatement.last.desc(), BankStatement.id.desc())
        .limit(1)
    )


def _money(summed: object) -> Money:
    """Return a sum the database made, whatever type it gives."""
    return summed if isinstance(summed, Money) else Money(int(str(summed or 0)))
