"""The inspection file: one signed PDF of a period (D11, dossier de contrôle)."""

from collections.abc import Callable
from datetime import datetime
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.archive import About, Attached, Relation
from cantine_desktop.documents.binder import bind
from cantine_desktop.documents.fonts import printable
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.inspection.contents import contents
from cantine_desktop.hygiene.inspection.controls import controls, past
from cantine_desktop.hygiene.inspection.keys import ensure_key, signer_of
from cantine_desktop.hygiene.inspection.making import Making
from cantine_desktop.hygiene.inspection.manifest import RECORDS, Facts, chain_heads, signed_pdf
from cantine_desktop.hygiene.inspection.records import records_json
from cantine_desktop.i18n import language, mark, tr
from cantine_desktop.storage.watch import watch_of
from cantine_desktop.values.period import Period

KEY = "inspection-file"

Tell = Callable[[int, str], None]
"""Told how far the work is, from 0 to 100, and what is being done; what it raises ends it."""


def quiet(_percent: int, _words: str) -> None:
    """Tell nobody."""


def write_inspection_file(
    session: Session, period: Period, now: datetime, target: IO[bytes], *, tell: Tell = quiet
) -> None:
    """Write the inspection file of a period.

    Args:
        session: Where to read; the book should have its key (``keys.ensure_key``), else the
            file is not signed and says so.
        period: Any days; those to come are left out.
        now: The present instant.
        target: Where the PDF goes.
        tell: Told how far the work is; an exception it raises cancels it.

    Raises:
        UserError: The period is still to come.
    """
    counted = past(session, period, now)
    if counted is None:
        raise UserError(
            tr(
                "Ce livre ne dit rien de cette période : elle n’a pas commencé, ou il n’existait "
                "pas encore."
            )
        )
    tell(0, tr("comptage"))
    signer = signer_of(session)
    making = Making(
        session=session,
        period=period,
        counted=counted,
        now=now,
        today=civil_date(now),
        canteen=canteen_name(session),
        words=in_words(period),
        by=watch_of(session).actor.name,
        fingerprint=signer.fingerprint if signer else "",
        controls=controls(session, period, now),
    )
    tell(5, tr("pièces"))
    parts, papers = contents(making)
    raw = bind(parts, lambda share: tell(10 + int(60 * share), tr("mise en pages")))
    tell(72, tr("enregistrements"))
    rows = Attached(
        RECORDS,
        records_json(session, period),
        "application/json",
        Relation.DATA,
        tr("Enregistrements de la période"),
    )
    tell(80, tr("signature"))
    facts = Facts(making.canteen, period, now, making.by)
    title = tr("Dossier de contrôle, {period}").format(period=making.words)
    about = About(printable(title), printable(making.canteen), language(), now)
    heads = chain_heads(session)
    target.write(signed_pdf(raw, facts, heads, [rows, *papers], signer, about))
    tell(100, "")


DOCUMENTS = (
    Document(
        KEY,
        mark("Dossier de contrôle"),
        write_inspection_file,
        "D11",
        Cadence.YEAR,
        "hygiene",
        screen="dossier",
        prepare=ensure_key,
    ),
)
"""The inspection file."""
