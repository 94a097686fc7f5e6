"""Lines that settle nothing: by a rule learned, by a supplier’s name, by words most banks use."""

import csv
from collections.abc import Iterable
from functools import cache

import resources
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import PartyKind
from cantine_desktop.finance.matching.candidates import Candidate, Sign
from cantine_desktop.finance.matching.judging import Judge
from cantine_desktop.finance.matching.labels import Manner
from cantine_desktop.finance.matching.model import MatchKind
from cantine_desktop.finance.matching.proposal import Certainty, OtherSide
from cantine_desktop.finance.matching.situation import BankItem, Rule, Situation
from cantine_desktop.values.money import Money

TRUSTED = 3
"""Times a rule was right, and never wrong, before it may be ticked for the person."""

NEAR_DAYS = 4
"""Days between both ends of a transfer, at most."""


def by_rule(line: BankItem, judge: Judge) -> Candidate | None:
    """Return what a rule learned from earlier lines says."""
    rule = judge.rule(line)
    if rule is None:
        return None
    certainty = Certainty.LIKELY if rule.right > rule.wrong else Certainty.GUESS
    if rule.right >= TRUSTED and not rule.wrong and not rule.settles:
        certainty = Certainty.SURE
    signs = (Sign.RULE, Sign.NO_INVOICE) if rule.settles else (Sign.RULE,)
    return Candidate(
        (line,),
        MatchKind.RULE,
        (250 if rule.settles else 380) + rule.strength // 2 + min(rule.right, 5) * 10,
        signs,
        others=(_side(line, rule),),
        rule=rule,
        word=" ".join(sorted(rule.words)).upper(),
        certainty=certainty,
    )


def _side(line: BankItem, rule: Rule) -> OtherSide:
    return OtherSide(rule.account, Money(line.cents), rule.activity, rule.project, rule.party)


def by_name(line: BankItem, situation: Situation, judge: Judge) -> Candidate | None:
    """Return a payment to a supplier, or from a customer, that no invoice is known for."""
    names = judge.names(line)
    wanted = PartyKind.CUSTOMER if line.cents > 0 else PartyKind.SUPPLIER
    ranked = sorted(
        (-share, key)
        for key, share in names.items()
        if situation.parties[key].kind is wanted and share >= 500
    )
    if not ranked:
        return None
    account = Role.CUSTOMERS if line.cents > 0 else Role.SUPPLIERS
    side = OtherSide(str(account), Money(line.cents), party=ranked[0][1])
    return Candidate(
        (line,),
        MatchKind.RULE,
        340,
        (Sign.PARTY, Sign.NO_INVOICE),
        others=(side,),
        word=judge.party_word(line, ranked[0][1]),
        certainty=Certainty.GUESS,
    )


def by_shipped_words(line: BankItem) -> Candidate | None:
    """Return what words that most banks and suppliers use suggest."""
    way = "in" if line.cents > 0 else "out"
    fitting = [row for row in shipped_words() if row[1] == way and row[0] <= line.words.every]
    if not fitting or line.manner not in {Manner.UNKNOWN, Manner.CARDS}:
        return None
    words, _way, account, activity = max(fitting, key=lambda row: len(row[0]))
    return Candidate(
        (line,),
        MatchKind.RULE,
        300,
        (Sign.SHIPPED,),
        others=(OtherSide(account, Money(line.cents), activity),),
        word=" ".join(sorted(words)).upper(),
        certainty=Certainty.GUESS,
    )


@cache
def shipped_words() -> tuple[tuple[frozenset[str], str, str, str], ...]:
    """Return the words shipped: the words, ``in`` or ``out``, the account, the activity."""
    lines = resources.text("accounts/bank_words.csv").splitlines()
    return tuple(
        (frozenset(row["words"].split()), row["way"], row["account"], row["activity"])
        for row in csv.DictReader(lines, delimiter=";")
    )


def by_twin(line: BankItem, elsewhere: Iterable[tuple[BankItem, str]]) -> Candidate | None:
    """Return the other end of a transfer between two accounts of the canteen."""
    near = {
        (abs((other.day - line.day).days), other.id): (other, name)
        for other, name in elsewhere
        if other.cents == -line.cents and abs((other.day - line.day).days) <= NEAR_DAYS
    }
    if not near:
        return None
    is_told = line.manner is Manner.TRANSFER
    is_sure = is_told and len(near) == 1
    return Candidate(
        (line,),
        MatchKind.TRANSFER,
        820 if is_told else 500,
        (Sign.MANNER, Sign.OTHER_END) if is_told else (Sign.OTHER_END,),
        twin=near[min(near)],
        certainty=Certainty.SURE if is_sure else Certainty.LIKELY,
    )
