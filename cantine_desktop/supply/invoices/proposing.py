"""Which deliveries an invoice on paper most likely bills: those that make its total."""

from collections.abc import Sequence
from itertools import chain

from cantine_desktop.supply.invoices.drafting import Awaited
from cantine_desktop.supply.invoices.judging import agrees
from cantine_desktop.values.money import Money


def likely_lines(waiting: Sequence[Awaited], net: Money | None) -> list[int]:
    """Return the lines that an invoice most likely bills, by their keys.

    One delivery that makes the total comes first, then the oldest ones together; a single
    delivery that waits is proposed whatever it makes.

    Args:
        waiting: What came in and no invoice bills, the oldest first.
        net: The total of the invoice, taxes left out; ``None`` when nobody said.
    """
    groups: dict[str, list[Awaited]] = {}
    for each in waiting:
        groups.setdefault(each.delivery, []).append(each)
    alone = list(groups.values())
    together = [list(chain.from_iterable(alone[:count])) for count in range(2, len(alone) + 1)]
    choices = [*alone, *together]
    if net is not None:
        fitting = [each for each in choices if agrees(_sum(each), net)]
        if fitting:
            return [each.key for each in fitting[0]]
    return [each.key for each in waiting] if len(groups) == 1 else []


def _sum(lines: Sequence[Awaited]) -> Money:
    return Money(sum(each.expected.cents for each in lines if each.expected is not None))
