"""On the demonstration’s year, what a director accepts teaches what comes next."""

from tests.conftest import NOW
from tests.finance.learning_year import Year

TAUGHT_AFTER = 3
"""Months accepted before proposals are counted."""


def test_after_three_months_most_first_proposals_are_right_and_ticked_ones_are(book):
    months = list(Year(book, NOW).months())
    taught = months[TAUGHT_AFTER:]
    lines = sum(month.lines for month in taught)
    right = sum(month.right for month in taught)
    assert lines > 400
    missed = [words for month in taught for words in month.missed]
    assert right >= 0.85 * lines, missed
    ticked = sum(month.ticked for month in months)
    assert ticked > 300
    assert sum(month.well_ticked for month in months) >= 0.995 * ticked
