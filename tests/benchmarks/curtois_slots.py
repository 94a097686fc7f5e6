"""A straightforward CP-SAT model of a public instance: one switch for each worker, day and shift.

Run alone, as a program: some versions of this solver cannot be in one process with HiGHS. Writes
one line of JSON: the points, the bound, the roster.
"""

import json
import sys
from itertools import pairwise

from ortools.sat.python import cp_model

from tests.benchmarks.curtois_instance import load


def main(number, seconds):
    instance = load(number)
    model = cp_model.CpModel()
    works = {
        (name, day, shift): model.new_bool_var(f"{name} {day} {shift}")
        for name in instance.workers
        for day in range(instance.days)
        for shift in instance.minutes
    }
    paid = []
    for name, worker in instance.workers.items():
        _worker(model, instance, name, worker, works)
        paid += [p * (1 - works[name, *cell]) for cell, p in worker.wished.items()]
        paid += [p * works[name, *cell] for cell, p in worker.unwished.items()]
    for (day, shift), (wanted, under, over) in instance.cover.items():
        few = model.new_int_var(0, wanted, "")
        many = model.new_int_var(0, len(instance.workers), "")
        heads = sum(works[name, day, shift] for name in instance.workers)
        model.add(heads + few - many == wanted)
        paid += [under * few, over * many]
    model.minimize(sum(paid))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 7
    status = solver.solve(model)
    roster = None
    if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        roster = {name: {} for name in instance.workers}
        for (name, day, shift), switch in works.items():
            if solver.value(switch):
                roster[name][day] = shift
    found = {"bound": solver.best_objective_bound, "roster": roster, "seconds": solver.wall_time}
    print(json.dumps(found))  # noqa: T201  -- read by the benchmark


def _worker(model, instance, name, worker, works):
    days = range(instance.days)
    at = [model.new_bool_var("") for _ in days]
    for day in days:
        model.add(sum(works[name, day, s] for s in instance.minutes) == at[day])
    for day in worker.off:
        model.add(at[day] == 0)
    for before, after in pairwise(days):
        for shift, never in instance.forbidden.items():
            for other in never:
                model.add_implication(works[name, before, shift], ~works[name, after, other])
    for shift, most in worker.most.items():
        model.add(sum(works[name, day, shift] for day in days) <= most)
    minutes = sum(instance.minutes[s] * works[name, d, s] for d in days for s in instance.minutes)
    model.add_linear_constraint(minutes, worker.least_minutes, worker.most_minutes)
    for first in range(instance.days - worker.most_in_row):
        model.add(sum(at[first : first + worker.most_in_row + 1]) <= worker.most_in_row)
    _least_in_row(model, at, worker.least_in_row, False)
    _least_in_row(model, at, worker.least_off, True)
    weekends = []
    for saturday in range(5, instance.days, 7):
        weekend = model.new_bool_var("")
        for day in range(saturday, min(saturday + 2, instance.days)):
            model.add_implication(at[day], weekend)
        weekends.append(weekend)
    model.add(sum(weekends) <= worker.weekends)


def _least_in_row(model, at, least, is_off):
    """Forbid runs that are too short, and are not at an end of the horizon."""
    own = [~switch for switch in at] if is_off else at
    for length in range(1, least):
        for first in range(1, len(at) - length):
            run = own[first : first + length]
            model.add_bool_or([own[first - 1], *(~switch for switch in run), own[first + length]])


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
