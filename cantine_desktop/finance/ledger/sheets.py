"""What is printed of the ledger: journals, general ledger, trial balances."""

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.finance.ledger import journal_sheet, ledger_sheet, trial_sheet

DOCUMENTS: tuple[Document, ...] = (
    Document(
        "journals",
        journal_sheet.TITLE,
        journal_sheet.write_journals,
        cadence=Cadence.MONTH,
        area="finance",
    ),
    Document(
        "general-ledger",
        ledger_sheet.TITLE,
        ledger_sheet.write_ledger,
        cadence=Cadence.YEAR,
        area="finance",
    ),
    Document(
        "trial-balance",
        trial_sheet.TRIAL_TITLE,
        trial_sheet.write_trial_balance,
        cadence=Cadence.YEAR,
        area="finance",
    ),
    Document(
        "party-balance",
        trial_sheet.PARTY_TITLE,
        trial_sheet.write_party_balance,
        cadence=Cadence.YEAR,
        area="finance",
    ),
)
