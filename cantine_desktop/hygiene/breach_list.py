"""The list of breaches, filtered, and the story of one of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.breach_rows import BreachRow, rows_of
from cantine_desktop.hygiene.breach_tables import Breach
from cantine_desktop.hygiene.breach_words import (
    about,
    bound_text,
    figure,
    lot_state_name,
    measured_text,
)
from cantine_desktop.hygiene.faults import Severity
from cantine_desktop.i18n import tr
from cantine_desktop.values.text import fold

MOST = 150
"""Breaches listed at once, open ones and others; words are looked for in more of them."""

MOST_SEARCHED = 1000
"""Breaches in which words are looked for."""


class Wanted(NamedTuple):
    """Which breaches to list.

    Attributes:
        is_open: Only those still to be settled, or only the others; ``None`` is all.
        severity: Only those as serious; ``None`` is all.
        older_than: Only those found longer ago.
        words: Found in the number, the subject, the product, the lot, what was done.
    """

    is_open: bool | None = True
    severity: Severity | None = None
    older_than: timedelta = timedelta()
    words: str = ""


class Moment(NamedTuple):
    """Something that happened in the life of a breach."""

    at: datetime
    words: str


def list_breaches(session: Session, wanted: Wanted, now: datetime) -> list[BreachRow]:
    """Return the breaches wanted: the open ones oldest first, then the others latest first."""
    still = and_(Breach.closed_at.is_(None), Breach.withdrawn_at.is_(None))
    settled = or_(Breach.closed_at.is_not(None), Breach.withdrawn_at.is_not(None))
    most = MOST_SEARCHED if wanted.words else MOST
    found: list[BreachRow] = []
    for shown, state, order in (
        (wanted.is_open is not False, still, (Breach.opened_at, Breach.id)),
        (wanted.is_open is not True, settled, (Breach.opened_at.desc(), Breach.id.desc())),
    ):
        if not shown:
            continue
        query = select(Breach).where(state)
        if wanted.severity is not None:
            query = query.where(Breach.severity == wanted.severity)
        if wanted.older_than:
            query = query.where(Breach.opened_at < now - wanted.older_than)
        found += rows_of(session, query.order_by(*order).limit(most), now)
    letters = fold(wanted.words)
    return [row for row in found if letters in fold(_text(row))] if letters else found


def story_of(row: BreachRow) -> list[Moment]:
    """Return what happened, in order: found, acted on, looked at again, verified, closed."""
    return sorted(_moments(row), key=lambda moment: moment.at)


def _moments(row: BreachRow) -> Iterator[Moment]:
    yield Moment(row.opened_at, _found(row))
    for action in row.actions:
        said = " → ".join(part for part in (action.cause, action.action) if part)
        if action.core_celsius is not None:
            said += tr(" ; à cœur {celsius}").format(celsius=figure(action.core_celsius, "°C"))
        if action.gap_minutes is not None:
            said += tr(" ; écart de {n} min").format(n=action.gap_minutes)
        if action.moved_to:
            said += tr(" ; vers {place}").format(place=action.moved_to)
        yield Moment(action.taken_at, _by(said, action.initials))
        if action.recheck_at is not None:
            seen = tr("bon") if action.worked else tr("pas encore bon")
            if action.recheck_value is not None:
                seen = f"{figure(action.recheck_value, row.unit)}, {seen}"
            yield Moment(action.recheck_at, tr("Contrôle : {seen}").format(seen=seen))
    for lot in row.lots:
        food = " ".join(part for part in (lot.product, lot.lot, lot.quantity) if part)
        said = tr("{food} : {state}").format(food=food, state=lot_state_name(lot.state))
        yield Moment(lot.since, _by(said, lot.by))
        if lot.released_at is not None:
            said = tr("{food} : décidé, {words}").format(food=food, words=lot.release_words)
            yield Moment(lot.released_at, _by(said, lot.released_by))
    for proof in row.proofs:
        said = tr("Preuve jointe : {name}").format(name=proof.name)
        yield Moment(proof.added_at, _by(said, proof.added_by))
    yield from _ends(row)


def _ends(row: BreachRow) -> Iterator[Moment]:
    if row.verified_at is not None:
        said = tr("Vérifié : {words}").format(words=row.efficacy)
        yield Moment(row.verified_at, _by(said, row.verified_by))
    if row.settled_at is None:
        return
    if row.withdrawn:
        yield Moment(row.settled_at, tr("Annulée : la ligne a été corrigée"))
    else:
        said = tr("Close et scellée") if row.sealed else tr("Réglée")
        yield Moment(row.settled_at, _by(said, row.closed_by))


def _found(row: BreachRow) -> str:
    said = tr("Constaté : {what}").format(what=about(row))
    if row.measured is not None and row.excess is not None:
        said += tr(", {celsius}, limite {limit}, écart {excess}").format(
            celsius=measured_text(row),
            limit=bound_text(row),
            excess=figure(row.excess, row.unit),
        )
    return _by(f"{said}, {row.words}" if row.words else said, row.noted_by)


def _by(words: str, initials: str) -> str:
    return f"{words} ({initials})" if initials else words


def _text(row: BreachRow) -> str:
    done = [part for action in row.actions for part in (action.cause, action.action)]
    food = [part for lot in row.lots for part in (lot.product, lot.lot)]
    own = [row.number, row.subject, row.product, row.lot, row.words, row.place, row.point]
    return " ".join([*own, *done, *food])
