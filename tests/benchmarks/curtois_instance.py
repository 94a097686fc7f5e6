"""The public « Employee Shift Scheduling » instances of T. Curtois: read, and judged.

The checker below knows nothing of how a roster was made. Rules, as published with the instances:
at most one shift a day; some shifts may not follow others; at most so many shifts of each type;
minutes between two bounds; at most so many shifts in a row, as if days off came before and after
the horizon; at least so many shifts in a row, and days off in a row, as if any number of them
came before and after; at most so many weekends with a shift on Saturday or Sunday; days off that
are given. Requests cost when they are not met, and cover when it is under or over.
"""

import os
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

FOLDER = os.environ.get("CANTINE_ROSTERS", "")
"""Folder of ``Instance1.txt``… : they are not ours to hand on."""


@dataclass(frozen=True)
class Worker:
    most: dict
    most_minutes: int
    least_minutes: int
    most_in_row: int
    least_in_row: int
    least_off: int
    weekends: int
    off: set = field(default_factory=set)
    wished: dict = field(default_factory=dict)
    unwished: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Instance:
    days: int
    minutes: dict
    forbidden: dict
    workers: dict
    cover: dict
    """By day and shift: wanted, points for one under, points for one over."""


def read(text):
    sections, name = {}, None
    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith("SECTION_"):
            name = line.removeprefix("SECTION_")
            sections[name] = []
        elif line and not line.startswith("#"):
            sections[name].append(line.split(","))
    minutes = {row[0]: int(row[1]) for row in sections["SHIFTS"]}
    forbidden = {row[0]: {s for s in row[2].split("|") if s} for row in sections["SHIFTS"]}
    workers = {}
    for row in sections["STAFF"]:
        limits = [part.split("=") for part in row[1].split("|") if part]
        workers[row[0]] = Worker({shift: int(n) for shift, n in limits}, *map(int, row[2:8]))
    for row in sections["DAYS_OFF"]:
        workers[row[0]].off.update(map(int, row[1:]))
    for who, day, shift, points in sections["SHIFT_ON_REQUESTS"]:
        workers[who].wished[int(day), shift] = int(points)
    for who, day, shift, points in sections["SHIFT_OFF_REQUESTS"]:
        workers[who].unwished[int(day), shift] = int(points)
    cover = {(int(row[0]), row[1]): tuple(map(int, row[2:5])) for row in sections["COVER"]}
    return Instance(int(sections["HORIZON"][0][0]), minutes, forbidden, workers, cover)


def load(number):
    return read((Path(FOLDER) / f"Instance{number}.txt").read_text("utf-8"))


def best_known():
    rows = (Path(FOLDER) / "best_known.csv").read_text("utf-8").splitlines()[1:]
    return {int(row.split(",")[0].removeprefix("Instance")): int(row.split(",")[1]) for row in rows}


def runs(instance, row):
    """Return the runs of a row: first day, length, whether worked."""
    found, start = [], 0
    for day in range(1, instance.days + 1):
        if day == instance.days or (row.get(day) is None) != (row.get(day - 1) is None):
            found.append((start, day - start, row.get(start) is not None))
            start = day
    return found


def faults(instance, roster):
    """Return every rule that a roster (worker → day → shift) breaks, in words."""
    found = []
    for name, worker in instance.workers.items():
        row = roster.get(name, {})
        for before, after in pairwise(range(instance.days)):
            if row.get(after) in instance.forbidden.get(row.get(before), ()):
                found.append(f"{name}: {row[after]} after {row[before]} on day {after}")
        shifts = [row[day] for day in sorted(row)]
        if set(row) - set(range(instance.days)) or set(shifts) - set(instance.minutes):
            found.append(f"{name}: a day or a shift that does not exist")
        found += [
            f"{name}: more than {most} {shift}"
            for shift, most in worker.most.items()
            if shifts.count(shift) > most
        ]
        total = sum(instance.minutes[shift] for shift in shifts)
        if not worker.least_minutes <= total <= worker.most_minutes:
            found.append(f"{name}: {total} minutes")
        found += [f"{name}: day {day} is off" for day in worker.off if day in row]
        weekends = {day // 7 for day in row if day % 7 >= 5}
        if len(weekends) > worker.weekends:
            found.append(f"{name}: {len(weekends)} weekends")
        for first, length, is_worked in runs(instance, row):
            inside = first > 0 and first + length < instance.days
            least = worker.least_in_row if is_worked else worker.least_off
            if inside and length < least:
                found.append(f"{name}: {length} in a row from day {first}")
            if is_worked and length > worker.most_in_row:
                found.append(f"{name}: {length} shifts in a row from day {first}")
    return found


def points(instance, roster):
    """Return what a roster costs, by the rules of the instance alone."""
    total = 0
    for name, worker in instance.workers.items():
        row = roster.get(name, {})
        total += sum(p for (day, shift), p in worker.wished.items() if row.get(day) != shift)
        total += sum(p for (day, shift), p in worker.unwished.items() if row.get(day) == shift)
    for (day, shift), (wanted, under, over) in instance.cover.items():
        heads = sum(row.get(day) == shift for row in roster.values())
        total += under * max(0, wanted - heads) + over * max(0, heads - wanted)
    return total
