"""How likely a bank line and an item are the same money, by amount, day and words."""

from collections.abc import Mapping
from functools import lru_cache
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


class _Line(NamedTuple):
    """What is worked out of a bank line once, whatever it is compared with.

    Attributes:
        best: How fully the label names the party it names best.
        plain: Its label as references are looked for in it.
    """

    names: Mapping[int, int]
    best: int
    rule: Rule | None
    plain: str
    reference: str


class Judge:
    """Judges pairs; keeps what it worked out of each label, party and reference."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._lines: dict[int, _Line] = {}
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
        known = self._known(line)
        score = BASE + near + _by_manner(line, item)
        if _quotes(known, item):
            score += QUOTED
        score += _by_name(known, item) + _by_rule(known, item)
        if not item.is_posted and item.party is None:
            score += ALIKE * len(line.words.telling & item.words.telling) // 2
        elif item.is_posted:
            score += ALIKE if line.words.telling & item.words.telling else 0
        return max(0, min(score, 1000))

    def _known(self, line: BankItem) -> _Line:
        known = self._lines.get(line.id)
        if known is None:
            names = self.names(line)
            plain, reference = plain_reference(line.label), plain_reference(line.reference)
            best = max(names.values(), default=0)
            known = self._lines[line.id] = _Line(names, best, self.rule(line), plain, reference)
        return known

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
        if _quotes(self._known(line), item):
            found.append(Sign.REFERENCE)
        if _by_manner(line, item) > 0:
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


def _by_manner(line: BankItem, item: LedgerItem) -> int:
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


def _by_name(known: _Line, item: LedgerItem) -> int:
    share = known.names.get(item.party or 0)
    if share is not None:
        own = NAMED * (2_000 + share) // 3_000
        return own if share * 10 >= known.best * 7 else own // 2 - ANOTHER_NAME // 2
    return -ANOTHER_NAME if known.best >= 700 and not item.is_posted else 0


def _by_rule(known: _Line, item: LedgerItem) -> int:
    rule = known.rule
    if rule is None or item.is_posted:
        return 0
    if _same_side(rule, item):
        return TAUGHT * rule.strength // 1000
    return -ANOTHER_RULE * rule.strength // 1000 if rule.right > 1 else 0


def _quotes(known: _Line, item: LedgerItem) -> bool:
    reference = quotable(item.ref)
    return bool(reference) and (reference in known.plain or reference == known.reference)


@lru_cache(maxsize=65_536)
def quotable(reference: str) -> str:
    """Return a reference as a label would hold it, or nothing when it is too short to tell."""
    plain = plain_reference(reference)
    shortest = 5 if plain.isdigit() else 4
    return plain if len(plain) >= shortest and any(c.isdigit() for c in plain) else ""


def window_of(item: LedgerItem) -> Window:
    """Return when the bank line of an item may come."""
    return POSTED if item.is_posted else WINDOWS.get(item.account[:3], DEFAULT)


def nearness(line: BankItem, item: LedgerItem) -> int | None:
    """Return what the distance in days adds; ``None`` when it is too far."""
    window = window_of(item)
    days = (line.day - item.day).days
    if not -window.before <= days <= window.after:
        return None
    away = days - window.usual
    span = window.after - window.usual if away > 0 else window.before + window.usual
    return NEAR - NEAR * abs(away) // (span + 1)


@lru_cache(maxsize=1_024)
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
