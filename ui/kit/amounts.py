"""A field for amounts that are told one after the other."""

import re

from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money
from ui.kit.field import Field
from ui.kit.sentences import read_number, typable

_TERM = re.compile(r"(?:(?P<times>\d{1,3})\s*[x*\u00d7]\s*)?(?P<amount>[^x*\u00d7]+)")
_MOST = 200
"""Amounts that one line tells."""


class AmountsEdit(Field[tuple[Money, ...]]):
    """Amounts one after the other: ``7 + 3,5``, ``2 x 7``."""

    @override
    def read(self, text: str) -> tuple[Money, ...]:
        amounts: list[Money] = []
        for term in text.split("+"):
            found = _TERM.fullmatch(term.strip())
            if found is None:
                raise UserError(tr("Écrivez les montants ainsi : 7 + 3,5, ou 2 x 7."))
            amount = Money.from_decimal(read_number(found["amount"], 2))
            if amount.cents < 0:
                raise UserError(tr("Un montant positif est attendu."))
            amounts += [amount] * int(found["times"] or 1)
        if len(amounts) > _MOST:
            raise UserError(tr("C’est beaucoup pour une ligne : vérifiez."))
        return tuple(amounts)

    @override
    def write(self, value: tuple[Money, ...]) -> str:
        return " + ".join(typable(amount.euros) for amount in value)
