"""What an accountant checks first: of the month, and of the year when it ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select

from cantine_desktop.finance.bank.model import BankLine, BankStatement
from cantine_desktop.finance.cash.queries import cash_book
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.ledger.queries import party_balances
from cantine_desktop.finance.matching.reconciliation import Reconciliation
from cantine_desktop.finance.pack.model import PayVariable
from cantine_desktop.finance.pack.money_tabs import bank_accounts
from cantine_desktop.finance.pack.month import Month
from cantine_desktop.finance.pack.proofs import Proofs
from cantine_desktop.finance.pack.tabs import Tab, text
from cantine_desktop.i18n import mark, money, short_day, tr, trn
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY


class State(StrEnum):
    """How far a point is."""

    DONE = "done"
    TO_DO = "to-do"
    TO_WATCH = "to-watch"
    LATER = "later"


STATES = {
    State.DONE: mark("fait"),
    State.TO_DO: mark("à faire"),
    State.TO_WATCH: mark("à regarder"),
    State.LATER: mark("à la clôture"),
}
"""States in words: none is told by a colour only."""


@dataclass(frozen=True)
class Point:
    """A point of the list.

    Attributes:
        title: What is checked.
        words: What was found.
        screen: Key of the screen where it is mended, or empty.
    """

    key: str
    title: str
    state: State
    words: str
    screen: str = ""
    of_year: bool = False


def checklist(month: Month, proofs: Proofs) -> list[Point]:
    """Return the points of a month, then those of the year."""
    return [
        _drafts(month),
        _locked(month),
        _imported(month),
        _reconciled(month.banks),
        _cash(month),
        _waiting(month),
        _pieces(proofs),
        _suppliers(month),
        _payroll(month),
        *_year(month),
    ]


def _drafts(month: Month) -> Point:
    count = month.drafts_to_date
    words = trn("{n} écriture en brouillon", "{n} écritures en brouillon", count)
    if not count:
        words = tr("toutes les écritures sont validées")
    state = State.TO_DO if count else State.DONE
    return Point("drafts", tr("Écritures validées"), state, words, "month-end")


def _locked(month: Month) -> Point:
    until = month.year.locked_until if month.year else None
    done = until is not None and until >= month.period.end
    words = tr("plus rien ne s’y écrit") if done else tr("des écritures peuvent encore s’y ajouter")
    state = State.DONE if done else State.TO_DO
    return Point("locked", tr("Mois arrêté"), state, words, "month-end")


def _imported(month: Month) -> Point:
    title = tr("Relevés bancaires jusqu’à la fin du mois")
    accounts = bank_accounts(month)
    if not accounts:
        return Point("imported", title, State.TO_DO, tr("aucun compte bancaire suivi"), "bank")
    late: list[str] = []
    for account in accounts:
        stated = month.session.scalar(
            select(func.max(BankStatement.last)).where(BankStatement.bank_account_id == account.id)
        )
        moved = month.session.scalar(
            select(func.max(BankLine.day)).where(BankLine.bank_account_id == account.id)
        )
        known = max((d for d in (stated, moved) if d), default=None)
        if known is None:
            late.append(tr("{account} : aucun relevé").format(account=account.name))
        elif known < month.period.last:
            until = short_day(known)
            late.append(tr("{account} : jusqu’au {day}").format(account=account.name, day=until))
    state = State.TO_WATCH if late else State.DONE
    return Point("imported", title, state, ", ".join(late) or tr("importés"), "bank")


def _reconciled(banks: Sequence[Reconciliation]) -> Point:
    title = tr("Banque et comptes d’accord")
    if not banks:
        return Point("reconciled", title, State.TO_DO, tr("aucun compte bancaire suivi"), "bank")
    gaps = [
        tr("{account} : {gap} à expliquer").format(account=b.account, gap=money(b.unexplained))
        if b.bank_balance is not None
        else tr("{account} : solde de la banque inconnu").format(account=b.account)
        for b in banks
        if not b.is_whole
    ]
    waiting = sum(b.lines - b.matched for b in banks)
    if waiting:
        gaps.append(trn("{n} ligne à pointer", "{n} lignes à pointer", waiting))
    state = State.TO_DO if gaps else State.DONE
    return Point("reconciled", title, state, ", ".join(gaps) or tr("au centime près"), "bank")


def _cash(month: Month) -> Point:
    book = cash_book(month.session, month.period)
    lowest = min([book.opening, *(line.held for line in book.lines)])
    title = tr("Caisse jamais négative")
    if lowest.cents < 0:
        words = tr("elle est descendue à {amount}").format(amount=money(lowest))
        return Point("cash", title, State.TO_DO, words, "cash")
    words = tr("{amount} en caisse à la fin du mois").format(amount=money(book.closing))
    return Point("cash", title, State.DONE, words, "cash")


def _waiting(month: Month) -> Point:
    title = tr("Comptes d’attente soldés (471, 580)")
    held = {line.number: line.closing for line in month.held("471", "580") if line.closing}
    words = ", ".join(f"{number} : {money(amount)}" for number, amount in held.items())
    state = State.TO_WATCH if held else State.DONE
    return Point("waiting", title, state, words or tr("soldés"), "bank")


def _pieces(proofs: Proofs) -> Point:
    lacking = proofs.awaited
    sum_ = money(Money(sum(row.amount.cents for row in lacking)))
    words = trn(
        "{n} dépense sans justificatif, {sum}", "{n} dépenses sans justificatif, {sum}",
        len(lacking),
    ).format(sum=sum_)  # fmt: skip
    if not lacking:
        words = tr("chaque dépense a sa pièce")
    state = State.TO_DO if lacking else State.DONE
    return Point("pieces", tr("Justificatifs"), state, words, "vouchers")


def _suppliers(month: Month) -> Point:
    held = party_balances(month.session, month.to_date, beginning="401")
    turned = [each for each in held if each.closing.cents > 0]
    words = ", ".join(f"{b.name} : {money(b.closing)}" for b in turned[:5])
    owed = Money(-sum(b.closing.cents for b in held if b.closing.cents < 0))
    if not turned:
        words = tr("{amount} restent dus").format(amount=money(owed))
    state = State.TO_WATCH if turned else State.DONE
    return Point("suppliers", tr("Fournisseurs sans solde à l’envers"), state, words, "accounts")


def _payroll(month: Month) -> Point:
    title = tr("Paie du mois")
    written = select(Entry.id).where(
        Entry.fact == "payroll", Entry.day >= month.period.first, Entry.day < month.period.end
    )
    if month.session.scalar(written.limit(1)) is not None:
        return Point("payroll", title, State.DONE, tr("les bulletins sont comptabilisés"))
    known = select(PayVariable.id).where(PayVariable.month == month.period.first).limit(1)
    if month.session.scalar(known) is not None:
        return Point("payroll", title, State.TO_WATCH, tr("variables jointes, bulletins attendus"))
    return Point("payroll", title, State.TO_WATCH, tr("ni bulletin ni variable"), "pack")


_FACTS = (
    ("stock", mark("Stock compté à la clôture"), ("stock",)),
    ("depreciation", mark("Amortissements"), ("depreciation",)),
    ("volunteering", mark("Contributions en nature (classe 8)"), ("volunteering", "in-kind")),
)
_HELD = (
    ("to-come", mark("Factures non parvenues (408)"), "408"),
    ("prepaid", mark("Charges constatées d’avance (486)"), "486"),
    ("deferred", mark("Produits constatés d’avance (487)"), "487"),
    ("funds", mark("Fonds dédiés (19)"), "19"),
)


def _year(month: Month) -> Iterator[Point]:
    is_last = month.year is not None and month.period.end == month.year.end
    for key, title, facts in _FACTS:
        last = month.session.scalar(
            select(func.max(Entry.day)).where(
                Entry.fact.in_(facts),
                Entry.day >= month.to_date.first,
                Entry.day < month.to_date.end,
            )
        )
        words = tr("écrit le {day}").format(day=short_day(last)) if last else tr("rien d’écrit")
        done = last is not None and (not is_last or last >= month.period.first - 31 * DAY)
        yield Point(key, tr(title), _state(is_last=is_last, done=done), words, of_year=True)
    for key, title, beginning in _HELD:
        amount = Money(sum(line.closing.cents for line in month.held(beginning)))
        words = tr("solde {amount}").format(amount=money(amount))
        yield Point(key, tr(title), _state(is_last=is_last, done=False), words, of_year=True)
    yield _prior_result(month)
    yield _in_kind(month)


def _prior_result(month: Month) -> Point:
    held = {line.number: line.closing for line in month.held("12") if line.closing}
    words = ", ".join(f"{number} : {money(amount)}" for number, amount in held.items())
    state = State.TO_WATCH if held else State.DONE
    title = tr("Résultat antérieur affecté (12)")
    words = words or tr("rien à affecter")
    return Point("prior-result", title, state, words, "accounts", of_year=True)


def _state(*, is_last: bool, done: bool) -> State:
    if done:
        return State.DONE
    return State.TO_WATCH if is_last else State.LATER


def _in_kind(month: Month) -> Point:
    gap = Money(sum(line.closing.cents for line in month.held("86", "87")))
    words = tr("{amount} d’écart").format(amount=money(gap)) if gap else tr("égaux")
    title = tr("Emplois et ressources en nature égaux (86 = 87)")
    return Point("in-kind", title, State.TO_DO if gap else State.DONE, words, of_year=True)


def checklist_tab(points: Sequence[Point]) -> Tab:
    """Return the points as a table (liste de contrôle)."""
    return Tab(
        "checklist",
        "Contrôles",
        (text("Période", 10), text("Point", 44), text("État", 14), text("Constat", 60)),
        [("année" if p.of_year else "mois", p.title, tr(STATES[p.state]), p.words) for p in points],
        "",
    )
