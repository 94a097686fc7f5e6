"""What the board of the demonstration canteen decided: a budget, grants, prices, values.

Every name and amount is invented.
"""

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.canteen.notes import note_day
from cantine_desktop.finance.budget import planning
from cantine_desktop.finance.budget.flows import FlowFacts, add_flow
from cantine_desktop.finance.budget.model import Outlook, Rhythm
from cantine_desktop.finance.budget.months import months_of, spread
from cantine_desktop.finance.budget.planning import LineFacts
from cantine_desktop.finance.grants.costs import candidates, tell_cost
from cantine_desktop.finance.grants.keeping import GrantForm, Payment, Promise, save_grant
from cantine_desktop.finance.grants.model import Grant
from cantine_desktop.finance.ledger.model import FiscalYear
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.finance.price.displaying import display
from cantine_desktop.finance.price.model import PartKind
from cantine_desktop.finance.statements.model import VatStatus
from cantine_desktop.finance.statements.policy import Policy, decide
from cantine_desktop.finance.treasury.curve import Supposed, keep_scenario
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

SERVED = (18, 19, 19, 16, 19, 19, 22, 5, 20, 23, 18, 14)
"""Services of each month: by what follows the meals is spread over the year."""
EVEN = (1,) * 12
WAGES = (10, 10, 10, 10, 10, 11, 10, 10, 10, 10, 10, 11)
MEALS = 5_800
SOON = timedelta(days=60)
TOLD = 2_300_00
"""Cents of costs already told for the grant whose report is due."""
PAID = (7, 28)
"""Month and day the grants of a year are all paid; before it, those of the year before show."""


class _Line(NamedTuple):
    nature: str
    label: str
    euros: int
    activity: str = ""
    weights: tuple[int, ...] = EVEN
    outlook: Outlook = Outlook.REMAINING
    comment: str = ""


def _lines() -> tuple[_Line, ...]:
    pace = Outlook.PACE
    dear = tr("L’huile a pris 18 % : on suit le rythme réel plutôt que le budget.")
    return (
        _Line("601", tr("Denrées"), 19_200, "", SERVED, pace, dear),
        _Line("6061", tr("Eau, gaz, électricité"), 4_500, "", (6, 6, 5, 4, 3, 2, 2, 1, 3, 4, 5, 6)),
        _Line("6063", tr("Produits d’entretien, petit équipement"), 2_100),
        _Line("6132", tr("Loyer"), 8_400),
        _Line("615", tr("Entretien et réparations"), 1_400),
        _Line("616", tr("Assurances"), 890, "", (1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0)),
        _Line("6226", tr("Honoraires du comptable"), 2_640),
        _Line("623", tr("Communication"), 700),
        _Line("625", tr("Déplacements, vie associative"), 640),
        _Line("626", tr("Téléphone, internet, affranchissement"), 640),
        _Line("627", tr("Frais bancaires et commissions carte"), 480, "", SERVED, pace),
        _Line("6281", tr("Cotisation à la tête de réseau"), 2_400),
        _Line("641", tr("Salaires"), 39_800, "", WAGES),
        _Line("645", tr("Cotisations sociales"), 9_900, "", WAGES),
        _Line("648", tr("Compléments au service civique"), 1_600),
        _Line("6811", tr("Amortissements"), 3_200),
        _Line("7060", tr("Participations aux repas"), 57_000, "", SERVED, pace),
        _Line("7061", tr("Privatisations et ateliers"), 11_000),
        _Line("707", tr("Traiteur et bocaux"), 3_800),
        _Line("7413", tr("Département"), 3_000, "", (0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
        _Line("7414", tr("Ville, Eurométropole"), 6_000, "", (0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
        _Line("754", tr("Dons"), 6_000),
        _Line("756", tr("Adhésions"), 3_400),
        _Line("7411", tr("Aide à l’emploi"), 3_582),
        _Line("747", tr("Quote-part de subvention d’investissement"), 2_300),
        _Line("864", tr("Heures de bénévolat"), 25_000),
        _Line("875", tr("Bénévolat"), 25_000),
        _Line("860", tr("Invendus donnés, utilisés"), 2_800),
        _Line("870", tr("Invendus donnés"), 2_800),
    )  # fmt: skip


def write_policy(session: Session) -> None:
    """Write what the board decided of taxes and values, before anything is invoiced."""
    decide(
        session,
        Policy(
            VatStatus.SOCIAL,
            volunteer_rate=Money(1_202),
            volunteer_basis=tr("Smic horaire brut, un emploi comparable en cuisine"),
            least_cash=Money(5_000_00),
        ),
    )


def write_budget(session: Session, today: date) -> None:
    """Write the budget, grants, prices and choices of the demonstration.

    Args:
        session: The session of the action that writes the demonstration, after its money.
        today: The present civil day.
    """
    year = find_year(session, today)
    if year is not None:
        _write_lines(session, year)
    _write_flows(session, today)
    _write_prices(session, today)
    _write_grants(session, today)
    keep_scenario(
        session,
        Supposed(
            tr("Four à remplacer"), one_off=Money(-4_800_00), one_off_on=today + timedelta(days=75)
        ),
    )


def _write_lines(session: Session, year: FiscalYear) -> None:
    begun = year.first - timedelta(days=40)
    budget = planning.begin(session, year, begun)
    budget.meals = MEALS
    count = len(months_of(year))
    for line in _lines():
        weights = line.weights if count == len(line.weights) else (1,) * count
        cents = spread(Money(line.euros * 100), weights)
        planning.add_line(
            session,
            budget,
            LineFacts(
                line.nature,
                line.label,
                tuple(cents),
                line.activity,
                line.outlook,
                comment=line.comment,
            ),
        )
    planning.adopt(session, budget, begun + timedelta(days=20))
    reason = tr("Huile et énergie plus chères ; une privatisation de plus au printemps")
    second = planning.revise(session, year, reason, date(year.first.year, 6, 12))
    second.meals = MEALS
    for revised in second.lines:
        euros = {"601": 19_800, "7061": 11_650}.get(revised.nature)
        if euros is not None:
            served = revised.nature == "601" and count == len(SERVED)
            weights = SERVED if served else (1,) * count
            revised.months = spread(Money(euros * 100), weights)
    planning.adopt(session, second, date(year.first.year, 6, 25))


def _write_flows(session: Session, today: date) -> None:
    first = today.replace(day=1)
    for label, euros, rhythm, day, nature in (
        (tr("Loyer SCI des Tilleuls"), -700, Rhythm.MONTHLY, 5, "613200"),
        (tr("Assurance multirisque"), -223, Rhythm.QUARTERLY, 12, "616000"),
        (tr("Expert-comptable"), -220, Rhythm.MONTHLY, 20, "622600"),
        (tr("Cotisation au réseau"), -600, Rhythm.QUARTERLY, 25, "628100"),
    ):
        when = first.replace(day=day)
        add_flow(session, FlowFacts(label, Money(euros * 100), rhythm, when, nature=nature))


def _write_prices(session: Session, today: date) -> None:
    september = date(today.year - (today.month < 9), 9, 1)
    first = september.replace(year=september.year - 2)
    display(
        session,
        first,
        {
            PartKind.FOOD: Money(3_30),
            PartKind.STAFF: Money(5_60),
            PartKind.OVERHEADS: Money(2_60),
            PartKind.EQUIPMENT: Money(50),
        },
        tr("Ouverture"),
    )
    display(
        session,
        september.replace(year=september.year - 1),
        {
            PartKind.FOOD: Money(3_45),
            PartKind.STAFF: Money(5_85),
            PartKind.OVERHEADS: Money(2_70),
            PartKind.EQUIPMENT: Money(50),
        },
        tr("Denrées et énergie plus chères, voté en conseil"),
    )
    changed = Period.week(september.replace(day=8)).first + timedelta(days=1)
    note_day(session, changed, tr("Nouvelle affiche"))


def _write_grants(session: Session, today: date) -> None:
    year = today.year - (today < date(today.year, *PAID))
    for form in (
        _city(tr("Ville de Strasbourg et Eurométropole"), year),
        _report_due(tr("Collectivité européenne d’Alsace"), year, today),
        _asked(today),
        _to_ask(today),
        _refused(year),
    ):
        grant = save_grant(session, form)
        if grant.report_due is not None and grant.report_due <= today + SOON:
            _tell_costs(session, grant)


def _tell_costs(session: Session, grant: Grant) -> None:
    """Tell the funder some of the food and equipment of the workshops, where months are closed."""
    if grant.first is None or grant.last is None:
        return
    told = 0
    for each in candidates(session, grant, Period.through(grant.first, grant.last)):
        if each.account.startswith(("601", "6063")) and told < TOLD:
            tell_cost(session, grant, each.line_id)
            told += each.left.cents


def _city(funder: str, year: int) -> GrantForm:
    return GrantForm(
        title=tr("Aide au fonctionnement {year}").format(year=year),
        funder=funder,
        account="741400",
        call=tr("Vie associative"),
        asked=Money(7_500_00),
        asked_on=date(year - 1, 10, 9),
        granted=Money(6_000_00),
        reference=f"SUB-VILLE-{year}",
        decided_on=date(year, 2, 17),
        convention_on=date(year, 3, 3),
        first=date(year, 1, 1),
        last=date(year, 12, 31),
        report_due=date(year + 1, 6, 30),
        payments=(Payment(date(year, 4, 15), Money(6_000_00), date(year, *PAID)),),
    )


def _asked(today: date) -> GrantForm:
    year = today.year + 1
    return GrantForm(
        title=tr("Cuisine mobile dans les écoles"),
        funder=tr("Fondation du Pain partagé (fictive)"),
        account="755100",
        call=tr("Alimentation solidaire {year}").format(year=year),
        project="CUISINE-ECOLES",
        asked=Money(8_000_00),
        asked_on=today - timedelta(days=31),
        total_cost=Money(14_500_00),
        first=date(year, 2, 1),
        last=date(year, 12, 31),
        promises=(
            Promise(tr("Ateliers tenus"), "20"),
            Promise(tr("Enfants accueillis"), "300"),
        ),
    )


def _to_ask(today: date) -> GrantForm:
    return GrantForm(
        title=tr("Chambre froide économe"),
        funder=tr("Région Grand Est"),
        account="741200",
        call=tr("Transition énergétique"),
        is_investment=True,
        reply_due=today + timedelta(days=40),
        total_cost=Money(6_200_00),
    )


def _refused(year: int) -> GrantForm:
    return GrantForm(
        title=tr("Bus des saveurs"),
        funder=tr("Caf du Bas-Rhin"),
        account="741500",
        asked=Money(2_500_00),
        asked_on=date(year, 1, 20),
        decided_on=date(year, 4, 2),
        refused=True,
    )


def _report_due(funder: str, year: int, today: date) -> GrantForm:
    """Return the grant whose report is due in twenty-five days."""
    return GrantForm(
        title=tr("Ateliers cuisine dans le quartier"),
        funder=funder,
        account="741300",
        call=tr("Politique de la ville"),
        asked=Money(4_000_00),
        asked_on=date(year - 1, 11, 28),
        granted=Money(3_000_00),
        reference=f"SUB-CEA-{year}",
        decided_on=date(year, 3, 24),
        convention_on=date(year, 4, 7),
        first=date(year, 1, 1),
        last=today - timedelta(days=5),
        report_due=today + timedelta(days=25),
        total_cost=Money(6_400_00),
        payments=(Payment(date(year, 5, 12), Money(3_000_00), date(year, 5, 12)),),
        promises=(
            Promise(tr("Ateliers tenus"), "12", "14"),
            Promise(tr("Personnes du quartier accueillies"), "90", "112"),
            Promise(tr("Repas partagés après l’atelier"), "150"),
        ),
        told=tr(
            "Quatorze ateliers ont eu lieu, le mercredi matin, avec le centre social. Les"
            " participant·es ont cuisiné puis mangé avec les convives du midi."
        ),
    )
