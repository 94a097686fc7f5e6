"""What the accountant changed in an entry, in words: account by account, day, party."""

from collections import defaultdict

from cantine_desktop.finance.transfer.diffing import EntryChange, FlatEntry, Kind, bare
from cantine_desktop.i18n import money, short_day, tr
from cantine_desktop.values.money import Money


def told(change: EntryChange) -> list[str]:
    """Return what is not the same on both sides of a corrected entry, gravest first.

    An entry that was added, removed or only reworded has nothing to tell so.
    """
    ours, theirs = change.ours, change.theirs
    if change.kind is not Kind.CHANGED or ours is None or theirs is None:
        return []
    words = _accounts(ours, theirs)
    if ours.day != theirs.day and ours.day and theirs.day:
        words.append(
            tr("date : {ours} → {theirs}").format(
                ours=short_day(ours.day), theirs=short_day(theirs.day)
            )
        )
    if not words:
        words = _parties(ours, theirs)
    return words


def _accounts(ours: FlatEntry, theirs: FlatEntry) -> list[str]:
    nets: defaultdict[str, list[int]] = defaultdict(_nothing)
    names: dict[str, str] = {}
    for side, entry in enumerate((ours, theirs)):
        for line in entry.lines:
            nets[bare(line.account)][side] += line.net
            names.setdefault(bare(line.account), line.account)
    changed = {key: pair for key, pair in nets.items() if pair[0] != pair[1]}
    gone = [key for key, (one, other) in changed.items() if one and not other]
    new = [key for key, (one, other) in changed.items() if other and not one]
    if len(gone) == len(new) == 1 and changed[gone[0]][0] == changed[new[0]][1]:
        amount = _amount(changed[new[0]][1])
        words = tr("{amount} : du compte {ours} au compte {theirs}").format(
            amount=amount, ours=names[gone[0]], theirs=names[new[0]]
        )
        rest = [key for key in changed if key not in {gone[0], new[0]}]
        return [words, *(_moved(names[key], changed[key]) for key in rest)]
    return [_moved(names[key], pair) for key, pair in changed.items()]


def _nothing() -> list[int]:
    return [0, 0]


def _moved(account: str, pair: list[int]) -> str:
    ours, theirs = map(_amount, pair)
    return tr("compte {account} : {ours} → {theirs}").format(
        account=account, ours=ours, theirs=theirs
    )


def _amount(net: int) -> str:
    if not net:
        return tr("rien")
    side = tr("débit") if net > 0 else tr("crédit")
    return tr("{amount} au {side}").format(amount=money(Money(abs(net))), side=side)


def _parties(ours: FlatEntry, theirs: FlatEntry) -> list[str]:
    mine = dict.fromkeys(line.party_name or line.party for line in ours.lines if line.party)
    its = dict.fromkeys(line.party_name or line.party for line in theirs.lines if line.party)
    return [tr("tiers : {ours} → {theirs}").format(ours=", ".join(mine), theirs=", ".join(its))]
