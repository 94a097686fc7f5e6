"""The steps of an arrival, by status: what is to be done, by when, what was."""

import tomllib
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import msgspec
from sqlalchemy.orm import Session

import resources
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.staff.contracts.model import ArrivalTick, Contract, Status


class Step(msgspec.Struct, frozen=True, rename={"statuses": "for"}, forbid_unknown_fields=True):
    """A step of an arrival.

    Attributes:
        statuses: Whom it is for.
        days: Civil days after the first day by which it is done; below zero, before it.
        source: Id in ``resources/sources.toml``.
    """

    key: str
    title: str
    statuses: tuple[Status, ...]
    days: int
    source: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    step: tuple[Step, ...]


class StepRow(NamedTuple):
    """A step of somebody’s arrival.

    Attributes:
        due_on: Civil day by which it is to be done.
        done_on: Civil day it was; ``None`` while it was not.
    """

    key: str
    title: str
    due_on: date
    done_on: date | None


@cache
def steps() -> tuple[Step, ...]:
    """Return every step, in the order they are done."""
    return msgspec.convert(tomllib.loads(resources.text("staff/arrival.toml")), _File).step


def steps_for(status: Status) -> list[Step]:
    """Return the steps of a status, in order."""
    return [step for step in steps() if status in step.statuses]


def arrival_of(contract: Contract) -> list[StepRow]:
    """Return the steps of an arrival, with what was done."""
    done = {tick.key: tick.done_on for tick in contract.ticks}
    return [
        StepRow(
            step.key, step.title, contract.first + timedelta(days=step.days), done.get(step.key)
        )
        for step in steps_for(contract.status)
    ]


def tick(session: Session, contract_id: int, key: str, done_on: date | None) -> None:
    """Say that a step was done on a day, or that it was not after all (``None``).

    Raises:
        UserError: The arrival of this status has no such step.
    """
    contract = session.get_one(Contract, contract_id)
    if key not in {step.key for step in steps_for(contract.status)}:
        raise UserError(tr("Cette étape n’est pas de cet accueil."))
    there = next((each for each in contract.ticks if each.key == key), None)
    if there is not None and done_on is None:
        contract.ticks.remove(there)
    elif there is not None and done_on is not None:
        there.done_on = done_on
    elif done_on is not None:
        contract.ticks.append(ArrivalTick(key=key, done_on=done_on))
    session.flush()
