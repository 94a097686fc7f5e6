"""Ten thousand bank lines and what they pay, beside difflib on the same candidate pairs.

The books are made up with the truth known: suppliers’ names cut short as banks do, days that
drift, card payouts less a fee, slips of several services, lines that nothing explains.
"""

import random
from collections import defaultdict
from datetime import date, timedelta
from difflib import SequenceMatcher

from cantine_desktop.finance.ledger.model import PartyKind
from cantine_desktop.finance.matching.judging import nearness
from cantine_desktop.finance.matching.labels import manner_of, words_of
from cantine_desktop.finance.matching.model import MatchKind
from cantine_desktop.finance.matching.proposal import Certainty
from cantine_desktop.finance.matching.proposing import candidates_of
from cantine_desktop.finance.matching.situation import (
    BankItem,
    LedgerItem,
    PartyWords,
    Situation,
)
from tests.benchmarks.measuring import Row, in_turn

BANK = 10_000
LEDGER = 12_900
FIRST = date(2016, 1, 4)
NAMES = ("FERME", "MOULIN", "FOURNIL", "BIOCOOP", "GROSSISTE", "FROMAGERIE", "RUCHER", "VERGER")
PLACES = ("KOCHERSBERG", "VOSGES", "RHIN", "STRASBOURG", "COLMAR", "SAVERNE", "OBERNAI", "BARR")


class Books:
    """A situation of many years, and what each line truly settles."""

    def __init__(self, seed=7):
        self.dice = random.Random(seed)
        self.situation = Situation()
        self.truth = {}
        self._key = 0
        for rank in range(60):
            name = f"{NAMES[rank % 8]} {PLACES[rank // 8]}"
            words = words_of(name).telling
            party = PartyWords(rank + 1, name.title(), PartyKind.SUPPLIER, words)
            self.situation.parties[party.id] = party
        self.situation.rates = {MatchKind.CARDS: [1_750] * 12}
        self._fill()
        self.situation.lines.sort(key=lambda line: (line.day, line.id))
        self.situation.items.sort(key=lambda item: (item.day, item.id))
        self.situation.weigh()

    def _fill(self):
        day = FIRST
        while len(self.situation.lines) < BANK:
            day += timedelta(days=1)
            if day.weekday() < 5:
                self._service(day)
                for _ in range(2):
                    self._invoice(day)
            if day.weekday() == 4:
                self._slip(day)
            if day.day in {5, 20}:
                self.line(day, -self.dice.randrange(500, 9_000), "PRLV DIVERS 77", ())
        while len(self.situation.items) < LEDGER:
            self._waiting(day)

    def _waiting(self, day):
        party = self.dice.randrange(1, 61)
        when = day - timedelta(days=self.dice.randrange(3_000))
        self.item(when, "401000", -self.dice.randrange(900, 60_000), "Facture", party)

    def _service(self, day):
        gross = self.dice.randrange(60, 400) * 50
        item = self.item(day, "511500", gross, f"Déjeuner du {day:%d/%m}")
        net = gross - round(gross * 0.0175)
        self.line(day + timedelta(days=1), net, f"VIR SUMUP PAYMENTS PID{day:%y%m%d}", (item,))

    def _slip(self, day):
        sums = [self.dice.randrange(10, 90) * 50 for _ in range(self.dice.choice((1, 2, 3, 4)))]
        items = [
            self.item(day - timedelta(days=n), "511200", cents, f"Déjeuner {n}")
            for n, cents in enumerate(sums)
        ]
        self.line(day + timedelta(days=2), sum(sums), f"REMISE CHEQUES {len(sums)}", items)

    def _invoice(self, day):
        party = self.dice.randrange(1, 61)
        cents = -self.dice.choice((self.dice.randrange(900, 60_000), 5_000, 7_500, 12_000))
        ref = f"F{self.dice.randrange(10_000, 99_999)}"
        item = self.item(day, "401000", cents, f"Facture {ref}", party, ref)
        name = self.situation.parties[party].name.upper()
        shown = f"PRLV SEPA {name[: self.dice.choice((40, 14))]}"
        if self.dice.random() < 0.4:
            shown += f" {ref}"
        wait = timedelta(days=self.dice.randrange(2, 25))
        self.line(day + wait, cents, shown, (item,))

    def item(self, day, account, cents, label, party=None, ref=""):
        self._key += 1
        words = words_of(label)
        item = LedgerItem(
            self._key, self._key, day, account, party, label, ref or f"S{self._key}", cents, words
        )
        self.situation.items.append(item)
        return item.id

    def line(self, day, cents, label, items):
        key = len(self.situation.lines) + 1
        line = BankItem(key, day, cents, 0, label, "", words_of(label), manner_of(label))
        self.situation.lines.append(line)
        self.truth[key] = frozenset(items)


def candidate_pairs(situation):
    """Return the pairs of one amount whose days are near enough."""
    by_amount = defaultdict(list)
    for item in situation.items:
        by_amount[item.cents].append(item)
    return [
        (line, item)
        for line in situation.lines
        for item in by_amount.get(line.cents, ())
        if nearness(line, item) is not None
    ]


def by_difflib(situation, pairs):
    """Return the likest item of each line, by difflib on the words of both."""
    best = {}
    for line, item in pairs:
        party = situation.parties.get(item.party)
        words = f"{party.name if party else ''} {item.label} {item.ref}".upper()
        ratio = SequenceMatcher(None, line.label, words).ratio()
        if ratio > best.get(line.id, (0, 0))[0]:
            best[line.id] = ratio, item.id
    return best


def measure(_folder):
    books = Books()
    assert len(books.situation.items) >= LEDGER
    found = candidates_of(books.situation)
    right = ticked = well = 0
    for line, truth in books.truth.items():
        first = next(iter(found.get(line, ())), None)
        settled = frozenset(item.id for item in first.items) if first else frozenset()
        good = bool(truth) and settled == truth
        right += good
        if first is not None and first.certainty is Certainty.SURE:
            ticked += 1
            well += good
    known = sum(bool(truth) for truth in books.truth.values())
    precision = well / ticked
    assert precision >= 0.995, (well, ticked)
    pairs = candidate_pairs(books.situation)
    mine, theirs = in_turn(
        lambda: candidates_of(books.situation),
        lambda: by_difflib(books.situation, pairs),
        turns=3,
    )
    note = (
        f"{len(books.situation.lines)} lines, {len(books.situation.items)} items, "
        f"{len(pairs)} pairs, first right {right / known:.3f}, "
        f"{ticked} ticked, precision {precision:.4f}"
    )
    yield Row("reconcile 10 k lines", mine, theirs, "difflib on the same pairs", 0.25, note)
