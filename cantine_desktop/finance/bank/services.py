"""Files of payment services that are no bank statements: HelloAsso, SumUp, Stripe."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from cantine_desktop.finance.bank.csv_table import Row, Table
from cantine_desktop.finance.bank.helloasso import ORDERS, PAYMENTS, read_orders, read_payments
from cantine_desktop.finance.bank.payouts import (
    BALANCE,
    OTHERS,
    TRANSACTIONS,
    read_others,
    read_stripe,
)
from cantine_desktop.finance.bank.reading import ReadStatement
from cantine_desktop.finance.bank.service_columns import Columns, Wanted
from cantine_desktop.finance.bank.sumup import SALES, read_sales

HEADING_SEARCH = 30


class _Known(NamedTuple):
    wanted: Wanted
    read: Callable[[Sequence[Row], Columns], ReadStatement]


_SERVICES = (
    _Known(SALES, read_sales),
    _Known(ORDERS, read_orders),
    _Known(PAYMENTS, read_payments),
    _Known(TRANSACTIONS, read_stripe),
    _Known(OTHERS, read_others),
    _Known(BALANCE, read_stripe),
)


def read_service(table: Table) -> list[ReadStatement] | None:
    """Return what a service’s file holds; ``None`` when it is of no known service."""
    for rank, row in enumerate(table.rows[:HEADING_SEARCH]):
        for known in _SERVICES:
            columns = known.wanted.found_in(row.cells)
            if columns is not None:
                return [known.read(table.rows[rank + 1 :], columns)]
    return None
