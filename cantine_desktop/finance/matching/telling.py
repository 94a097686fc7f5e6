"""Proposals in words: what a line is, and why."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from cantine_desktop.finance.chart.numbering import shipped_accounts
from cantine_desktop.finance.matching.candidates import Candidate, Sign
from cantine_desktop.finance.matching.labels import Manner
from cantine_desktop.finance.matching.model import MatchKind
from cantine_desktop.finance.matching.proposal import Proposal
from cantine_desktop.finance.matching.situation import LedgerItem, Situation
from cantine_desktop.i18n import day_and_month, mark, money, number, short_day, tr, trn
from cantine_desktop.values.money import Money


def told(ranked: Sequence[Candidate], situation: Situation) -> Proposal:
    """Return the first candidate of a line as a proposal, the others as its choices."""
    first, *others = ranked
    proposal = _proposal(first, situation)
    return replace(proposal, choices=tuple(_proposal(other, situation) for other in others))


def _proposal(candidate: Candidate, situation: Situation) -> Proposal:
    title = title_of(candidate, situation)
    reasons = reasons_of(candidate)
    choice = replace(candidate.choice(), title=title, reason=", ".join(reasons))
    return Proposal(
        candidate.lines[0].id,
        choice,
        title,
        reasons,
        candidate.score,
        candidate.certainty,
    )


def title_of(candidate: Candidate, situation: Situation) -> str:
    """Return what a candidate is: « Facture F-0123, Biocoop, 2 octobre »."""
    if candidate.twin is not None:
        return tr("Virement interne : {account}").format(account=candidate.twin[1])
    if candidate.posted:
        (item,) = candidate.posted
        return tr("Déjà écrit : {label} ({ref})").format(label=item.label, ref=item.ref)
    if candidate.items:
        return _of_items(candidate, situation)
    side = candidate.others[0]
    if side.party is not None:
        name = situation.parties[side.party].name
        return tr("{name} : paiement sans facture ouverte").format(name=name)
    return account_title(side.account)


def account_title(number_: str) -> str:
    """Return the title of a shipped account, or its number."""
    titles = {account.number: account.title for account in shipped_accounts()}
    return titles.get(number_, number_)


def _of_items(candidate: Candidate, situation: Situation) -> str:
    items, count = candidate.items, len(candidate.items)
    grouped = _grouped(candidate.kind, count)
    if grouped:
        return grouped.format(n=count, days=span_of(items))
    party = situation.parties.get(items[0].party or 0)
    if count > 1:
        who = party.name if party else items[0].label
        return tr("{who} : {n} pièces, {days}").format(who=who, n=count, days=span_of(items))
    return one_item(items[0], party.name if party else "")


def _grouped(kind: MatchKind, count: int) -> str:
    """Return the words of takings paid in together, or nothing."""
    if kind is MatchKind.DEPOSIT:
        return tr("{n} remises d’espèces, {days}") if count > 1 else ""
    texts = {
        MatchKind.CARDS: trn("Cartes, {n} recette, {days}", "Cartes, {n} recettes, {days}", count),
        MatchKind.VOUCHERS: trn(
            "Titres-restaurant, {n} recette, {days}",
            "Titres-restaurant, {n} recettes, {days}",
            count,
        ),
        MatchKind.HELLOASSO: trn(
            "Versement HelloAsso, {n} ligne, {days}",
            "Versement HelloAsso, {n} lignes, {days}",
            count,
        ),
        MatchKind.SLIP: trn("Chèques, {n} recette, {days}", "Chèques, {n} recettes, {days}", count),
    }
    return texts.get(kind, "")


def one_item(item: LedgerItem, party: str) -> str:
    """Return an item in words: which piece, whose, of which day."""
    day = short_day(item.day)
    if party and item.account.startswith(("401", "404", "411")):
        is_invoice = (item.cents < 0) != item.account.startswith("411")
        invoice, back = tr("Facture {ref}, {who}, du {day}"), tr("Avoir {ref}, {who}, du {day}")
        text = invoice if is_invoice else back
        return text.format(ref=item.ref, who=party, day=day)
    if item.ref in item.label:
        return tr("{what} du {day}").format(what=item.label, day=day)
    return tr("{what} ({ref}) du {day}").format(what=item.label, ref=item.ref, day=day)


def span_of(items: Sequence[LedgerItem]) -> str:
    """Return the days of items in words: « du 3 octobre au 9 octobre »."""
    first, last = min(i.day for i in items), max(i.day for i in items)
    if first == last:
        return tr("du {day}").format(day=day_and_month(first))
    return tr("du {first} au {last}").format(first=day_and_month(first), last=day_and_month(last))


def reasons_of(candidate: Candidate) -> tuple[str, ...]:
    """Return why, in short phrases, the weightiest first."""
    reasons: list[str] = []
    if not candidate.others:
        reasons += [_amount(candidate), _days(candidate)]
    told_signs = (_SIGNS.get(sign) for sign in candidate.signs)
    reasons += [tell(candidate) for tell in told_signs if tell is not None]
    return tuple(reason for reason in reasons if reason)


def _amount(candidate: Candidate) -> str:
    if candidate.fee:
        return tr("{gross} encaissés − {fee} de commission = {net}").format(
            gross=money(Money(candidate.gross)),
            fee=money(Money(candidate.fee)),
            net=money(Money(candidate.gross - candidate.fee)),
        )
    if len(candidate.items) > 1:
        return tr("{n} montants qui font {total}").format(
            n=len(candidate.items), total=money(Money(abs(candidate.gross)))
        )
    if len(candidate.lines) > 1:
        return tr("{n} virements qui font {total}").format(
            n=len(candidate.lines), total=money(Money(abs(candidate.gross)))
        )
    return tr("même montant")


def _days(candidate: Candidate) -> str:
    dated = [item.day for item in (*candidate.items, *candidate.posted)]
    if candidate.twin is not None:
        dated = [candidate.twin[0].day]
    gap = (candidate.lines[0].day - max(dated)).days
    if gap == 0:
        return tr("le même jour")
    if gap > 0:
        return trn("{n} jour après", "{n} jours après", gap).format(n=gap)
    return trn("{n} jour avant", "{n} jours avant", -gap).format(n=-gap)


def _party(candidate: Candidate) -> str:
    if Sign.RULE in candidate.signs and candidate.rule is not None and candidate.rule.right:
        return ""  # the rule says it, with how often
    return tr("le libellé contient {word}").format(word=candidate.word)


def _rule(candidate: Candidate) -> str:
    rule = candidate.rule
    if rule is None:
        return ""
    words = " ".join(sorted(rule.words)).upper()
    if not rule.right:
        return tr("règle « {words} », pas encore confirmée").format(words=words)
    text = trn(
        "le libellé contient {words} ({n} fois)",
        "le libellé contient {words} ({n} fois)",
        rule.right,
    ).format(words=words, n=rule.right)
    if rule.wrong:
        wrong = trn("démenti {n} fois", "démenti {n} fois", rule.wrong).format(n=rule.wrong)
        return f"{text}, {wrong}"
    return text


def _reference(candidate: Candidate) -> str:
    item = next(iter((*candidate.items, *candidate.posted)))
    return tr("le libellé cite {ref}").format(ref=candidate.reference or item.ref)


def _slip(text: str, candidate: Candidate) -> str:
    return tr(text).format(ref=candidate.reference)


def _usual_fee(candidate: Candidate) -> str:
    return tr("commission de {rate} %, comme d’habitude").format(rate=_rate(candidate))


def _first_fee(candidate: Candidate) -> str:
    return tr("commission de {rate} %, plausible pour une carte").format(rate=_rate(candidate))


def _manner(candidate: Candidate) -> str:
    text = _MANNERS.get(candidate.lines[0].manner, "")
    return tr(text) if text else ""


def _rate(candidate: Candidate) -> str:
    return number(Decimal(candidate.fee * 10_000 // (candidate.gross or 1)) / 100, 2)


def _plain(text: str, _candidate: Candidate) -> str:
    return tr(text)


def _shipped(text: str, candidate: Candidate) -> str:
    return tr(text).format(word=candidate.word)


_MANNERS = {
    Manner.CARDS: mark("le libellé annonce des cartes"),
    Manner.CHEQUES: mark("le libellé annonce des chèques"),
    Manner.CASH: mark("le libellé annonce des espèces"),
    Manner.HELLOASSO: mark("le libellé annonce HelloAsso"),
    Manner.VOUCHERS: mark("le libellé annonce des titres-restaurant"),
    Manner.WAGES: mark("le libellé annonce un salaire"),
    Manner.TRANSFER: mark("le libellé annonce un virement interne"),
}
_SIGNS: dict[Sign, Callable[[Candidate], str]] = {
    Sign.PARTY: _party,
    Sign.WORDS: _party,
    Sign.RULE: _rule,
    Sign.REFERENCE: _reference,
    Sign.USUAL_FEE: _usual_fee,
    Sign.FIRST_FEE: _first_fee,
    Sign.MANNER: _manner,
    Sign.ONLY_SUM: partial(_plain, mark("aucun autre ensemble ne fait ce montant")),
    Sign.SEVERAL_SUMS: partial(_plain, mark("d’autres ensembles font aussi ce montant : vérifiez")),
    Sign.OLDEST_FIRST: partial(_plain, mark("les plus anciennes en attente")),
    Sign.GIVEN_FEE: partial(_plain, mark("commission donnée par le relevé")),
    Sign.SHIPPED: partial(_shipped, mark("le mot {word} le fait penser ; à confirmer")),
    Sign.NO_INVOICE: partial(_plain, mark("aucune facture ouverte de ce montant")),
    Sign.OTHER_END: partial(_plain, mark("l’autre compte porte le montant inverse")),
    Sign.SLIP: partial(_slip, mark("bordereau {ref} de ce montant")),
    Sign.ORDER: partial(_slip, mark("ordre de virement {ref} de ce montant")),
}
