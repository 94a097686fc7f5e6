"""Whatever is typed on the sheets of food: judged without a crash, and never proved by a hole."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cantine_desktop.hygiene.catalogue import register_of
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.registers import recording
from cantine_desktop.hygiene.registers.queries import line_of
from cantine_desktop.hygiene.registers.register import Kind

DAY = date(2026, 11, 19)
NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)
NEEDED = {
    "goods": ("product", "supplier", "ware", "decision"),
    "cooking": ("dish", "cooked", "core_celsius"),
    "cooling": ("dish", "started_at", "start_celsius", "ended_at", "end_celsius"),
    "reheating": ("dish", "started_at", "start_celsius", "ended_at", "end_celsius"),
    "services": ("dish", "temper", "start_celsius", "discarded"),
    "oil": ("fryer",),
    "samples": ("dish", "grams"),
    "use_by": ("decision",),
    "making": ("dish", "point"),
}
"""Without one of these, a row proves nothing."""

words = st.text(max_size=12)
degrees = st.decimals(-60, 300, places=1)


def values_of(column):
    if column.kind is Kind.CHOICE:
        return st.sampled_from([None, *(choice.value for choice in column.choices)])
    kinds = {
        Kind.TEXT: words,
        Kind.INITIALS: words,
        Kind.DAY: st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1)),
        Kind.TIME: st.none() | st.integers(-3000, 3000).map(lambda n: NOON + timedelta(minutes=n)),
        Kind.CELSIUS: st.none() | degrees,
        Kind.YES_NO: st.none() | st.booleans(),
        Kind.CHECK: st.none() | st.booleans(),
        Kind.NUMBER: st.none() | st.integers(-1000, 10_000).map(Decimal),
    }
    return kinds[column.kind]


def records(register):
    typed = [each for each in register.columns if each.compute is None and each.key != "day"]
    return st.fixed_dictionaries({each.key: values_of(each) for each in typed})


@pytest.mark.parametrize("key", NEEDED)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_row_with_a_hole_where_it_matters_is_conform(book, key, data):
    register = register_of(key)
    values = data.draw(records(register))
    record = register.model(day=DAY, recorded_at=book.clock(), **values)
    with book.read() as session:
        found = recording.judge(session, register, record)
        assert (found.fault is not None) == (found.verdict is Verdict.BREACH)
        if any(values[each] in {None, ""} for each in NEEDED[key]):
            assert found.verdict in {Verdict.NOT_DONE, Verdict.BREACH}
        record.id = 1
        assert all(isinstance(text, str) for text in line_of(register, [record]).texts)
