"""What an accountant would ask of a month, answered before it is asked."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import func, select

from cantine_desktop.finance.cash.queries import differences
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.ledger.queries import AccountLine, lines_behind, party_balances
from cantine_desktop.finance.matching.reconciliation import Reconciliation
from cantine_desktop.finance.pack.money_tabs import bank_accounts
from cantine_desktop.finance.pack.month import Month
from cantine_desktop.finance.pack.payroll import variables
from cantine_desktop.finance.pack.proofs import Proofs
from cantine_desktop.finance.statements.model import VatStatus
from cantine_desktop.finance.statements.policy import VAT_TITLES, policy
from cantine_desktop.i18n import mark, money, short_day, tr, trn
from cantine_desktop.values.money import Money

WAITING = ("471", "472", "580")
"""Accounts that hold nothing once a month is tidy: told line by line."""

_MEANINGS = {
    "471": mark("sommes dont l’affectation attend la banque ou une décision"),
    "472": mark("sommes dont l’affectation attend la banque ou une décision"),
    "580": mark("espèces parties à la banque, dont la ligne n’est pas encore pointée"),
    "5112": mark("chèques reçus, pas encore remis ou pointés"),
    "5115": mark("paiements par carte, en attente du virement du terminal"),
    "5116": mark("titres-restaurant, en attente de remboursement"),
    "5117": mark("paiements en ligne, en attente de virement"),
    "4671": mark("encaissements en ligne, en attente de virement"),
}
"""What the balance of an account is while it waits, by its first digits."""


class Answer(NamedTuple):
    """A question of an accountant, and what the month says to it, sentence by sentence."""

    question: str
    words: Sequence[str]


def answers(month: Month, proofs: Proofs) -> list[Answer]:
    """Return what an accountant would ask of a month, each with its answer."""
    told = (
        Answer(tr("Ce dossier est-il définitif ?"), [_final(month)]),
        Answer(tr("La banque et les comptes sont-ils d’accord ?"), _banks(month)),
        Answer(tr("Que contiennent les comptes d’attente ?"), _waiting(month)),
        Answer(tr("Qui doit, à qui doit-on ?"), _parties(month)),
        Answer(tr("Le résultat antérieur est-il affecté ?"), [_prior_result(month)]),
        Answer(tr("D’où viennent les recettes ?"), [_takings(month)]),
        Answer(tr("Y a-t-il des écarts de caisse ?"), [_cash(month)]),
        Answer(tr("Y a-t-il des pièces sans écriture ?"), [_loose_pieces(proofs)]),
        Answer(tr("La paie est-elle écrite ?"), [_pay(month)]),
        Answer(tr("Et la TVA ?"), [_vat(month)]),
    )
    return [answer for answer in told if any(answer.words)]


def _final(month: Month) -> str:
    if month.year is None:
        return tr("Aucun exercice n’est ouvert à cette date : il n’y a pas de FEC.")
    if month.drafts_to_date:
        words = trn(
            "Non : {n} écriture de l’exercice est encore en brouillon et peut changer.",
            "Non : {n} écritures de l’exercice sont encore en brouillon et peuvent changer.",
            month.drafts_to_date,
        )
        return f"{words} {_validated_until(month)}"
    until = month.year.locked_until
    if until is not None and until >= month.period.end:
        return tr(
            "Oui : tout est validé et le mois est arrêté. FEC, journaux et balances disent la "
            "même chose."
        )
    return tr(
        "Presque : tout est validé, mais le mois n’est pas arrêté ; une écriture peut encore "
        "s’y ajouter."
    )


def _validated_until(month: Month) -> str:
    last = month.session.scalar(
        select(func.max(Entry.day)).where(
            Entry.number.is_not(None),
            Entry.day >= month.to_date.first,
            Entry.day < month.to_date.end,
        )
    )
    if last is None:
        return tr(
            "Journaux, grand livre et balances les comprennent ; le FEC, qui n’a que les "
            "écritures validées, est vide."
        )
    return tr(
        "Journaux, grand livre et balances les comprennent ; le FEC n’a que les écritures "
        "validées, dont la dernière est du {day}."
    ).format(day=short_day(last))


def _banks(month: Month) -> list[str]:
    if not bank_accounts(month):
        return [tr("Aucun compte bancaire n’est suivi ici.")]
    return [_bank(each, month) for each in month.banks]


def _bank(each: Reconciliation, month: Month) -> str:
    head = {"account": each.account, "number": each.number, "ledger": money(each.ledger_balance)}
    if each.bank_balance is None:
        return tr(
            "{account}, compte {number} : les comptes disent {ledger}, aucun relevé ne donne "
            "le solde de la banque."
        ).format(**head)
    if not each.difference and not each.only_bank and not each.only_ledger:
        return tr("{account}, compte {number} : l’une et les autres disent {ledger}.").format(
            **head
        )
    bank = Money(sum(line.amount.cents for line in each.only_bank))
    ledger = Money(sum(line.amount.cents for line in each.only_ledger))
    rest = each.unexplained + each.opening_gap
    return tr(
        "{account}, compte {number} : la banque dit {bank}, les comptes {ledger}. Banque seule : "
        "{only_bank} ({bank_sum}) ; comptes seuls : {only_ledger} ({ledger_sum}) ; sans "
        "explication : {rest}. Chaque ligne est dans 04_Banque/Rapprochement_{month}.csv."
    ).format(
        **head,
        bank=money(each.bank_balance),
        only_bank=trn("{n} ligne", "{n} lignes", len(each.only_bank)),
        bank_sum=money(bank),
        only_ledger=trn("{n} ligne", "{n} lignes", len(each.only_ledger)),
        ledger_sum=money(ledger),
        rest=money(rest),
        month=month.code,
    )


def _waiting(month: Month) -> list[str]:
    told: list[str] = []
    for held in month.held(*_MEANINGS):
        if not held.closing:
            continue
        lines = open_lines(month, held.number)
        first = min((line.day for line in lines), default=month.period.first)
        told.append(
            tr("{number} {title} : {amount}, {lines} depuis le {day} ({meaning}).").format(
                number=held.number,
                title=held.title,
                amount=money(held.closing),
                lines=trn("{n} ligne", "{n} lignes", len(lines)),
                day=short_day(first),
                meaning=tr(_meaning(held.number)),
            )
        )
    return told or [tr("Rien : ils sont soldés.")]


def _meaning(number: str) -> str:
    return next(words for first, words in _MEANINGS.items() if number.startswith(first))


def open_lines(month: Month, beginning: str) -> list[AccountLine]:
    """Return the lines that make the balance of accounts at the end of the month, by day.

    What was lettered is left out when its lines of that time settle each other: lettered later
    with a line of a later month, it was still open.
    """
    groups: dict[tuple[str, str, str], list[AccountLine]] = defaultdict(list)
    loose: list[AccountLine] = []
    for line in lines_behind(month.session, month.to_date, beginning=beginning):
        if line.letter:
            groups[line.account, line.party, line.letter].append(line)
        else:
            loose.append(line)
    for lines in groups.values():
        if sum(line.amount.cents for line in lines):
            loose += lines
    return sorted(loose, key=_by_day)


def _by_day(line: AccountLine) -> tuple[str, object, int]:
    return line.account, line.day, line.line_id


def waiting_lines(month: Month) -> list[AccountLine]:
    """Return what waits on the accounts that should hold nothing, account by account."""
    held = [line.number for line in month.held(*WAITING) if line.closing]
    return open_lines(month, " ".join(held)) if held else []


def _parties(month: Month) -> list[str]:
    told = [
        _owed(
            month,
            "411",
            -1,
            mark("Usagers et clients (411) : {amount} à recevoir, {parties}{day}."),
        ),
        _owed(month, "401", 1, mark("Fournisseurs (401) : {amount} à payer, {parties}{day}.")),
    ]
    if not any(told):
        return [tr("Personne ne doit rien.")]
    if any(each.only_bank for each in month.banks):
        told.append(
            tr("Ce que la banque a déjà payé ou reçu sans être pointé n’en est pas déduit.")
        )
    return [words for words in told if words]


def _owed(month: Month, beginning: str, side: int, words: str) -> str:
    held = party_balances(month.session, month.to_date, beginning=beginning)
    owed = [each for each in held if each.closing.cents * side < 0]
    if not owed:
        return ""
    names = {each.name for each in owed}
    oldest = min(
        (
            line.day
            for line in open_lines(month, beginning)
            if line.party in names and line.amount.cents * side < 0
        ),
        default=None,
    )
    since = tr(" depuis le {day}").format(day=short_day(oldest)) if oldest else ""
    return tr(words).format(
        amount=money(Money(abs(sum(each.closing.cents for each in owed)))),
        parties=trn("{n} tiers", "{n} tiers", len(owed)),
        day=since,
    )


def _prior_result(month: Month) -> str:
    if month.year is None:
        return ""
    held = [line for line in month.held("12") if line.closing]
    if not held:
        return tr("Rien n’est en 12 : il n’y a rien à affecter.")
    amount = Money(sum(line.closing.cents for line in held))
    kind = tr("un déficit") if amount.cents > 0 else tr("un excédent")
    return tr(
        "Non : {numbers} porte {kind} de {amount}. L’affectation (110, 119 ou 106) s’écrira "
        "après la décision de l’assemblée générale."
    ).format(
        numbers=", ".join(line.number for line in held),
        kind=kind,
        amount=money(Money(abs(amount.cents))),
    )


def _takings(month: Month) -> str:
    pieces = sorted(_pieces_of_takings(month))
    if not pieces:
        return ""
    services = set(pieces)
    meals = sum(
        line.credit - line.debit
        for line in month.lines
        if line.piece in services and line.account.startswith("706")
    )
    return tr(
        "{services}, pièces {first} à {last} : une écriture par service, ventilée par moyen de "
        "paiement. Le prix est libre, il n’y a pas de note par personne ; compte 706 : {amount}."
    ).format(
        services=trn("{n} service", "{n} services", len(pieces)),
        first=pieces[0],
        last=pieces[-1],
        amount=money(Money(meals)),
    )


def _pieces_of_takings(month: Month) -> Iterator[str]:
    yield from month.session.scalars(
        select(Entry.piece_ref).where(
            Entry.fact == "takings",
            Entry.reverses_id.is_(None),
            Entry.day >= month.period.first,
            Entry.day < month.period.end,
        )
    )


def _cash(month: Month) -> str:
    found = differences(month.session, month.period)
    if not found:
        return tr("Non : chaque comptage tombe juste.")
    left = Money(sum(each.left.cents for each in found))
    unexplained = sum(not each.is_explained for each in found)
    words = tr("{count}, {amount} en tout, comptabilisés en 658800 et 758800.").format(
        count=trn("{n} écart", "{n} écarts", len(found)), amount=money(left)
    )
    if unexplained:
        words += " " + trn("{n} reste sans raison.", "{n} restent sans raison.", unexplained)
    return words


def _loose_pieces(proofs: Proofs) -> str:
    loose = [p.piece.number for p in proofs.all if not p.proves and not p.piece.set_aside]
    if not loose:
        return tr("Non : chaque pièce du mois est jointe à son écriture.") if proofs.all else ""
    shown = ", ".join(loose[:6]) + (" …" if len(loose) > 6 else "")
    words = trn("{n} pièce attend son écriture", "{n} pièces attendent leur écriture", len(loose))
    return tr("{words} : {numbers}.").format(words=words, numbers=shown)


def _pay(month: Month) -> str:
    count = len(variables(month.session, month.period))
    written = [line for line in month.lines if line.account.startswith("641")]
    gross = Money(sum(line.debit - line.credit for line in written))
    told = (
        tr("Oui : {amount} de salaires bruts (641).").format(amount=money(gross))
        if written
        else tr("Non : aucun salaire n’est écrit ce mois-ci.")
    )
    if count:
        joined = trn("{n} variable est jointe", "{n} variables sont jointes", count)
        return f"{told} {joined} (07_Paie)."
    return f"{told} " + tr("La cantine n’a saisi aucune variable pour ce mois.")


def _vat(month: Month) -> str:
    status = policy(month.session).vat
    title = tr(VAT_TITLES[status])
    if status is VatStatus.LIABLE:
        return tr("{title}.").format(title=title)
    return tr("{title}. Achats et recettes sont comptés toutes taxes comprises.").format(
        title=title
    )
