"""How likely a bank line and an item are the same money, by amount, day and words."""

from collections.abc import Mapping
from typing import NamedTuple

from cantine_desktop.finance.matching.candidates import Sign
from cantine_desktop.finance.matching.labels import Manner, plain_reference
from cantine_desktop.finance.matching.situation import (
    BankItem,
    LedgerItem,
    PartyWords,
    Rule,
    Situation,
)

BASE, NEAR, NAMED, TAUGHT, QUOTED, BY_MANNER, ALIKE = 300, 150, 350, 250, 350, 250, 200
"""What each sign adds to a score, of 1000."""

ANOTHER_NAME, ANOTHER_RULE, ANOTHER_MANNER = 300, 200, 400
"""What a contrary sign takes away."""

LEAST = 250
"""Scores below it are not worth showing."""


class Window(NamedTuple):
    """How many days before and after an item its bank line may come, and when it mostly does."""

    before: int
    after: int
    usual: int = 0


POSTED = Window(12, 50)
DEFAULT = Window(5, 90, 2)
WINDOWS = {
    "401": Window(12, 100, 10),
    "404": Window(30, 150, 20),
    "409": Window(30, 150, 5),
    "411": Window(10, 180, 15),
    "421": Window(6, 20, 2),
    "425": Window(6, 60, 2),
    "431": Window(6, 75, 10),
    "437": Window(6, 100, 15),
    "441": Window(20, 500, 60),
    "442": Window(6, 60, 12),
    "451": Window(20, 150, 10),
    "467": Window(3, 60, 5),
    "468": Window(3, 150, 10),
    "471": Window(6, 40, 2),
    "511": Window(1, 40, 3),
    "580": Window(4, 25, 2),
}
"""By the first digits of the account."""

EXPECTED = {
    "5112": Manner.CHEQUES,
    "5115": Manner.CARDS,
    "5116": Manner.VOUCHERS,
    "5117": Manner.HELLOASSO,
    "4671": Manner.HELLOASSO,
    "580": Manner.CASH,
    "421": Manner.WAGES,
}
"""How money of an account moves."""

_CARRIERS = frozenset({Manner.CARDS, Manner.CHEQUES, Manner.CASH, Manner.HELLOASSO})


class Judge:
    """Judges pairs; keeps what it worked out of each label, party and reference."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._parties_of: dict[str, Mapping[int, int]] = {}
        self._rule_of: dict[tuple[str, bool], Rule | None] = {}
        self._by_word: dict[str, list[PartyWords]] = {}
        for party in situation.parties.values():
            for word in party.words:
                self._by_word.setdefault(word, []).append(party)
        self._by_stem: dict[str, list[str]] = {}
        for word in self._by_word:
            if len(word) > 4:
                self._by_stem.setdefault(word[:5], []).append(word)
        self._by_rule_word: dict[str, list[Rule]] = {}
        for rule in situation.rules:
            if rule.words:
                first = min(rule.words, key=lambda w: (-len(w), w))
                self._by_rule_word.setdefault(first, []).append(rule)

    def score(self, line: BankItem, item: LedgerItem) -> int:
        """Return how likely a pair of one amount is, from 0 to 1000; 0 is out of the question."""
        near = nearness(line, item)
        if near is None:
            return 0
        score = BASE + near + self._by_manner(line, item)
        if self._quotes(line, item):
            score += QUOTED
        score += self._by_name(line, item) + self._by_rule(line, item)
        if not item.is_posted and item.party is None:
            score += ALIKE * len(line.words.telling & item.words.telling) // 2
        elif item.is_posted:
            score += ALIKE if line.words.telling & item.words.telling else 0
        return max(0, min(score, 1000))

    def signs(self, line: BankItem, item: LedgerItem) -> tuple[tuple[Sign, ...], str]:
        """Return what speaks for a pair, and the name found in the label."""
        found: list[Sign] = []
        word = ""
        if item.party is not None and item.party in self.names(line):
            found.append(Sign.PARTY)
            word = self.party_word(line, item.party)
        rule = self.rule(line)
        if rule is not None and _same_side(rule, item):
            found.append(Sign.RULE)
            word = word or " ".join(sorted(rule.words))
        if self._quotes(line, item):
            found.append(Sign.REFERENCE)
        if self._by_manner(line, item) > 0:
            found.append(Sign.MANNER)
        if not word and (shared := line.words.telling & item.words.telling):
            found.append(Sign.WORDS)
            word = " ".join(sorted(shared))
        return tuple(found), word.upper()

    def names(self, line: BankItem) -> Mapping[int, int]:
        """Return the parties a label names, each with how fully, in thousandths."""
        known = self._parties_of.get(line.label)
        if known is None:
            known = self._parties_of[line.label] = self._named(line)
        return known

    def party_word(self, line: BankItem, key: int) -> str:
        """Return the words of a party’s name that a label holds, in capitals."""
        party = self._situation.parties[key]
        return " ".join(sorted(w for w in party.words if _stands(w, line.words.every))).upper()

    def rule(self, line: BankItem) -> Rule | None:
        """Return the rule that knows a label best, if one does."""
        key = line.label, line.cents > 0
        if key not in self._rule_of:
            fitting = [
                rule
                for word in line.words.every
                for rule in self._by_rule_word.get(word, ())
                if rule.comes_in == (line.cents > 0)
                and rule.words <= line.words.every
                and rule.wrong <= rule.right
            ]
            self._rule_of[key] = max(
                fitting,
                key=lambda r: (len(r.words), r.strength, r.right, -r.id),
                default=None,
            )
        return self._rule_of[key]

    def _named(self, line: BankItem) -> dict[int, int]:
        candidates: dict[int, PartyWords] = {}
        for word in line.words.every:
            for party in self._by_word.get(word, ()):
                candidates[party.id] = party
            for other in self._by_stem.get(word[:5], ()):
                if _alike(other, word):
                    candidates |= {party.id: party for party in self._by_word[other]}
        weights = self._situation.weights
        found: dict[int, int] = {}
        for party in candidates.values():
            whole = sum(1000 // weights[word] for word in party.words)
            seen = sum(1000 // weights[w] for w in party.words if _stands(w, line.words.every))
            if seen * 5 >= whole * 2:
                found[party.id] = seen * 1000 // whole
        return found

    def _by_manner(self, line: BankItem, item: LedgerItem) -> int:
        if item.is_posted:
            return 0
        expected = expected_manner(item.account)
        if line.manner is expected:
            return BY_MANNER if expected else 0
        if line.manner is Manner.TRANSFER:
            return BY_MANNER if item.account.startswith("580") else -ANOTHER_MANNER
        if line.manner in _CARRIERS or (expected in _CARRIERS and line.manner):
            return -ANOTHER_MANNER
        return -100 if expected is Manner.WAGES or line.manner is Manner.WAGES else 0

    def _by_name(self, line: BankItem, item: LedgerItem) -> int:
        names = self.names(line)
        if item.party is not None and item.party in names:
            best = max(names.values())
            own = NAMED * (2_000 + names[item.party]) // 3_000
            return own if names[item.party] * 10 >= best * 7 else own // 2 - ANOTHER_NAME // 2
        if item.is_posted:
            return 0
        return -ANOTHER_NAME if any(share >= 700 for share in names.values()) else 0

    def _by_rule(self, line: BankItem, item: LedgerItem) -> int:
        rule = self.rule(line)
        if rule is None or item.is_posted:
            return 0
        if _same_side(rule, item):
            return TAUGHT * rule.strength // 1000
        return -ANOTHER_RULE * rule.strength // 1000 if rule.right > 1 else 0

    @staticmethod
    def _quotes(line: BankItem, item: LedgerItem) -> bool:
        reference = plain_reference(item.ref)
        if len(reference) < 4 or not any(c.isdigit() for c in reference):
            return False
        if reference.isdigit() and len(reference) < 5:
            return False
        return reference in plain_reference(line.label) or reference == plain_reference(
            line.reference
        )


def nearness(line: BankItem, item: LedgerItem) -> int | None:
    """Return what the distance in days adds; ``None`` when it is too far."""
    window = POSTED if item.is_posted else WINDOWS.get(item.account[:3], DEFAULT)
    days = (line.day - item.day).days
    if not -window.before <= days <= window.after:
        return None
    away = days - window.usual
    span = window.after - window.usual if away > 0 else window.before + window.usual
    return NEAR - NEAR * abs(away) // (span + 1)


def expected_manner(account: str) -> Manner:
    """Return how money of an account moves, as far as one can say."""
    for digits in (4, 3):
        if (manner := EXPECTED.get(account[:digits])) is not None:
            return manner
    return Manner.UNKNOWN


def _same_side(rule: Rule, item: LedgerItem) -> bool:
    return rule.account == item.account and rule.party == item.party


def _stands(word: str, words: frozenset[str]) -> bool:
    if word in words:
        return True
    return len(word) > 4 and any(_alike(word, other) for other in words)


def _alike(word: str, other: str) -> bool:
    """Tell whether one word is the other cut short, as banks do."""
    if len(word) < 5 or len(other) < 5:
        return False
    return word.startswith(other) or other.startswith(word)
