"""One payment for several invoices of a party, and several payments for one item."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from cantine_desktop.finance.matching.by_run import ACCOUNTS
from cantine_desktop.finance.matching.candidates import Candidate, Sign
from cantine_desktop.finance.matching.judging import DEFAULT, WINDOWS, Judge
from cantine_desktop.finance.matching.labels import Manner
from cantine_desktop.finance.matching.model import MatchKind
from cantine_desktop.finance.matching.proposal import Certainty
from cantine_desktop.finance.matching.situation import BankItem, LedgerItem
from cantine_desktop.finance.matching.subsets import MOST, subset

Group = tuple[str, int | None]
"""An account and a party: what one payment settles."""


def grouped(items: Iterable[LedgerItem]) -> dict[Group, list[LedgerItem]]:
    """Return items by account and party, without those that are paid in together."""
    groups: defaultdict[Group, list[LedgerItem]] = defaultdict(list)
    for item in items:
        if not item.account.startswith(ACCOUNTS):
            groups[item.account, item.party].append(item)
    return dict(groups)


def by_sum(
    line: BankItem, groups: dict[Group, list[LedgerItem]], judge: Judge, used: set[int]
) -> list[Candidate]:
    """Return the sets of a party’s items that make the amount of a line, most likely first."""
    names = judge.names(line)
    rule = judge.rule(line)
    found: list[Candidate] = []
    for (account, party), items in groups.items():
        is_named = party is not None and party in names
        is_ruled = rule is not None and rule.account == account and rule.party == party
        if not (is_named or is_ruled or (party is None and _is_wages(line, account))):
            continue
        waiting = [i for i in items if i.id not in used and _may_be(line, i)][-MOST:]
        made = subset([item.cents for item in waiting], line.cents)
        if made is None or len(made.places) < 2:
            continue
        signs = (Sign.PARTY if is_named else Sign.RULE,) if is_named or is_ruled else ()
        sign = Sign.ONLY_SUM if made.is_only else Sign.SEVERAL_SUMS
        certainty = Certainty.SURE if made.is_only and len(made.places) <= 6 else Certainty.LIKELY
        found.append(
            Candidate(
                (line,),
                MatchKind.ITEMS,
                760 if made.is_only else 520,
                (*signs, sign),
                tuple(waiting[place] for place in made.places),
                rule=rule if is_ruled else None,
                certainty=certainty if signs else Certainty.LIKELY,
                word=_word(judge, line, party),
            )
        )
    return sorted(found, key=lambda c: (-c.score, c.signature))


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


def _is_wages(line: BankItem, account: str) -> bool:
    return line.manner is Manner.WAGES and account.startswith("421")


def _word(judge: Judge, line: BankItem, party: int | None) -> str:
    return judge.party_word(line, party) if party is not None else ""
