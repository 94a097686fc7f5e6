"""Open items where they are looked for: by account and party, by day."""

from collections import defaultdict
from collections.abc import Iterable

from cantine_desktop.finance.matching.by_day import ItemsByDay
from cantine_desktop.finance.matching.judging import DEFAULT, WINDOWS
from cantine_desktop.finance.matching.situation import BankItem, LedgerItem

PLACES = ("5112", "5115", "5116", "5117", "4671", "580")
"""First digits of the accounts whose items are paid in together."""

Group = tuple[str, int | None]
"""An account and a party: what one payment settles."""


class Waiting:
    """What waits to be settled.

    Attributes:
        by_key: Every open item.
    """

    def __init__(self, items: Iterable[LedgerItem]) -> None:
        self.by_key = {item.id: item for item in items}
        places: defaultdict[str, list[LedgerItem]] = defaultdict(list)
        groups: defaultdict[Group, list[LedgerItem]] = defaultdict(list)
        self._of_party: defaultdict[int | None, set[Group]] = defaultdict(set)
        for item in self.by_key.values():
            place = place_of(item.account)
            if place:
                places[place].append(item)
            else:
                groups[item.account, item.party].append(item)
                self._of_party[item.party].add((item.account, item.party))
        self._places = {place: ItemsByDay(found) for place, found in places.items()}
        self._groups = {group: ItemsByDay(found) for group, found in groups.items()}

    def sum_of(self, keys: Iterable[int]) -> int:
        """Return what some items sum to, in cents; nothing when one waits no more."""
        items = [self.by_key.get(key) for key in keys]
        return sum(item.cents for item in items if item is not None) if all(items) else 0

    def at(self, place: str, line: BankItem, used: set[int]) -> list[LedgerItem]:
        """Return what a line may pay in of the accounts of a place, by day."""
        days = self._places.get(place)
        return [] if days is None else _near(days, line, place, used)

    def of(self, group: Group, line: BankItem, used: set[int]) -> list[LedgerItem]:
        """Return what a line may settle of an account and a party, by day."""
        days = self._groups.get(group)
        return [] if days is None else _near(days, line, group[0], used)

    def groups_of(self, party: int | None) -> list[Group]:
        """Return the accounts something of a party waits on."""
        return sorted(self._of_party.get(party, ()), key=str)


def place_of(account: str) -> str:
    """Return the place an account belongs to, or nothing."""
    return next((place for place in PLACES if account.startswith(place)), "")


def _near(days: ItemsByDay, line: BankItem, account: str, used: set[int]) -> list[LedgerItem]:
    found = days.near(line.day, WINDOWS.get(account[:3], DEFAULT))
    return [item for item in found if item.id not in used]
