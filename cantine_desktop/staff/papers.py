"""Every paper of the staff."""

from cantine_desktop.documents.registry import Document
from cantine_desktop.staff.contracts import sheets as contracts
from cantine_desktop.staff.hours import sheets as hours
from cantine_desktop.staff.payroll import sheets as payroll

DOCUMENTS: tuple[Document, ...] = (*contracts.DOCUMENTS, *hours.DOCUMENTS, *payroll.DOCUMENTS)
