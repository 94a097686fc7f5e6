"""The demonstration’s budget, grants and prices stand beside its money."""

from datetime import date

from cantine_desktop.finance.budget.following import follow
from cantine_desktop.finance.budget.planning import versions
from cantine_desktop.finance.grants.following import followed_grants
from cantine_desktop.finance.ledger.years import open_year
from cantine_desktop.finance.price.displaying import price_on
from cantine_desktop.finance.treasury.curve import own_scenarios
from cantine_desktop.office.demo_budget import write_budget
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

TODAY = date(2026, 11, 22)


def test_the_board_of_the_demonstration_decided_a_budget_grants_and_prices(book):
    with book.action("démonstration") as session:
        year = open_year(session, Period.year(TODAY))
        write_budget(session, TODAY)
        assert [each.version for each in versions(session, year)] == [2, 1]
        planned = follow(session, year, TODAY)
        assert planned.sums("6")[0] > planned.sums("7")[0], "a small deficit, as it is told"
        urgent = [grant for grant in followed_grants(session, TODAY) if grant.is_urgent]
        assert [grant.days_left for grant in urgent] == [25]
        assert price_on(session, TODAY).amount == Money(12_50)
        assert own_scenarios(session)
