"""How the plan is put into words, on screen and on paper."""

from collections.abc import Iterable
from decimal import Decimal

from cantine_desktop.hygiene.faults import Severity
from cantine_desktop.hygiene.plan.measures import Given, Measure, Rule
from cantine_desktop.hygiene.plan.model import Regime
from cantine_desktop.hygiene.plan.points import Basis, Category, DoneBy, Kind, Point, Rhythm
from cantine_desktop.hygiene.plan.shipped import shipped
from cantine_desktop.i18n import mark, number, tr
from cantine_desktop.sources import Source, Status, sources
from cantine_desktop.values.text import NBSP

CATEGORIES: dict[Category, str] = {
    Category.RECEPTION: mark("Réception"),
    Category.STORAGE: mark("Stockage et froid"),
    Category.PREPARATION: mark("Préparation"),
    Category.COOKING: mark("Cuisson et friture"),
    Category.COOLING: mark("Refroidissement"),
    Category.REHEATING: mark("Remise en température"),
    Category.SERVICE: mark("Service"),
    Category.SAMPLES: mark("Plats témoins"),
    Category.DONATION: mark("Dons"),
    Category.CLEANING: mark("Nettoyage"),
    Category.PREMISES: mark("Locaux"),
    Category.PESTS: mark("Nuisibles"),
    Category.WATER: mark("Eau"),
    Category.WASTE: mark("Déchets"),
    Category.STAFF: mark("Équipe"),
    Category.MAINTENANCE: mark("Maintenance"),
    Category.CALIBRATION: mark("Étalonnage"),
    Category.TRACEABILITY: mark("Traçabilité"),
    Category.ALLERGENS: mark("Allergènes"),
    Category.DOCUMENTS: mark("Documents et vérifications"),
    Category.TIAC: mark("Intoxication (TIAC)"),
}

RHYTHMS: dict[Rhythm, str] = {
    Rhythm.OPENING: mark("à l’ouverture"),
    Rhythm.CLOSING: mark("à la fermeture"),
    Rhythm.PER_SERVICE: mark("à chaque service"),
    Rhythm.DAILY: mark("chaque jour"),
    Rhythm.WEEKLY: mark("chaque semaine"),
    Rhythm.MONTHLY: mark("chaque mois"),
    Rhythm.QUARTERLY: mark("chaque trimestre"),
    Rhythm.SEMIANNUAL: mark("chaque semestre"),
    Rhythm.YEARLY: mark("chaque année"),
    Rhythm.PER_DELIVERY: mark("à chaque livraison"),
    Rhythm.PER_BATCH: mark("à chaque préparation"),
    Rhythm.PER_USE: mark("à chaque utilisation"),
    Rhythm.PER_MENU: mark("à chaque menu"),
    Rhythm.PER_PERSON: mark("pour chaque personne"),
    Rhythm.ON_EVENT: mark("quand cela arrive"),
}

MEASURES: dict[Measure, str] = {
    Measure.CHECK: mark("contrôle (conforme ou non)"),
    Measure.TEMPERATURE: mark("température"),
    Measure.TWO_POINT: mark("deux températures et leur durée"),
    Measure.DURATION: mark("durée"),
    Measure.COUNT: mark("nombre"),
    Measure.PERCENT: mark("pourcentage"),
    Measure.MASS: mark("poids"),
    Measure.VOLUME: mark("volume"),
    Measure.DAYS: mark("nombre de jours"),
    Measure.DAYS_REMAINING: mark("jours restants"),
    Measure.DATE: mark("date"),
    Measure.SCORE: mark("note"),
    Measure.CHOICE: mark("choix"),
    Measure.DELTA: mark("écart"),
    Measure.CFU: mark("analyse"),
}

SEVERITIES: dict[Severity, str] = {
    Severity.CRITICAL: mark("critique"),
    Severity.MAJOR: mark("majeure"),
    Severity.MINOR: mark("mineure"),
}

PEOPLE: dict[DoneBy, str] = {
    DoneBy.ANYONE: mark("toute personne encadrée"),
    DoneBy.STAFF: mark("l’équipe"),
    DoneBy.MANAGER: mark("le ou la responsable"),
}

BASES: dict[Basis, str] = {
    Basis.LAW: mark("texte"),
    Basis.GUIDANCE: mark("recommandation officielle"),
    Basis.PRACTICE: mark("bonne pratique"),
    Basis.INTERNAL: mark("choix de la cantine"),
    Basis.PLAN: mark("choix de la cantine"),
}

KINDS: dict[Kind, str] = {
    Kind.CCP: mark("CCP"),
    Kind.PRPO: mark("PrPO"),
    Kind.PRP: mark("bonne pratique d’hygiène"),
}

REGIMES: dict[Regime, str] = {
    Regime.COLLECTIVE: mark("Restauration collective"),
    Regime.COMMERCIAL: mark("Restauration commerciale (remise directe)"),
    Regime.BOTH: mark("Les deux"),
}

_GIVEN: dict[Given, str] = {
    Given.FAMILY: mark("limite de la famille de denrées"),
    Given.EQUIPMENT: mark("limite de l’enceinte"),
    Given.LABEL: mark("température de l’étiquette"),
    Given.RECIPE: mark("barème de la recette"),
    Given.PRODUCT: mark("durée de l’étiquette du produit"),
    Given.SUPPLIER: mark("durée convenue avec le fournisseur"),
    Given.LABORATORY: mark("limite du laboratoire"),
}


def figure(value: Decimal, unit: str = "") -> str:
    """Write a figure and its unit: ``−18 °C``, ``120 min``, ``70,5 °C``."""
    whole = value.to_integral_value()
    written = number(whole, 0) if whole == value else number(value)
    if abs(value) < 2 and len(unit) > len("min") and " " not in unit:
        unit = unit.removesuffix("s")  # 1 personne, 1 jour
    return f"{written}{NBSP}{unit}" if unit else written


def limit_words(rule: Rule) -> str:
    """Say the limit of a rule: ``≤ 4 °C``, ``de 63 à 10 °C en 120 min au plus``."""
    if rule.kind is Measure.TWO_POINT:
        return _curve_words(rule)
    if rule.bands:
        return tr(", ou ").join(_band_words(rule))
    said = [_range_words(rule), *_given_words(rule)]
    if rule.hold_minutes is not None:
        said[0] += tr(" pendant {time}").format(time=figure(rule.hold_minutes, "min"))
    if rule.or_min is not None:
        said.append(tr("ou ≥ {value}").format(value=figure(rule.or_min, rule.unit)))
    if rule.hot_min is not None:
        said.append(tr("ou chaud, ≥ {value}").format(value=figure(rule.hot_min, rule.unit)))
    if rule.rinse_min is not None:
        said.append(tr("rinçage ≥ {value}").format(value=figure(rule.rinse_min, rule.unit)))
    if rule.max_age_months is not None:
        said.append(tr("moins de {n} mois").format(n=figure(rule.max_age_months)))
    if rule.applies_from is not None:
        said.append(tr("à partir de {n}").format(n=figure(rule.applies_from, rule.unit)))
    return ", ".join(part for part in said if part) or _unbound_words(rule)


def _unbound_words(rule: Rule) -> str:
    """Say what is noted when there is no figure to compare with."""
    if rule.kind is Measure.CHECK:
        return tr("conforme ou non")
    if rule.kind is Measure.DAYS_REMAINING:
        return tr("date non dépassée")
    return tr("à choisir") if rule.kind is Measure.CHOICE else tr("à noter")


def _curve_words(rule: Rule) -> str:
    first = rule.start_min if rule.start_max is None else rule.start_max
    last = rule.end_max if rule.end_min is None else rule.end_min
    return tr("de {first} à {last} en {time} au plus").format(
        first=figure(first or Decimal(0), rule.unit),
        last=figure(last or Decimal(0), rule.unit),
        time=figure(rule.minutes_max or Decimal(0), "min"),
    )


def _band_words(rule: Rule) -> Iterable[str]:
    for band in rule.bands:
        said = tr("≤ {limit}").format(limit=figure(band.most, rule.unit))
        if band.minutes_out_max is not None:
            time = figure(band.minutes_out_max, "min")
            said = tr("{limit} pendant {time} au plus").format(limit=said, time=time)
        yield said


def _range_words(rule: Rule) -> str:
    least, most = rule.least, rule.most
    if least is not None and most is not None:
        return tr("de {least} à {most}").format(least=figure(least), most=figure(most, rule.unit))
    if most is not None and not most and rule.kind is Measure.COUNT:
        return tr("aucun")
    if most is not None:
        return tr("≤ {limit}").format(limit=figure(most, rule.unit))
    if least is not None and rule.most_from is None and least:
        return tr("≥ {limit}").format(limit=figure(least, rule.unit))
    return ""


def _given_words(rule: Rule) -> list[str]:
    said = [tr(_GIVEN[source]) for source in (rule.most_from, rule.least_from) if source]
    if rule.most_from is Given.EQUIPMENT and rule.default_max is not None:
        usual = figure(rule.default_max, rule.unit)
        said[0] = tr("{limit}, à défaut {usual}").format(limit=said[0], usual=usual)
    return said


def tolerance_words(rule: Rule) -> str:
    """Say the canteen's own zone, and that it is not conformity; empty when there is none."""
    if rule.tolerance_from is Given.FAMILY:
        return tr("celle de la famille (choix de la cantine)")
    if not rule.tolerance:
        return ""
    return tr("{value} au-delà : on agit, ce n’est pas conforme").format(
        value=figure(rule.tolerance, rule.unit)
    )


def source_words(source: Source) -> str:
    """Cite a source and say how sure its wording is."""
    names = {
        Status.TEXT: tr("texte lu"),
        Status.OFFICIAL: tr("page officielle"),
        Status.SECONDARY: tr("source secondaire"),
        Status.PRACTICE: tr("sans texte"),
        Status.UNCHECKED: tr("à vérifier, cité de mémoire"),
    }
    return tr("{title} ({status})").format(title=source.title, status=names[source.status])


def sources_words(point: Point) -> str:
    """Cite every source of a point."""
    return tr(" ; ").join(source_words(sources()[key]) for key in point.sources)


def limit_basis_words(point: Point) -> str:
    """Say who fixed the limit; one stricter than its text is the canteen's choice."""
    text = shipped().points.get(point.code)
    if text is not None and text.limit_basis is Basis.LAW is not point.limit_basis:
        return tr("choix de la cantine, plus sévère que le texte")
    return tr(BASES[point.limit_basis])


def bases_words(point: Point) -> str:
    """Say who set the limit and the frequency: ``limite : texte · fréquence : choix…``."""
    return tr("limite : {limit} · fréquence : {frequency}").format(
        limit=limit_basis_words(point), frequency=tr(BASES[point.frequency_basis])
    )


def is_unchecked(point: Point) -> bool:
    """Tell whether a point rests on something nobody read."""
    return any(sources()[key].status is Status.UNCHECKED for key in point.sources)
