"""One payment for several invoices of a party, and several payments for one item."""

from collections.abc import Iterable, Sequence

from cantine_desktop.finance.matching.candidates import Candidate, Sign
from cantine_desktop.finance.matching.judging import DEFAULT, WINDOWS, Judge
from cantine_desktop.finance.matching.labels import Manner
from cantine_desktop.finance.matching.model import MatchKind
from cantine_desktop.finance.matching.proposal import Certainty
from cantine_desktop.finance.matching.situation import BankItem, LedgerItem, Rule
from cantine_desktop.finance.matching.subsets import MOST, subset
from cantine_desktop.finance.matching.waiting import Waiting


def by_sum(line: BankItem, waiting: Waiting, judge: Judge, used: set[int]) -> list[Candidate]:
    """Return the sets of a party’s items that make the amount of a line, most likely first."""
    names = judge.names(line)
    rule = judge.rule(line)
    ruled = None if rule is None else (rule.account, rule.party)
    groups = {group for party in names for group in waiting.groups_of(party)}
    groups |= {ruled} if ruled is not None else set()
    if line.manner is Manner.WAGES:
        groups |= {group for group in waiting.groups_of(None) if group[0].startswith("421")}
    found: list[Candidate] = []
    for account, party in sorted(groups, key=str):
        items = waiting.of((account, party), line, used)[-MOST:]
        made = subset([item.cents for item in items], line.cents)
        if made is None or len(made.places) < 2:
            continue
        is_ruled = ruled == (account, party)
        chosen = tuple(items[place] for place in made.places)
        found.append(_made(line, chosen, rule if is_ruled else None, judge, is_only=made.is_only))
    return sorted(found, key=lambda c: (-c.score, c.signature))


def _made(
    line: BankItem,
    items: tuple[LedgerItem, ...],
    rule: Rule | None,
    judge: Judge,
    *,
    is_only: bool,
) -> Candidate:
    party = items[0].party
    is_named = party is not None and party in judge.names(line)
    signs = [Sign.PARTY] if is_named else []
    signs += [Sign.RULE] if rule is not None else []
    is_sure = is_only and bool(signs) and len(items) <= 6
    signs.append(Sign.ONLY_SUM if is_only else Sign.SEVERAL_SUMS)
    return Candidate(
        (line,),
        MatchKind.ITEMS,
        760 if is_only else 520,
        tuple(signs),
        items,
        rule=rule,
        certainty=Certainty.SURE if is_sure else Certainty.LIKELY,
        word=judge.party_word(line, party) if party is not None else "",
    )


def by_parts(
    lines: Sequence[BankItem], items: Iterable[LedgerItem], used: set[int]
) -> list[Candidate]:
    """Return the sets of payments that make one item: net wages paid to each person.

    Args:
        lines: Lines that nothing else explains.
        items: What waits, by day.
        used: Items that other lines settle.
    """
    found: list[Candidate] = []
    taken: set[int] = set()
    for item in items:
        if item.id in used or not item.account.startswith("421"):
            continue
        near = [
            line
            for line in lines
            if line.id not in taken and line.manner is Manner.WAGES and _may_be(line, item)
        ][-MOST:]
        made = subset([line.cents for line in near], item.cents)
        if made is None or len(made.places) < 2:
            continue
        members = tuple(near[place] for place in made.places)
        taken.update(line.id for line in members)
        found.append(
            Candidate(
                members,
                MatchKind.ITEMS,
                800 if made.is_only else 560,
                (Sign.MANNER, Sign.ONLY_SUM if made.is_only else Sign.SEVERAL_SUMS),
                (item,),
                certainty=Certainty.SURE if made.is_only else Certainty.LIKELY,
            )
        )
    return found


def _may_be(line: BankItem, item: LedgerItem) -> bool:
    window = WINDOWS.get(item.account[:3], DEFAULT)
    return -window.before <= (line.day - item.day).days <= window.after
