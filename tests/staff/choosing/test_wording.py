"""How sure a roster is, as it is said."""

import pytest

from cantine_desktop.staff.choosing.model import Answer
from cantine_desktop.staff.choosing.wording import quality_in_words


@pytest.mark.parametrize(
    ("cost", "bound", "words"),
    [
        (120, 120, "optimal"),
        (102, 100, "au plus 2\u00a0% au-dessus du possible"),
        (1001, 1000, "au plus 1\u00a0% au-dessus du possible"),
        (400, 100, "au plus 300 points au-dessus du possible"),
        (-3, -4, "au plus 1 point au-dessus du possible"),
    ],
)
def test_a_share_is_rounded_up_and_points_are_said_where_a_share_means_nothing(cost, bound, words):
    assert quality_in_words(Answer({}, cost, bound)) == words


def test_a_roster_that_may_break_more_than_it_must_says_so():
    words = quality_in_words(Answer({}, 5, 5, is_broken_least=False))
    assert words.startswith("sans preuve")
