"""Lines that seem to settle each other, and why: proposed, never lettered by themselves."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.lettering import OpenItem, open_items
from cantine_desktop.i18n import tr


class Suggestion(NamedTuple):
    """Lines of one account and party that sum to nothing.

    Attributes:
        why: What they have in common, in words.
    """

    items: tuple[OpenItem, ...]
    why: str

    @property
    def line_ids(self) -> list[int]:
        """Their keys."""
        return [item.line_id for item in self.items]


def suggest(session: Session, account: str, party_id: int | None = None) -> list[Suggestion]:
    """Return lines to letter together: same proof, then the only two of an amount, then all left.

    Args:
        session: A session that reads.
        account: Its number, or the beginning of several.
        party_id: Only those of a party; ``None`` is all.
    """
    groups: dict[tuple[str, int | None], list[OpenItem]] = defaultdict(list)
    for item in open_items(session, account, party_id):
        groups[item.account, item.party_id].append(item)
    return [found for group in groups.values() for found in _within(group)]


def _within(items: list[OpenItem]) -> Iterator[Suggestion]:
    left = {item.line_id: item for item in items}
    for rule, why in (
        (_same_piece, tr("même pièce")),
        (_only_pair, tr("seuls de ce montant, en sens opposés")),
        (_all_left, tr("tout ce qui reste se solde")),
    ):
        for group in rule(list(left.values())):
            yield Suggestion(tuple(group), why)
            for item in group:
                del left[item.line_id]


def _same_piece(items: Sequence[OpenItem]) -> list[list[OpenItem]]:
    by_piece: dict[str, list[OpenItem]] = defaultdict(list)
    for item in items:
        by_piece[item.piece_ref].append(item)
    return [group for group in by_piece.values() if _settles(group)]


def _only_pair(items: Sequence[OpenItem]) -> list[list[OpenItem]]:
    by_size: dict[int, list[OpenItem]] = defaultdict(list)
    for item in items:
        by_size[abs(item.amount.cents)].append(item)
    return [group for group in by_size.values() if len(group) == 2 and _settles(group)]


def _all_left(items: Sequence[OpenItem]) -> list[list[OpenItem]]:
    return [list(items)] if _settles(items) else []


def _settles(items: Sequence[OpenItem]) -> bool:
    return len(items) > 1 and not sum(item.amount.cents for item in items)
