"""Wages, volunteers’ hours and what is given in kind."""

from sqlalchemy.orm import Session

from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.ledger.posting import DraftEntry, DraftLine, credit, debit, post
from cantine_desktop.finance.postings.facts import InKindFacts, PayrollFacts, VolunteeringFacts
from cantine_desktop.values.money import Money

_SOURCES = {
    Role.DONATED_FOOD_USED: Role.DONATED_FOOD,
    Role.PREMISES_LENT: Role.GIVEN_IN_KIND,
    Role.SERVICES_GIVEN: Role.GIVEN_IN_KIND,
    Role.VOLUNTEERS: Role.VOLUNTEERING,
}
"""What stands at the credit of each use in kind."""


def post_payroll(session: Session, facts: PayrollFacts) -> Entry:
    """Write the entry of a month’s payslips: wages and charges, what is withheld and owed."""
    withheld = (
        facts.urssaf_employee
        + facts.pension_employee
        + facts.health_employee
        + facts.withholding_tax
    )
    lines = [
        *_shared(Role.WAGES, facts.gross, facts),
        *_shared(Role.URSSAF_CHARGES, facts.urssaf_employer, facts),
        *_shared(Role.PENSION_CHARGES, facts.pension_employer, facts),
        *_shared(Role.HEALTH_CHARGES, facts.health_employer, facts),
        credit(Role.NET_PAY, facts.gross - withheld),
        credit(Role.URSSAF, facts.urssaf_employee + facts.urssaf_employer),
        credit(Role.PENSION, facts.pension_employee + facts.pension_employer),
        credit(Role.HEALTH_INSURANCE, facts.health_employee + facts.health_employer),
        credit(Role.WITHHOLDING_TAX, facts.withholding_tax),
    ]
    label = f"Paie {facts.day:%m/%Y}"
    return post(
        session,
        DraftEntry(
            "SA", facts.day, label, facts.reference, lines, fact="payroll", origin=facts.origin
        ),
    )


def _shared(account: str, amount: Money, facts: PayrollFacts) -> list[DraftLine]:
    parts = amount.split(list(facts.activities.values()))
    return [
        debit(account, part, activity=activity)
        for activity, part in zip(facts.activities, parts, strict=True)
    ]


def post_volunteering(session: Session, facts: VolunteeringFacts) -> Entry:
    """Write the value of hours given: 864 and 875."""
    value = Money((facts.hundredths * facts.rate.cents + 50) // 100)
    return _in_kind(session, Role.VOLUNTEERS, value, facts, "volunteering")


def post_in_kind(session: Session, facts: InKindFacts) -> Entry:
    """Write the value of something given in kind: class 8 on both sides."""
    return _in_kind(session, facts.use, facts.amount, facts, "in-kind")


def _in_kind(
    session: Session,
    use: str,
    value: Money,
    facts: VolunteeringFacts | InKindFacts,
    fact: str,
) -> Entry:
    return post(
        session,
        DraftEntry(
            "CVN",
            facts.day,
            facts.label,
            facts.reference,
            (
                debit(use, value, activity=facts.activity),
                credit(_SOURCES[Role(use)], value, activity=facts.activity),
            ),
            fact=fact,
            origin=facts.origin,
        ),
    )
