"""The menus of a week as a text to copy into a message; nothing is sent from here."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from cantine_desktop.canteen.allergens import allergen_words
from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.periods import in_words
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import long_day, tr, trn
from cantine_desktop.meals.menus.allergens import refuse_unconfirmed
from cantine_desktop.meals.menus.queries import DishRow, MenuRow, week_of_menus
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP


def week_message(session: Session, period: Period, free: Mapping[int, int] | None = None) -> str:
    """Return the text of the menus of a period, plain enough for any messenger.

    Args:
        session: Where to read.
        period: Its days.
        free: Places left by key of service, where somebody counted them.

    Raises:
        UserError: There is no menu, or a dish is not confirmed.
    """
    menus = [menu for menu in week_of_menus(session, period) if menu.dishes]
    if not menus:
        raise UserError(tr("Aucun menu n’est prévu pour ces jours : composez-en un d’abord."))
    refuse_unconfirmed(session, period)
    head = tr("{canteen} : les menus, {period}").format(
        canteen=canteen_name(session), period=in_words(period)
    )
    foot = tr("Prix libre : chacun·e donne ce qu’il veut et peut. On cuisine ensemble, venez !")
    return "\n\n".join([head, *(_menu(menu, free or {}) for menu in menus), foot])


def _menu(menu: MenuRow, free: Mapping[int, int]) -> str:
    service = menu.service
    day = long_day(service.day)
    head = tr("{day}, {title}, à table à {hour}").format(
        day=day[:1].upper() + day[1:],
        title=service.title,
        hour=f"{service.meal_at.hour}{NBSP}h{NBSP}{service.meal_at:%M}",
    )
    lines = [head, *(_dish(dish) for dish in menu.dishes)]
    left = free.get(service.key)
    if left is not None:
        many = trn("Encore {n} place", "Encore {n} places", left) if left else tr("Complet")
        lines.append(many)
    return "\n".join(lines)


def _dish(dish: DishRow) -> str:
    words = f"• {dish.name}"
    if dish.is_vegan:
        words = tr("{dish} (végétalien)").format(dish=words)
    elif dish.is_vegetarian:
        words = tr("{dish} (végétarien)").format(dish=words)
    held = allergen_words(dish.held)
    return (
        tr("{dish}, contient : {allergens}").format(dish=words, allergens=held) if held else words
    )
