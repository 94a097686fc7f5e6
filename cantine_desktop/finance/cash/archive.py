"""The archive of the till: its events as lines of JSON, with hashes and the way to verify them.

Archiving is in an open format, at least once a year, kept six years. Source: CGI-286.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.clock import PARIS
from cantine_desktop.finance.cash.chain import event_text, stamp
from cantine_desktop.finance.cash.model import CashEvent
from cantine_desktop.i18n import mark, tr
from cantine_desktop.storage.types import canonical_json
from cantine_desktop.values.period import Period

FORMAT = "cantine-caisse-1"
EVENTS = "evenements.jsonl"
MANIFEST = "manifeste.json"
SUMS = "empreintes.sha256"
README = "LISEZMOI.txt"


_WORDS = mark(
    "ARCHIVE DE CAISSE\n"
    "=================\n\n"
    "Cantine : {canteen}\n"
    "Jours demandés : du {first} inclus au {end} exclu\n"
    "Événements : {events} (n° {from} à {to})\n"
    "Dernière empreinte : {last}\n\n"
    "Ce que contient l’archive\n"
    "-------------------------\n"
    "evenements.jsonl   un événement de caisse par ligne : recettes, corrections,\n"
    "                   comptages, remises, clôtures. Les montants sont en centimes.\n"
    "manifeste.json     d’où à où va cette archive.\n"
    "empreintes.sha256  l’empreinte SHA-256 de chaque fichier.\n\n"
    "Comment la vérifier\n"
    "-------------------\n"
    "1. Dans Cantine Desktop : Finances, Caisse, Vérifier une archive, ou la commande\n"
    "   « cantine-desktop till-check archive.zip ».\n"
    "2. Sans Cantine Desktop : « sha256sum -c empreintes.sha256 » vérifie les fichiers ;\n"
    "   puis, ligne après ligne, l’empreinte d’un événement est\n"
    "       SHA-256( empreinte de l’événement d’avant + texte de l’événement )\n"
    "   où le texte est la valeur « event » réécrite en JSON : clés triées, sans espace,\n"
    "   lettres accentuées telles quelles, en UTF-8. En Python :\n\n"
    "       import hashlib, json\n"
    "       before = json.load(open('manifeste.json', encoding='utf-8'))['previous']\n"
    "       for line in open('evenements.jsonl', encoding='utf-8'):\n"
    "           link = json.loads(line)\n"
    "           text = json.dumps(link['event'], sort_keys=True, ensure_ascii=False,\n"
    "                             separators=(',', ':'))\n"
    "           before_and_text = (before + text).encode('utf-8')\n"
    "           assert link['previous'] == before, link['event']['number']\n"
    "           before = hashlib.sha256(before_and_text).hexdigest()\n"
    "           assert link['hash'] == before, link['event']['number']\n\n"
    "3. La dernière empreinte doit être celle du manifeste, et celle que portent les\n"
    "   clôtures imprimées : qui récrirait toute l’archive ne peut pas récrire le papier.\n\n"
    "Conservez cette archive six ans, hors de l’ordinateur de caisse.\n"
)
"""What the archive is, and how anybody verifies it, with or without us."""


def write_archive(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the events of the till about a period, as a ZIP that anybody can verify.

    It holds the chain from the first event about a day of the period to the last one, without
    a hole: events about other days that were written in between are there too.

    Args:
        session: A session that reads.
        period: Days wanted.
        now: Present instant.
        target: Where the bytes go.
    """
    events = _events(session, period)
    numbers = dict(session.execute(select(CashEvent.id, CashEvent.number)).all())
    lines = [_line(event, numbers) for event in events]
    jsonl = "".join(f"{line}\n" for line in lines).encode()
    manifest = _manifest(session, period, now, events)
    files = {
        EVENTS: jsonl,
        MANIFEST: (
            json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        ).encode(),
        README: _readme(manifest).encode(),
    }
    files[SUMS] = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items()
    ).encode()
    local = now.astimezone(PARIS)
    at = (local.year, local.month, local.day, local.hour, local.minute, local.second)
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = ZipInfo(name, at)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, content)


def _events(session: Session, period: Period) -> Sequence[CashEvent]:
    bounds = select(func.min(CashEvent.number), func.max(CashEvent.number)).where(
        CashEvent.day >= period.first, CashEvent.day < period.end
    )
    for first, last in session.execute(bounds.having(func.count() > 0)):
        query = select(CashEvent).where(CashEvent.number >= first, CashEvent.number <= last)
        return session.scalars(query.order_by(CashEvent.number)).all()
    return []


def _line(event: CashEvent, numbers: dict[int, int]) -> str:
    """Write an event and its hashes; the event itself is exactly what the hash is taken of."""
    corrects = numbers[event.corrects_id] if event.corrects_id is not None else None
    text = event_text(event, corrects)
    return (
        f'{{"event":{text},"hash":{canonical_json(event.hash)},'
        f'"previous":{canonical_json(event.previous)}}}'
    )


def _manifest(
    session: Session, period: Period, now: datetime, events: Sequence[CashEvent]
) -> dict[str, Any]:
    canteen = session.scalar(select(Canteen).limit(1))
    return {
        "format": FORMAT,
        "canteen": canteen.name if canteen else "",
        "siren": canteen.siren if canteen else "",
        "rna": canteen.rna if canteen else "",
        "first": period.first.isoformat(),
        "end": period.end.isoformat(),
        "written_at": stamp(now),
        "events": len(events),
        "from": events[0].number if events else 0,
        "to": events[-1].number if events else 0,
        "previous": events[0].previous if events else "",
        "last": events[-1].hash if events else "",
    }


def _readme(manifest: dict[str, Any]) -> str:
    """Say what the archive is and how anybody verifies it."""
    return tr(_WORDS).format(**manifest)
