"""What the accountant changed: two sets of entries compared, entry by entry.

Programs renumber, pad accounts, cut labels and drop parties; none of that is a change. An
entry is first looked for as it is, then by its number, its piece, its day and amount.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import starmap

from cantine_desktop.finance.transfer.lines import FlatLine
from cantine_desktop.finance.transfer.plain_texts import plain_text
from cantine_desktop.values.text import fold


class Kind(StrEnum):
    """What became of an entry."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    REWORDED = "reworded"


@dataclass(frozen=True)
class FlatEntry:
    """An entry, with its lines in order."""

    lines: tuple[FlatLine, ...]

    @property
    def first(self) -> FlatLine:
        """The line that speaks for the entry."""
        return self.lines[0]

    @property
    def day(self) -> date | None:
        """Accounting day."""
        return self.first.day

    @cached_property
    def total(self) -> int:
        """Sum of its debits, in cents."""
        return sum(line.debit for line in self.lines)

    @property
    def gap(self) -> int:
        """Debit less credit, in cents: zero for an entry that balances."""
        return sum(line.net for line in self.lines)

    @property
    def serial(self) -> str:
        """The digits that end its number, without the zeros before."""
        digits = ""
        for character in reversed(self.first.number):
            if not character.isdigit():
                break
            digits = character + digits
        return digits.lstrip("0")

    @cached_property
    def content(self) -> tuple[tuple[str, int], ...]:
        """What it moves: accounts and amounts, whatever their order or their zeros."""
        sums: defaultdict[str, int] = defaultdict(int)
        for line in self.lines:
            sums[bare(line.account)] += line.net
        return tuple(sorted((account, net) for account, net in sums.items() if net))


@dataclass(frozen=True)
class EntryChange:
    """An entry that is not the same on both sides.

    Attributes:
        ours: As the book has it; ``None`` when it was added.
        theirs: As the file has it; ``None`` when it was removed.
    """

    kind: Kind
    ours: FlatEntry | None
    theirs: FlatEntry | None

    @property
    def shown(self) -> FlatEntry:
        """The side that tells what it is about."""
        found = self.theirs or self.ours
        assert found is not None
        return found


@dataclass(frozen=True)
class AccountRenamed:
    """An account whose title is not the same."""

    number: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class Difference:
    """What a file changes.

    Attributes:
        changes: Entries by day.
        renamed: Accounts by number.
        same: Entries that are alike on both sides.
        journals: Journals of the book by the code the file calls them, when it has its own.
        is_excerpt: The file has so few of our entries that what it leaves out was not removed.
    """

    changes: tuple[EntryChange, ...] = ()
    renamed: tuple[AccountRenamed, ...] = ()
    same: int = 0
    journals: Mapping[str, str] = field(default_factory=dict[str, str])
    is_excerpt: bool = False

    def count(self, kind: Kind) -> int:
        """Return how many entries became so."""
        return sum(change.kind is kind for change in self.changes)


def bare(account: str) -> str:
    """Return an account without the zeros programs pad it with: ``401`` and ``40100000`` meet."""
    return account.rstrip("0")


def in_entries(lines: Iterable[FlatLine]) -> list[FlatEntry]:
    """Return lines as entries, by the rank they bear."""
    found: dict[int, list[FlatLine]] = {}
    for line in lines:
        found.setdefault(line.entry, []).append(line)
    return [FlatEntry(tuple(group)) for group in found.values()]


@dataclass
class _Pairs:
    """Entries of both sides still to pair, and those that are."""

    ours: list[FlatEntry]
    theirs: list[FlatEntry]
    found: list[tuple[FlatEntry, FlatEntry]] = field(
        default_factory=list[tuple[FlatEntry, FlatEntry]]
    )

    def pair(self, key: Callable[[FlatEntry], Hashable]) -> None:
        """Pair entries that have a key in common, in order; ``None`` pairs nothing."""
        waiting: defaultdict[Hashable, list[FlatEntry]] = defaultdict(list)
        for entry in self.ours:
            waiting[key(entry)].append(entry)
        left: list[FlatEntry] = []
        taken: set[int] = set()
        for entry in self.theirs:
            same = waiting.get(key(entry)) if key(entry) is not None else None
            if same:
                mine = same.pop(0)
                taken.add(id(mine))
                self.found.append((mine, entry))
            else:
                left.append(entry)
        self.theirs = left
        self.ours = [entry for entry in self.ours if id(entry) not in taken]


def _numbered_alike(entry: FlatEntry) -> Hashable:
    return (entry.first.journal, entry.serial, entry.day, entry.content)


def _alike(entry: FlatEntry) -> Hashable:
    return (entry.day, entry.content, fold(entry.first.piece))


def _moves_alike(entry: FlatEntry) -> Hashable:
    return (entry.day, entry.content)


def _number(entry: FlatEntry) -> Hashable:
    """Return journal, number and day: a number alone may have been given anew."""
    return (entry.first.journal, entry.serial, entry.day) if entry.serial else None


def _piece(entry: FlatEntry) -> Hashable:
    return (fold(entry.first.piece), entry.day) if len(entry.first.piece) > 1 else None


def _piece_and_total(entry: FlatEntry) -> Hashable:
    return (fold(entry.first.piece), entry.total) if len(entry.first.piece) > 1 else None


def _sum(entry: FlatEntry) -> Hashable:
    return (entry.first.journal, entry.day, entry.total)


_WAYS = (_numbered_alike, _alike, _moves_alike, _number, _piece, _piece_and_total, _sum)
"""From the surest to the loosest."""


def compare(
    ours: Iterable[FlatLine], theirs: Iterable[FlatLine], titles: Mapping[str, str] | None = None
) -> Difference:
    """Return what a file changes to the entries of the book.

    Drafts of ours that the file does not have are left alone: it never saw them. So are
    entries validated after all it knows, and those that another takes back.

    Args:
        ours: Lines of the book, drafts included, of the days the file is about.
        theirs: Lines of the file.
        titles: Titles of the accounts of the book, by number; ``None`` compares none.
    """
    mine, its = in_entries(ours), in_entries(theirs)
    pairs = _Pairs(list(mine), list(its))
    for way in _WAYS:
        pairs.pair(way)
    changes = [EntryChange(Kind.ADDED, None, entry) for entry in pairs.theirs]
    removed = _removed(pairs.ours, its)
    is_excerpt = len(removed) > len(pairs.found)
    if not is_excerpt:
        changes += [EntryChange(Kind.REMOVED, entry, None) for entry in removed]
    moved = _given_to_another(pairs.found)
    same = 0
    for place, (one, other) in enumerate(pairs.found):
        if one.content != other.content or one.day != other.day or place in moved:
            changes.append(EntryChange(Kind.CHANGED, one, other))
        elif _reworded(one, other):
            changes.append(EntryChange(Kind.REWORDED, one, other))
        else:
            same += 1
    changes.sort(key=_place)
    renamed = tuple(_renamed(titles or {}, its))
    return Difference(tuple(changes), renamed, same, _journals(pairs.found), is_excerpt)


def _given_to_another(pairs: Sequence[tuple[FlatEntry, FlatEntry]]) -> set[int]:
    """Return the places of pairs whose party is another, though their amounts are alike.

    Programs rewrite codes, all of one party alike: what a code mostly becomes is the same
    party, unless the file keeps that code elsewhere or the other code is one of ours.
    """
    named = list(starmap(_named, pairs))
    met: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for lines in named:
        for ours, theirs in lines:
            met[ours][theirs] += 1
    return {
        place
        for place, lines in enumerate(named)
        for ours, theirs in lines
        if theirs != ours
        and (ours in met[ours] or theirs in met or theirs != met[ours].most_common(1)[0][0])
    }


def _named(one: FlatEntry, other: FlatEntry) -> list[tuple[str, str]]:
    """Return our party and theirs, folded, of the lines that both sides give to somebody."""
    if one.content != other.content:
        return []
    codes: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for line in other.lines:
        codes[bare(line.account), line.net].append(fold(line.party))
    found: list[tuple[str, str]] = []
    for line in one.lines:
        theirs = codes[bare(line.account), line.net]
        if line.party and len(theirs) == 1 and theirs[0]:
            found.append((fold(line.party), theirs[0]))
    return found


def _journals(pairs: Sequence[tuple[FlatEntry, FlatEntry]]) -> dict[str, str]:
    """Return our journal by their code, as the entries of both sides tell it."""
    met: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one, other in pairs:
        met[other.first.journal][one.first.journal] += 1
    return {code: counter.most_common(1)[0][0] for code, counter in met.items()}


def _place(change: EntryChange) -> tuple[date, str, str]:
    shown = change.shown
    return shown.day or date.min, shown.first.journal, shown.serial.zfill(12)


def _removed(left: Sequence[FlatEntry], theirs: Sequence[FlatEntry]) -> list[FlatEntry]:
    days = [entry.day for entry in theirs if entry.day]
    known = [entry.first.validated_on for entry in theirs if entry.first.validated_on]
    if not days:
        return []
    first, last = min(days), max(days)
    until = max(known, default=date.max)
    undone = {entry.first.reverses_id for entry in left} - {0}
    keys = {entry.first.entry_id for entry in left}
    return [
        entry
        for entry in left
        if entry.first.number
        and entry.day
        and first <= entry.day <= last
        and (entry.first.validated_on or until) <= until
        and entry.first.entry_id not in undone
        and entry.first.reverses_id not in keys
    ]


def _reworded(one: FlatEntry, other: FlatEntry) -> bool:
    return not _starts_alike(one.first.label, other.first.label)


def _starts_alike(one: str, other: str) -> bool:
    """Tell whether two labels are one, maybe cut by a program that has less room."""
    plain = [fold(plain_text(text, "ascii")) for text in (one, other)]
    short, long = sorted(plain, key=len)
    return long.startswith(short)


def _renamed(titles: Mapping[str, str], theirs: Sequence[FlatEntry]) -> list[AccountRenamed]:
    by_bare = {bare(number): number for number in titles}
    found: dict[str, AccountRenamed] = {}
    for entry in theirs:
        for line in entry.lines:
            number = by_bare.get(bare(line.account))
            if number and line.account_title and not line.party:
                mine = titles[number]
                if not _starts_alike(mine, line.account_title):
                    found.setdefault(number, AccountRenamed(number, mine, line.account_title))
    return [found[number] for number in sorted(found)]
