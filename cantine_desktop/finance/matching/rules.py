"""Learning what labels mean: strengthened when right, weakened when wrong, always explained."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.bank.model import BankLine
from cantine_desktop.finance.ledger.model import Account, Party
from cantine_desktop.finance.matching.labels import pattern_of, words_of
from cantine_desktop.finance.matching.model import Match, MatchingRule
from cantine_desktop.i18n import long_day, tr, trn


class Target(NamedTuple):
    """Where a rule sends money.

    Attributes:
        settles: It settles what is owed, when something owed fits.
    """

    account: str
    party: int | None = None
    activity: str = ""
    project: str = ""
    settles: bool = False


def learn(session: Session, line: BankLine, target: Target) -> MatchingRule:
    """Keep that a label meant a target: a rule is made, strengthened, or made more general.

    Rules that fit the label and say something else are weakened.

    Args:
        session: The session of an action.
        line: The bank line that was accepted.
        target: What it was.
    """
    comes_in = line.amount.cents > 0
    label = f"{line.label} {line.details}"
    words = words_of(label).every
    rules = list(session.scalars(_of_way(comes_in=comes_in)))
    mine = [rule for rule in rules if _same(rule, target)]
    fitting = [rule for rule in rules if rule.is_active and _words(rule) <= words]
    _weaken_others(fitting, mine)
    rule = next((r for r in _by_length(mine) if _words(r) <= words), None)
    if rule is None:
        rule = _generalised(mine, rules, label) or _made(session, label, target, comes_in=comes_in)
    rule.right += 1
    rule.last_day = max(line.day, rule.last_day or line.day)
    rule.activity = target.activity or rule.activity
    if rule in session.new:
        session.flush()
    return rule


def weaken(session: Session, rule_id: int) -> None:
    """Keep that a rule was wrong once more."""
    rule = session.get(MatchingRule, rule_id)
    if rule is not None:
        rule.wrong += 1
        session.flush()


def change_rule(session: Session, rule_id: int, words: str, target: Target) -> MatchingRule:
    """Write a rule as a person wants it; learning leaves its words alone from then on.

    Args:
        session: The session of an action.
        rule_id: Key of the rule.
        words: Words the label must all hold.
        target: Where the money goes.

    Raises:
        UserError: There is no word, the account does not exist, or another rule says the same.
    """
    rule = session.get_one(MatchingRule, rule_id)
    plain = _plain(words)
    _refuse_wrong(session, plain, target)
    same = _twins(session, plain, target, comes_in=rule.comes_in)
    if any(other.id != rule.id for other in same):
        raise UserError(tr("Une autre règle dit déjà cela."))
    rule.words, rule.is_own = plain, True
    rule.account, rule.party_id = target.account, target.party
    rule.activity, rule.project, rule.settles = target.activity, target.project, target.settles
    session.flush()
    return rule


def add_rule(session: Session, words: str, target: Target, *, comes_in: bool) -> MatchingRule:
    """Write a new rule.

    Raises:
        UserError: As ``change_rule``.
    """
    plain = _plain(words)
    _refuse_wrong(session, plain, target)
    if _twins(session, plain, target, comes_in=comes_in):
        raise UserError(tr("Une autre règle dit déjà cela."))
    rule = _rule(plain, target, comes_in=comes_in)
    rule.is_own = True
    session.add(rule)
    session.flush()
    return rule


def set_active(session: Session, rule_id: int, *, is_active: bool) -> None:
    """Suspend a rule, or let it propose again."""
    session.get_one(MatchingRule, rule_id).is_active = is_active
    session.flush()


def delete_rule(session: Session, rule_id: int) -> None:
    """Remove a rule: it proposes nothing any more, and its memory is lost.

    Matches it taught stay as they are.
    """
    rule = session.get_one(MatchingRule, rule_id)
    for match in session.scalars(select(Match).where(Match.rule_id == rule_id)):
        match.rule_id = None
    session.flush()
    session.delete(rule)
    session.flush()


def explain(rule: MatchingRule, title: str, party: str = "") -> str:
    """Return a rule as a sentence.

    Args:
        rule: The rule.
        title: Title of its account.
        party: Name of its party, or empty.
    """
    way = tr("l’argent entre") if rule.comes_in else tr("l’argent sort")
    where = f"{rule.account} {title}" + (f", {party}" if party else "")
    text = tr("Quand le libellé contient {words} et que {way} : {where}.").format(
        words=rule.words, way=way, where=where
    )
    if not rule.right:
        return text
    seen = trn("Confirmée {n} fois", "Confirmée {n} fois", rule.right).format(n=rule.right)
    if rule.wrong:
        seen += trn(", démentie {n} fois", ", démentie {n} fois", rule.wrong).format(n=rule.wrong)
    if rule.last_day is not None:
        seen += tr(", la dernière le {day}").format(day=long_day(rule.last_day))
    return f"{text} {seen}."


def _generalised(
    mine: Iterable[MatchingRule], rules: Iterable[MatchingRule], label: str
) -> MatchingRule | None:
    """Return a rule of the same target whose words were cut down to those both labels share.

    They must be most of the words of both, and catch no label another rule speaks of.
    """
    pattern = frozenset(pattern_of(label).lower().split())
    others = [_words(rule) for rule in rules if rule not in list(mine)]
    for rule in _by_length(mine):
        known = _words(rule)
        shared = known & pattern
        if rule.is_own or len(shared) * 2 <= max(len(known), len(pattern)):
            continue
        if any(shared <= other for other in others):
            continue
        rule.words = " ".join(sorted(shared)).upper()
        return rule
    return None


def _made(session: Session, label: str, target: Target, *, comes_in: bool) -> MatchingRule:
    rule = _rule(pattern_of(label) or label.upper(), target, comes_in=comes_in)
    session.add(rule)
    return rule


def _rule(words: str, target: Target, *, comes_in: bool) -> MatchingRule:
    return MatchingRule(
        words=words,
        comes_in=comes_in,
        account=target.account,
        party_id=target.party,
        activity=target.activity,
        project=target.project,
        settles=target.settles,
    )


def _weaken_others(fitting: Iterable[MatchingRule], mine: list[MatchingRule]) -> None:
    ranked = sorted(fitting, key=lambda r: (len(_words(r)), r.right - r.wrong), reverse=True)
    if ranked and ranked[0] not in mine:
        ranked[0].wrong += 1


def _of_way(*, comes_in: bool) -> Select[MatchingRule]:
    return select(MatchingRule).where(MatchingRule.comes_in == comes_in).order_by(MatchingRule.id)


def _by_length(rules: Iterable[MatchingRule]) -> list[MatchingRule]:
    return sorted(rules, key=lambda r: (-len(_words(r)), r.id))


def _words(rule: MatchingRule) -> frozenset[str]:
    return frozenset(rule.words.lower().split())


def _same(rule: MatchingRule, target: Target) -> bool:
    return rule.account == target.account and rule.party_id == target.party


def _twins(session: Session, words: str, target: Target, *, comes_in: bool) -> list[MatchingRule]:
    query = _of_way(comes_in=comes_in).where(MatchingRule.words == words)
    return [rule for rule in session.scalars(query) if _same(rule, target)]


def _plain(words: str) -> str:
    return " ".join(sorted(words_of(words).every)).upper()


def _refuse_wrong(session: Session, words: str, target: Target) -> None:
    if not words:
        raise UserError(tr("Une règle a au moins un mot du libellé."))
    account = session.scalar(select(Account).where(Account.number == target.account))
    if account is None:
        raise UserError(tr("Le compte {number} n’existe pas.").format(number=target.account))
    if account.has_parties and target.party is None:
        raise UserError(
            tr("Le compte {number} demande un tiers : fournisseur, client…").format(
                number=target.account
            )
        )
    if target.party is not None and session.get(Party, target.party) is None:
        raise UserError(tr("Ce tiers n’existe pas."))
