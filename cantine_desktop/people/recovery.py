"""The recovery key: made by chance, read aloud, typed back from paper."""

import secrets

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""The 31 signs of a key: no 0 or O, no 1, I or L, that are taken for one another."""

LENGTH = 20
GROUP = 4


def new_key() -> str:
    """Return a new key, in groups: ``K7QF-2M9D-…``; its last sign checks the others."""
    drawn = "".join(secrets.choice(SIGNS) for _ in range(LENGTH - 1))
    whole = drawn + _check_sign(drawn)
    return "-".join(whole[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read_key(typed: str) -> str:
    """Return the signs of a typed key, without its groups.

    Raises:
        UserError: It cannot be a key; the message says why.
    """
    plain = "".join(sign for sign in typed.upper() if sign.isalnum())
    strange = sorted({sign for sign in plain if sign not in SIGNS})
    if strange:
        raise UserError(
            tr(
                "Une clé de secours ne contient jamais {signs} : relisez le papier."
                " Elle n’emploie ni 0 ni O, ni 1, ni I, ni L."
            ).format(signs=", ".join(strange))
        )
    if len(plain) != LENGTH:
        raise UserError(
            tr("Une clé de secours compte {length} signes ; il y en a {count} ici.").format(
                length=LENGTH, count=len(plain)
            )
        )
    if _check_sign(plain[:-1]) != plain[-1]:
        raise UserError(tr("Cette clé contient une faute de frappe : relisez chaque groupe."))
    return plain


def _check_sign(signs: str) -> str:
    """Return the sign that betrays one wrong sign, or two signs swapped.

    31 is prime and each place weighs differently, so either changes the sum.
    """
    total = sum(place * SIGNS.index(sign) for place, sign in enumerate(signs, 1))
    return SIGNS[total % len(SIGNS)]
