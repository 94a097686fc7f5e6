"""One bank line and one item of the same amount."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cantine_desktop.finance.matching.assigning import assign
from cantine_desktop.finance.matching.by_day import ItemsByDay
from cantine_desktop.finance.matching.candidates import Candidate, Sign
from cantine_desktop.finance.matching.judging import (
    LEAST,
    Judge,
    Window,
    expected_manner,
    window_of,
)
from cantine_desktop.finance.matching.labels import Manner
from cantine_desktop.finance.matching.model import MatchKind
from cantine_desktop.finance.matching.proposal import Certainty
from cantine_desktop.finance.matching.situation import BankItem, LedgerItem

RIVAL = 130
"""A score within it of the best is a rival: the best is not sure then."""

SURE = 580
"""Scores from it on are sure, when nothing rivals."""

MOST_CHOICES = 5


class Pairs:
    """Scores of every line and item of one amount, and which go together."""

    def __init__(
        self, lines: Sequence[BankItem], items: Iterable[LedgerItem], judge: Judge
    ) -> None:
        self._judge = judge
        self._items = {item.id: item for item in items}
        self._scores: dict[tuple[int, int], int] = {}
        self._of_line: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self._of_item: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        near = _NearItems(self._items.values())
        for line in lines:
            if line.fee:
                continue
            for item in near.of(line):
                score = judge.score(line, item)
                if score >= LEAST:
                    self._scores[line.id, item.id] = score
                    self._of_line[line.id].append((score, item.id))
                    self._of_item[item.id].append((score, line.id))
        self._given = assign(self._scores)

    def best(self, line: BankItem) -> Candidate | None:
        """Return the pair a line is in, when the whole is most likely."""
        item = self._given.get(line.id)
        return None if item is None else self._candidate(line, item)

    def others(self, line: BankItem, used: set[int]) -> list[Candidate]:
        """Return what else of the same amount a line could be, most likely first."""
        ranked = sorted(self._of_line.get(line.id, ()), key=lambda pair: (-pair[0], pair[1]))
        kept = [item for _score, item in ranked if item not in used]
        return [self._candidate(line, item) for item in kept[:MOST_CHOICES]]

    def _candidate(self, line: BankItem, key: int) -> Candidate:
        item = self._items[key]
        signs, word = self._judge.signs(line, item)
        found = Candidate(
            (line,),
            kind_of(item),
            self._scores[line.id, key],
            signs,
            items=() if item.is_posted else (item,),
            posted=(item,) if item.is_posted else (),
            rule=self._judge.rule(line) if Sign.RULE in signs else None,
            word=word,
        )
        return replace(found, certainty=self._certainty(line, item, found))

    def _certainty(self, line: BankItem, item: LedgerItem, found: Candidate) -> Certainty:
        if found.score < SURE - 160:
            return Certainty.GUESS
        rivals = [s for s, other in self._of_line[line.id] if other != item.id]
        rivals += [s for s, other in self._of_item[item.id] if other != line.id]
        is_alone = all(score < found.score - RIVAL for score in rivals)
        if not is_alone or found.score < SURE or not _is_told(found):
            return Certainty.LIKELY
        return Certainty.SURE


class _NearItems:
    """Items by amount and account, of which those near enough to a line are found at once."""

    def __init__(self, items: Iterable[LedgerItem]) -> None:
        groups: defaultdict[tuple[int, Window], list[LedgerItem]] = defaultdict(list)
        for item in items:
            groups[item.cents, window_of(item)].append(item)
        self._of_amount: defaultdict[int, list[tuple[Window, ItemsByDay]]] = defaultdict(list)
        for (cents, window), found in groups.items():
            self._of_amount[cents].append((window, ItemsByDay(found)))

    def of(self, line: BankItem) -> Iterator[LedgerItem]:
        """Yield the items of the amount of a line whose day is near enough."""
        for window, items in self._of_amount.get(line.cents, ()):
            yield from items.near(line.day, window)


def _is_told(found: Candidate) -> bool:
    """Tell whether more than amount and day speak for it."""
    return bool(set(found.signs) & {Sign.PARTY, Sign.RULE, Sign.REFERENCE, Sign.MANNER}) or (
        bool(found.posted) and Sign.WORDS in found.signs
    )


def kind_of(item: LedgerItem) -> MatchKind:
    """Return what settling one item is called."""
    if item.is_posted:
        return MatchKind.POSTED
    return kind_of_account(item.account, MatchKind.ITEM)


def kind_of_account(account: str, other: MatchKind) -> MatchKind:
    """Return what settling items of an account is called."""
    if account.startswith("5112"):
        return MatchKind.SLIP
    if account.startswith("580"):
        return MatchKind.DEPOSIT
    kinds = {
        Manner.CARDS: MatchKind.CARDS,
        Manner.VOUCHERS: MatchKind.VOUCHERS,
        Manner.HELLOASSO: MatchKind.HELLOASSO,
    }
    return kinds.get(expected_manner(account), other)
