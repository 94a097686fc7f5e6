"""The whole circuit lived at random: ordered, received, used, counted, billed, recalled, undone.

After each step no lot is below nothing, every gram that came in is somewhere, the value of the
stock is that of its moves, and the verification of the book finds nothing to say.
"""

import shutil
import tempfile
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.lots import blocked_lots
from cantine_desktop.hygiene.recalls.holding import judge, take_in
from cantine_desktop.meals.consumption.drills import account_of
from cantine_desktop.meals.consumption.tracing import trace_lots
from cantine_desktop.office.putting_right import put_right
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from cantine_desktop.supply.articles.model import Article
from cantine_desktop.supply.checks import check_supply
from cantine_desktop.supply.deliveries.closing import close, to_ask
from cantine_desktop.supply.deliveries.drafting import conform, draft_from
from cantine_desktop.supply.deliveries.drafting import set_line as note
from cantine_desktop.supply.deliveries.model import Delivery
from cantine_desktop.supply.invoices.drafting import Head, awaited, begin, bill, set_amount
from cantine_desktop.supply.invoices.judging import accept
from cantine_desktop.supply.invoices.posting import post_invoice
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.supply.orders.queries import open_orders
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.recalls.model import RecallMatch, RecallVerdict
from cantine_desktop.supply.recalls.notice_list import Notice
from cantine_desktop.supply.stock.counting import begin_count, close_count, type_line
from cantine_desktop.supply.stock.lot_events import open_lot
from cantine_desktop.supply.stock.lots import is_blocked, left_of
from cantine_desktop.supply.stock.model import Lot, StockItem, StockMove
from cantine_desktop.supply.stock.moving import use
from cantine_desktop.supply.stock.queries import on_hand
from cantine_desktop.supply.stock.valuing import Method, worths
from cantine_desktop.supply.suppliers.model import OrderWay
from cantine_desktop.values.money import Money
from tests.supply.desk import NOW, TUESDAY, furnish

SOON = timedelta(days=1)
SMALL = st.integers(1, 4)
PLACE = st.integers(0, 30)


@pytest.fixture(scope="module")
def blank(_blank_file):
    """Give each life an empty book, made once."""
    Circuit.blank = _blank_file


class Circuit(RuleBasedStateMachine):
    """A canteen that buys, cooks, counts, pays and is told of recalls."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="cantine-circuit-"))
        file = shutil.copy(self.blank, self.folder / "b.cantine")
        self.engine = open_engine(f"sqlite:///{file}")
        self.book = Book(self.engine, clock=lambda: NOW + 4 * SOON)
        self.step = 0
        self.before = {}
        self.last = None

    def teardown(self):
        self.engine.dispose()
        shutil.rmtree(self.folder)

    @initialize()
    def furnish_it(self):
        with self.book.action("départ", undoable=False) as session:
            self.desk = furnish(session)
            for key in (self.desk.pears, self.desk.cheese):
                product = session.get_one(Article, key).product_id
                session.add(StockItem(product_id=product))

    def act(self, live, *, undoable=True):
        """Do one thing in an action of its own; what is refused changes nothing."""
        self.step += 1
        label = f"pas {self.step}"
        with self.book.read() as session:
            before = on_hand(session)
        with suppress(UserError), self.book.action(label, undoable=undoable) as session:
            live(session)
        done = self.book.undo_label == label
        self.before, self.last = (before, label) if done else ({}, None)

    @rule(boxes=SMALL, cheeses=SMALL)
    def order(self, boxes, cheeses):
        def live(session):
            order = draft_for(session, self.desk.supplier, TUESDAY, NOW)
            set_line(session, order.id, self.desk.pears, Decimal(boxes), NOW)
            set_line(session, order.id, self.desk.cheese, Decimal(cheeses), NOW)
            mark_sent(session, order.id, Sent(OrderWay.PHONE), NOW, below_minimum=True)

        self.act(live)

    @rule(boxes=SMALL, came=SMALL, grams=st.integers(2500, 9500), lot=st.sampled_from("AB"))
    def buy(self, boxes, came, grams, lot):
        self.order(boxes, 1)
        self.receive(came, grams, lot)

    @rule(came=SMALL, grams=st.integers(2500, 3500), lot=st.sampled_from("AB"))
    def receive(self, came, grams, lot):
        def live(session):
            orders = [row.key for row in open_orders(session) if row.revision]
            delivery = draft_from(session, orders[:1], NOW + SOON)
            conform(session, delivery.id)
            for line in delivery.lines:
                weighed = {"weight": Decimal(grams)} if line.article_id == self.desk.cheese else {}
                code = f"LOT-{lot}77"
                note(
                    session, delivery.id, line.id,
                    received=Decimal(came), lot_code=code, **weighed,
                )  # fmt: skip
            agreed = to_ask(session, delivery.id)
            close(session, delivery.id, "AM", NOW + SOON, agreed=agreed)

        self.act(live, undoable=False)

    @rule(place=PLACE, came=st.integers(0, 5), lot=st.sampled_from("AB"))
    def put_right(self, place, came, lot):
        def live(session):
            query = select(Delivery).where(Delivery.corrects_id.is_(None)).order_by(Delivery.id)
            lines = [line for each in session.scalars(query) for line in each.lines]
            if lines:
                line = lines[place % len(lines)]
                values = {"received": Decimal(came), "lot_code": f"LOT-{lot}77"}
                put_right(
                    session, line.delivery_id, line.id, values, "recompté", "AM", NOW + 3 * SOON
                )

        self.act(live)

    @rule(place=PLACE, grams=st.integers(1, 20_000))
    def cook(self, place, grams):
        def live(session):
            key = self.desk.pears if place % 2 else self.desk.cheese
            product = session.get_one(Article, key).product_id
            held = {lot.id: left_of(session, lot.id) for lot in self.set_aside(session)}
            use(session, product, Decimal(grams), NOW + 2 * SOON, NOW + 2 * SOON)
            assert held == {lot: left_of(session, lot) for lot in held}

        self.act(live)

    @rule(place=PLACE)
    def open_one(self, place):
        def live(session):
            lots = session.scalars(select(Lot.id).order_by(Lot.id)).all()
            if lots:
                open_lot(session, lots[place % len(lots)], NOW + 2 * SOON)

        self.act(live)

    @rule(grams=st.integers(0, 40_000))
    def count(self, grams):
        def live(session):
            count = begin_count(session, None, NOW + 3 * SOON, NOW + 3 * SOON)
            line = type_line(session, count.lines[0].id, f"{grams}g")
            type_line(session, line.id, f"{grams}g", again=True)
            close_count(session, count.id, NOW + 3 * SOON)

        self.act(live, undoable=False)

    @rule(number=PLACE, more=st.integers(-900, 2500))
    def pay(self, number, more):
        def live(session):
            lines = [each.key for each in awaited(session, self.desk.supplier)]
            head = Head(self.desk.supplier, f"F-{number}", TUESDAY, Money(50_000))
            invoice = begin(session, head, NOW + 3 * SOON)
            bill(session, invoice.id, lines)
            for first in invoice.lines[:1]:
                set_amount(session, first.id, first.amount + Money(more))
                accept(session, first.id)
            post_invoice(session, invoice.id, NOW + 3 * SOON)

        self.act(live, undoable=bool(number % 2))

    @rule(lot=st.sampled_from("AB"))
    def recall(self, lot):
        notice = Notice(
            sheet=f"N-{lot}", published_on=TUESDAY, product="Tomme des Vosges, poires",
            brand="", category="fromages", lots=f"lot LOT-{lot}77", sellers="Biocoop",
            reason="", risk="", advice="", link="", sold_from=None, ended_on=None,
        )  # fmt: skip
        self.act(lambda session: take_in(session, [notice], NOW + 3 * SOON))

    @rule(place=PLACE, touched=st.booleans())
    def decide(self, place, touched):
        def live(session):
            keys = session.scalars(select(RecallMatch.id).order_by(RecallMatch.id)).all()
            if keys:
                verdict = RecallVerdict.TOUCHED if touched else RecallVerdict.NOT_TOUCHED
                judge(session, keys[place % len(keys)], verdict, NOW + 3 * SOON, "AM")

        self.act(live)

    @rule()
    def undo(self):
        label = self.book.undo_label
        if label is None:
            return
        with suppress(UserError):
            self.book.undo()
            if label == self.last:
                with self.book.read() as session:
                    assert on_hand(session) == self.before
        self.last = None

    @staticmethod
    def set_aside(session):
        return [lot for lot in session.scalars(select(Lot)) if is_blocked(lot)]

    @invariant()
    def nothing_is_lost(self):
        with self.book.read() as session:
            assert list(check_supply(session)) == []
            moves = session.scalars(select(StockMove)).all()
            for lot in session.scalars(select(Lot)):
                left = left_of(session, lot.id)
                assert left >= 0
                assert (lot.ended_on is None) is (left > 0)
                assert not is_blocked(lot) or lot.code in {
                    each.lot for each in blocked_lots(session)
                }
                account = account_of(session, lot.id, trace_lots(session, [lot.id]))
                used = -sum(
                    move.quantity for move in moves if move.lot_id == lot.id and move.quantity < 0
                )
                assert account.came + self.found_again(moves, lot) == left + used
            for method in Method:
                for worth in worths(session, method=method).values():
                    gone = sum(value.cents for value in worth.outs.values())
                    assert worth.value.cents + gone + worth.variance.cents == worth.came.cents

    @staticmethod
    def found_again(moves, lot):
        """What counts found beyond what was known, what was taken back, what takes back."""
        undone = {move.reverses_id for move in moves}
        return sum(
            move.quantity
            for move in moves
            if move.lot_id == lot.id
            and move.quantity > 0
            and (move.kind == "counted" or move.reverses_id is not None or move.id in undone)
        )


TestCircuit = pytest.mark.usefixtures("blank")(Circuit.TestCase)
TestCircuit.settings = settings(
    max_examples=16,
    stateful_step_count=14,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
