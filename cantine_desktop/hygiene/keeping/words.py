"""What is said of keeping and destroying, on screen and on paper alike."""

from datetime import date

from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.keeping.holds import REASONS, HoldLine
from cantine_desktop.hygiene.keeping.purging import Certificate
from cantine_desktop.hygiene.keeping.review import Line
from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.i18n import mark, short_day, tr, trn
from cantine_desktop.storage.backup import KEPT_PER_REASON, MONTHLY

AFTER = {
    Retention.MONITORING: mark(
        "et jamais moins de 6 mois après la dernière DLC ou DDM connue des denrées de ces jours"
    ),
    Retention.TRACEABILITY: mark(
        "et au moins 5 ans sans durée de vie connue, DDM + 6 mois au-delà de 5 ans, 6 mois pour "
        "une DLC de moins de 3 mois"
    ),
    Retention.VERIFICATION: mark("3 ans au moins ; une non-conformité, depuis sa clôture"),
    Retention.ALLERGEN_REFUSAL: mark("3 ans au moins après le dernier repas"),
    Retention.BRIEFING: mark("aucun texte : le plus court possible, ces fiches nomment des gens"),
    Retention.PERMANENT: mark("tant qu’ils sont valables"),
}
"""What else decides, class by class.

Source: NS2012, CC-ALL, BP.
"""


def months_words(months: int) -> str:
    """Write a number of months as people say it: « 3 ans », « 18 mois »."""
    if months and months % 12 == 0:
        return trn("{n} an", "{n} ans", months // 12)
    return trn("{n} mois", "{n} mois", months)


def days_words(first: date | None, last: date | None) -> str:
    """Write the days of what was found, from the oldest to the newest."""
    if first is None or last is None:
        return ""
    if first == last:
        return tr("le {day}").format(day=short_day(first))
    return tr("du {first} au {last}").format(first=short_day(first), last=short_day(last))


def why_kept(line: Line) -> str:
    """Write why some records of a series are kept."""
    parts: list[str] = []
    if line.held:
        parts.append(trn("{n} sous gel", "{n} sous gel", line.held))
    if line.needed:
        parts.append(
            trn("{n} cité par un autre enregistrement", "{n} cités par d’autres", line.needed)
        )
    if line.young:
        parts.append(trn("{n} pas encore à terme", "{n} pas encore à terme", line.young))
    if line.next_day is not None:
        parts.append(tr("prochain le {day}").format(day=short_day(line.next_day)))
    return " · ".join(parts)


def hold_words(hold: HoldLine) -> str:
    """Write what a hold reaches, and since when."""
    first = short_day(hold.first)
    if hold.end is None:
        days = tr("à partir du {day}").format(day=first)
    else:
        last = date.fromordinal(hold.end.toordinal() - 1)
        days = tr("du {first} au {last}").format(first=first, last=short_day(last))
    parts = [tr(REASONS[hold.reason]), hold.words, days, ", ".join(hold.products)]
    opened = tr("ouvert le {day} par {by}").format(
        day=short_day(civil_date(hold.since)), by=hold.opened_by
    )
    return " · ".join(part for part in [*parts, opened] if part)


def lift_words(hold: HoldLine) -> str:
    """Write when and why a hold was lifted; nothing while it holds."""
    if hold.lifted_at is None:
        return ""
    said = tr("levé le {day} par {by} : {why}")
    day = short_day(civil_date(hold.lifted_at))
    return said.format(day=day, by=hold.lifted_by, why=hold.lifted_why)


def backups_words(certificate: Certificate) -> list[str]:
    """Write what backups still hold, and when they no longer do."""
    made = short_day(civil_date(certificate.at))
    gone = short_day(certificate.backups_gone)
    return [
        tr(
            "Les sauvegardes faites avant le {made} contiennent encore ces données. La rotation "
            "garde la dernière de chacun des {n} derniers mois : en sauvegardant chaque mois, il "
            "n’en reste aucune après le {gone}."
        ).format(made=made, n=MONTHLY, gone=gone),
        tr(
            "Les sauvegardes d’avant une mise à jour, une restauration ou un déplacement restent "
            "plus longtemps ({n} de chaque sorte), comme les copies faites à la main : à supprimer "
            "vous-même."
        ).format(n=KEPT_PER_REASON),
        tr(
            "Restaurer une sauvegarde antérieure ferait revenir ces données : refaites alors la "
            "destruction."
        ),
    ]


def left_words() -> str:
    """Write what stays of what was destroyed."""
    return tr(
        "Il ne reste de ces enregistrements que des empreintes illisibles, qui prouvent que "
        "l’historique est entier, et leurs numéros, pour que la vérification du livre reconnaisse "
        "cette destruction et signale toute autre disparition."
    )
