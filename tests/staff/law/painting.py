"""An oracle that knows nothing of intervals: it paints each minute, and reads off the painting."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Paris")


class Painting:
    """Each minute of some days: nothing, present, at work, and the day it is reckoned with."""

    def __init__(self, first, stints, days=21):
        self.first = first
        self.origin = datetime(first.year, first.month, first.day, tzinfo=ZONE).astimezone(UTC)
        end = first + timedelta(days + 2)
        last = datetime(end.year, end.month, end.day, tzinfo=ZONE).astimezone(UTC)
        size = int((last - self.origin).total_seconds()) // 60
        self.present, self.working, self.owner = [False] * size, [False] * size, [None] * size
        self.civil = [None] * size
        for place in range(0, size, 30):
            day = (self.origin + timedelta(minutes=place)).astimezone(ZONE).date()
            self.civil[place : place + 30] = [day] * 30
        for stint in stints:
            start, end = self.place(stint.start), self.place(stint.end)
            pause = start + (end - start - stint.pause) // 2
            for minute in range(start, end):
                self.present[minute] = True
                self.working[minute] = not pause <= minute < pause + stint.pause
                self.owner[minute] = stint.start.astimezone(ZONE).date()

    def place(self, instant):
        return int((instant.astimezone(UTC) - self.origin).total_seconds()) // 60

    def minutes_by(self, name):
        counted = {}
        for minute, works in enumerate(self.working):
            if works:
                key = name(self.civil[minute])
                counted[key] = counted.get(key, 0) + 1
        return counted

    def by_owner(self):
        places = {}
        for minute, owner in enumerate(self.owner):
            if owner is not None:
                places.setdefault(owner, []).append(minute)
        return places

    def too_long_days(self, limit):
        return {day: n for day, n in self.minutes_by(lambda day: day).items() if n > limit}

    def too_long_weeks(self, limit):
        weeks = self.minutes_by(lambda day: day - timedelta(day.weekday()))
        return {monday: n for monday, n in weeks.items() if n > limit}

    def too_stretched(self, limit):
        stretched = {day: spots[-1] - spots[0] + 1 for day, spots in self.by_owner().items()}
        return {day: n for day, n in stretched.items() if n > limit}

    def too_short_rests(self, limit):
        days = sorted(self.by_owner().items())
        found = {}
        for (day, spots), (_, later) in pairwise(days):
            rest = 0
            while not self.present[spots[-1] + 1 + rest] and spots[-1] + 1 + rest < later[0]:
                rest += 1
            if rest < limit:
                found[day] = rest
        return found

    def weeks_without_rest(self, whole, inside):
        """Weeks worked without a run of free minutes long enough, enough of it in the week."""
        mondays = {day - timedelta(day.weekday()) for day, works in
                   zip(self.civil, self.working, strict=True) if works}  # fmt: skip
        rested, began = set(), set()
        for spots in self.free_runs():
            if len(spots) < whole and not self.is_edge(spots):
                continue
            counts = {}
            for minute in spots:
                monday = self.civil[minute] - timedelta(self.civil[minute].weekday())
                counts[monday] = counts.get(monday, 0) + 1
            rested |= {monday for monday, n in counts.items() if n >= inside}
            first = self.civil[spots[0]]
            monday = first - timedelta(first.weekday())
            if spots[0] > 0 and counts[monday] * 2 >= inside:
                began.add(monday)
        return mondays - rested, mondays - rested - began

    def is_edge(self, spots):
        return spots[0] == 0 or spots[-1] == len(self.present) - 1

    def free_runs(self):
        run = []
        for minute, is_there in enumerate(self.present):
            if not is_there:
                run.append(minute)
            elif run:
                yield run
                run = []
        if run:
            yield run

    def without_break(self, after, least):
        """Days with so much work and no break in time; one inside a stint may be anywhere in it."""
        found = set()
        for day, spots in self.by_owner().items():
            inside = set(spots)
            worked, idle, done = 0, 0, 0
            total = sum(self.working[minute] for minute in spots)
            for minute in range(spots[0], spots[-1] + 1):
                if minute in inside and self.working[minute]:
                    worked += 1
                    if idle >= least:
                        done = max(done, idle)
                    idle = 0
                elif worked < after:
                    idle += 1
            if total >= after and not done:
                found.add(day)
        return found
