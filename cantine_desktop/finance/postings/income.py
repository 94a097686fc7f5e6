"""What the canteen invoices, and what public bodies and foundations promise."""

from sqlalchemy.orm import Session

from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.postings.facts import GrantFacts, SaleFacts


def post_sale(session: Session, facts: SaleFacts) -> Entry:
    """Write the entry of an invoice to a customer."""
    return post(
        session,
        DraftEntry(
            "VE",
            facts.day,
            facts.label,
            facts.number,
            (
                debit(
                    Role.CUSTOMERS,
                    facts.amount - facts.deducted,
                    party=facts.party,
                    due_day=facts.due_day,
                ),
                debit(Role.CUSTOMER_ADVANCES, facts.deducted, party=facts.party),
                credit(facts.account, facts.amount, activity=facts.activity),
            ),
            fact="credit-note" if facts.is_credit_note else "sale",
            origin=facts.origin,
        ),
    )


def post_advance(session: Session, facts: SaleFacts) -> Entry:
    """Write the entry of a deposit invoiced before the sale: owed to the customer until then."""
    return post(
        session,
        DraftEntry(
            "VE",
            facts.day,
            facts.label,
            facts.number,
            (
                debit(Role.CUSTOMERS, facts.amount, party=facts.party, due_day=facts.due_day),
                credit(Role.CUSTOMER_ADVANCES, facts.amount, party=facts.party),
            ),
            fact="advance",
            origin=facts.origin,
        ),
    )


def post_grant(session: Session, facts: GrantFacts) -> Entry:
    """Write a grant on the day it is notified; later years’ part is deferred on 487."""
    now = facts.amount - facts.later_years
    income = Role.INVESTMENT_GRANT if facts.is_investment else facts.account
    return post(
        session,
        DraftEntry(
            "OD",
            facts.day,
            facts.label,
            facts.reference,
            (
                debit(Role.GRANTS_RECEIVABLE, facts.amount, project=facts.project),
                credit(income, now, activity="STRUCTURE", project=facts.project),
                credit(Role.DEFERRED_INCOME, facts.later_years, project=facts.project),
            ),
            fact="grant",
            origin=facts.origin,
        ),
    )
