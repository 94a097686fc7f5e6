"""Which weeks of a sheet were signed, and which were not."""

from datetime import date, timedelta

from reportlab.platypus import Flowable

from cantine_desktop.documents.styles import small
from cantine_desktop.hygiene.inspection.making import Making
from cantine_desktop.hygiene.registers.signing import signatures_of
from cantine_desktop.i18n import tr, trn

MOST = 60
"""Weeks named one by one."""


def signature_lines(making: Making, key: str) -> list[Flowable]:
    """Return a line on the weeks signed, and one on those that are not."""
    signed = signatures_of(making.session, key, making.counted)
    weeks = _mondays(making)
    names = {signature.initials for signature in signed.values()}
    lines = [
        trn("{n} semaine signée", "{n} semaines signées", len(signed))
        + tr(" sur {weeks}").format(weeks=len(weeks))
        + (tr(", par {names}.").format(names=", ".join(sorted(names))) if names else ".")
    ]
    left = [f"S{monday.isocalendar().week:02}" for monday in weeks if monday not in signed]
    if left:
        shown = ", ".join(left[:MOST]) + (" …" if len(left) > MOST else "")
        lines.append(tr("Semaines non signées : {weeks}.").format(weeks=shown))
    noted: dict[str, list[str]] = {}
    for monday, each in sorted(signed.items()):
        if each.note:
            noted.setdefault(each.note, []).append(f"S{monday.isocalendar().week:02}")
    lines += [
        tr("« {note} » : {weeks}.").format(note=note, weeks=", ".join(weeks))
        for note, weeks in noted.items()
    ]
    return [small(line) for line in lines]


def _mondays(making: Making) -> list[date]:
    """Return the Mondays of the weeks that are over."""
    first = making.counted.first - timedelta(days=making.counted.first.weekday())
    count = (making.counted.end - first).days // 7
    return [first + timedelta(weeks=rank) for rank in range(count)]
