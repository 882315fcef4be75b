"""The stateful model: hypothesis plays shoppers, staff, a provider, crashes and time; the till knows what follows."""

from collections.abc import Awaitable
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from commerce import cart_details, carts, checkout, gift_cards
from commerce.canceling import TooLate, cancel_order
from commerce.fulfillment import OrderClosed, Packing, fulfill
from commerce.moving_money import TooMuch, carry_out, refund_order
from commerce.opening_carts import CheckoutUnderWay
from commerce.packing import NothingToSend
from commerce.refusals import Refusal
from commerce.returning import NotReturnable, Wanted, decide_return, receive_return, request_return
from commerce.stock import NotOnHand
from commerce.stocktaking import count_stock
from commerce.sweeping import sweep
from database.transactions import transaction
from drills.ground.comparing import differences
from drills.ground.counter import CODE, START, Counter
from drills.ground.till import Basket, Sale, Shelf, Till
from models.fulfillment import ReturnState
from models.orders import CancelReason

THINGS = ("last", "backordered", "plenty")
SESSIONS = ("approve", "later", "lost", "deaf", "decline", "action", "manual")
DEATHS = ("", "", "before a call", "after a call")
TIME_TO_PAY = 15
picks, units, things = st.integers(0, 7), st.integers(0, 4), st.sampled_from(THINGS)


class ShopMachine(RuleBasedStateMachine):
    """Every rule is an act of the shop, and the same on the till; after each they are compared, and the audit runs."""

    counter: ClassVar[Counter]

    @initialize(stock=st.integers(0, 5), backorders=st.integers(0, 2))
    def begin(self, stock: int, backorders: int) -> None:
        shelves = {
            "last": Shelf(1_000, on_hand=stock),
            "backordered": Shelf(700, on_hand=backorders, oversell=True),
            "plenty": Shelf(30, counted=False),
        }
        self.till, self.ids, self.returned = Till(shelves), list[str](), 0
        self.counter.begin(shelves)

    # ── carts ────────────────────────────────────────────────────────────────────────────────────────────────────

    @rule(thing=things, quantity=st.integers(1, 3), code=st.booleans(), card=st.booleans())
    def come_in(self, thing: str, quantity: int, code: bool, card: bool) -> None:
        self.ids.append(self.counter.new_cart())
        self.till.baskets.append(Basket())
        number = len(self.ids) - 1
        self.add(number, thing, quantity)
        if code:
            self.enter_code(number, True)
        if card:
            self.lay_card(number)

    @precondition(lambda self: self.till.open_baskets)
    @rule(pick=picks, thing=things, quantity=st.integers(1, 3))
    def add(self, pick: int, thing: str, quantity: int) -> None:
        number, basket = self._basket(pick)
        line = carts.NewLine(self.counter.variants[thing], quantity)
        if self._changed(number, carts.add_lines(self.ids[number], [line], now=self.counter.now)):
            self.till.clamp(basket, thing, basket.lines.get(thing, 0) + quantity)

    @precondition(lambda self: self.till.open_baskets)
    @rule(pick=picks, thing=things, quantity=units)
    def update(self, pick: int, thing: str, quantity: int) -> None:
        number, basket = self._basket(pick)
        if thing not in basket.lines:
            return
        line_id = self.counter.run(self.counter.line_of(self.ids[number], thing))
        change = carts.LineChange(line_id, quantity=quantity)
        if self._changed(number, carts.update_lines(self.ids[number], [change], now=self.counter.now)):
            self.till.clamp(basket, thing, quantity)

    @precondition(lambda self: self.till.open_baskets)
    @rule(pick=picks, on=st.booleans())
    def enter_code(self, pick: int, on: bool) -> None:
        number, basket = self._basket(pick)
        codes = [CODE] if on else []
        if self._changed(number, cart_details.change_codes(self.ids[number], codes, now=self.counter.now)):
            basket.code = on

    @precondition(lambda self: self.till.open_baskets)
    @rule(pick=picks)
    def lay_card(self, pick: int) -> None:
        number, basket = self._basket(pick)
        laid = gift_cards.lay_on_cart(self.ids[number], [self.counter.card_code], now=self.counter.now)
        if self._changed(number, laid):
            basket.card = basket.card or self.till.card > 0

    # ── checkout ─────────────────────────────────────────────────────────────────────────────────────────────────

    @precondition(lambda self: self.till.open_baskets)
    @rule(
        pick=picks, session=st.sampled_from(SESSIONS), dies=st.sampled_from(["", "", "before a call", "after a call"])
    )
    def pay_and_submit(self, pick: int, session: str, dies: str) -> None:
        self.agree(pick, session)
        self.submit(pick, dies)

    @precondition(lambda self: self.till.open_baskets)
    @rule(pick=picks, session=st.sampled_from(SESSIONS))
    def agree(self, pick: int, session: str) -> None:
        number, basket = self._basket(pick)
        due, _, _ = self.till.charge(basket)
        session = session if due else "free"
        payment = {"kind": session, "amount": due, "name": "bank transfer"}
        if session not in {"manual", "free"}:
            payment = {"kind": "direct", "amount": due, "session_id": f"test:{session}"}
        if self._changed(number, cart_details.change_payment(self.ids[number], payment, None, now=self.counter.now)):
            basket.agreed = (due, session)

    @precondition(lambda self: self.till.open_baskets)
    @rule(pick=picks, dies=st.sampled_from(DEATHS))
    def submit(self, pick: int, dies: str) -> None:
        number, basket = self._basket(pick)
        answer = self.counter.submit(self.ids[number], dies_at=dies)
        under_way = self.till.tries.get(number)
        if under_way and not under_way.waiting:
            assert isinstance(answer, checkout.Busy), answer
            return
        if not self.till.may_submit(number):
            assert isinstance(answer, checkout.Refused), answer
            return
        if under_way:
            self.till.let_go(number)
        assert basket.agreed is not None
        session = basket.agreed[1]
        died = bool(dies) and session not in {"manual", "free"}
        assert isinstance(answer, type(None) if died else checkout.Accepted), answer
        held = self.till.hold(number, session=session, expires=self.counter.minutes + TIME_TO_PAY)
        held.asked = dies != "before a call"
        held.booked = held.asked and session in {"approve", "later", "lost"}
        if not died and self.till.answered(number, self.counter.minutes):
            self._placed(number)

    def _placed(self, number: int) -> None:
        held = self.till.tries[number]
        self.till.place(self.counter.run(self.counter.order_of(self.ids[number])), held)

    # ── time ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @rule(minutes=st.sampled_from([1, 10, 31]))
    def sweep(self, minutes: int) -> None:
        self.counter.minutes += minutes
        self.counter.run(sweep(self.counter.gateways, now=self.counter.now))
        self.till.capture_promised()
        for number in list(self.till.tries):
            if self.till.swept(number, self.counter.minutes):
                self._placed(number)

    @precondition(lambda self: any(held.waiting for held in self.till.tries.values()))
    @rule(pick=picks)
    def confirm(self, pick: int) -> None:
        """The shopper confirms at the provider's; the shop learns of it when it asks."""
        waiting = [number for number, held in self.till.tries.items() if held.waiting]
        number = waiting[pick % len(waiting)]
        key = self.counter.run(self.counter.attempt_of(self.ids[number]))
        self.counter.books.enter("promise", key, key, self.till.tries[number].due)
        self.till.tries[number].booked = True

    # ── staff ────────────────────────────────────────────────────────────────────────────────────────────────────

    @rule(thing=st.sampled_from(["last", "backordered"]), counted=st.integers(0, 5))
    def take_stock(self, thing: str, counted: int) -> None:
        async def act() -> None:
            async with transaction():
                await count_stock({self.counter.variants[thing]: counted}, note="count", now=self.counter.now)

        self.counter.run(act())
        shelf = self.till.shelves[thing]
        shelf.on_hand += counted - shelf.available

    @precondition(lambda self: self.till.sales)
    @rule(pick=picks, at_once=st.booleans())
    def cancel(self, pick: int, at_once: bool) -> None:
        order, sale = self._sale(pick)
        refused = not sale.canceled and any(part.fulfilled for part in sale.parts.values())
        act = cancel_order(order, CancelReason.STAFF, now=self.counter.now)
        if self._money_moved(act, refused_as=TooLate if refused else None, at_once=at_once) and not sale.canceled:
            self.till.cancel(sale)

    @precondition(lambda self: self.till.sales)
    @rule(pick=picks, amount=st.integers(0, 2_500), at_once=st.booleans())
    def refund(self, pick: int, amount: int, at_once: bool) -> None:
        order, sale = self._sale(pick)
        refused = not 0 < amount <= sale.refundable
        self.returned += 1
        act = refund_order(order, amount, request_key=f"refund {self.returned}", now=self.counter.now)
        if self._money_moved(act, refused_as=TooMuch if refused else None, at_once=at_once):
            self.till.card += sale.refund(amount)

    @precondition(lambda self: self.till.sales)
    @rule(pick=picks, thing=things, quantity=st.integers(1, 3))
    def send(self, pick: int, thing: str, quantity: int) -> None:
        order, sale = self._sale(pick)
        if thing not in sale.parts:
            return
        part, shelf = sale.parts[thing], self.till.shelves[thing]
        refused_as: type[Refusal] | None = None
        if sale.canceled:
            refused_as = OrderClosed
        elif quantity > part.ordered - part.fulfilled:
            refused_as = NothingToSend
        elif shelf.counted and quantity > shelf.on_hand:
            refused_as = NotOnHand
        packing = Packing({self._line(order, thing): quantity})
        if self._done(fulfill(order, packing, now=self.counter.now), refused_as=refused_as):
            self.till.send(sale, {thing: quantity})

    @precondition(lambda self: self.till.sales)
    @rule(pick=picks, thing=things, quantity=st.integers(1, 2), restock=st.booleans())
    def send_back(self, pick: int, thing: str, quantity: int, restock: bool) -> None:
        order, sale = self._sale(pick)
        if thing not in sale.parts:
            return
        part = sale.parts[thing]
        wanted = [Wanted(self._line(order, thing), quantity)]

        async def act() -> None:
            key = await request_return(order, wanted, now=self.counter.now, sent_after=START)
            await decide_return(key, ReturnState.OPEN, now=self.counter.now)
            await receive_return(key, restock=restock, now=self.counter.now)

        refused_as = NotReturnable if quantity > part.fulfilled - part.returned else None
        if self._done(act(), refused_as=refused_as):
            part.returned += quantity
            if restock and self.till.shelves[thing].counted:
                self.till.shelves[thing].on_hand += quantity

    # ── each act, and whether it was to be refused ───────────────────────────────────────────────────────────────

    def _basket(self, pick: int) -> tuple[int, Basket]:
        number = self.till.open_baskets[pick % len(self.till.open_baskets)]
        return number, self.till.baskets[number]

    def _sale(self, pick: int) -> tuple[int, Sale]:
        return list(self.till.sales.items())[pick % len(self.till.sales)]

    def _line(self, order: int, thing: str) -> int:
        return self.counter.run(self.counter.part_of(order, thing))

    def _changed(self, number: int, act: Awaitable[object]) -> bool:
        """Change a cart: refused while it is being paid for; what waits for its shopper ends."""
        held = self.till.tries.get(number)
        locked = held is not None and not held.waiting and held.expires > self.counter.minutes
        changed = self._done(act, refused_as=CheckoutUnderWay if locked else None)
        if changed and held is not None and held.waiting:
            self.till.let_go(number)
        return changed

    def _done(self, act: Awaitable[object], *, refused_as: type[Refusal] | None) -> bool:
        """Carry out an act: it is done, unless it was to be refused, for just this reason."""
        if refused_as is None:
            self.counter.run(act)
            return True
        try:
            self.counter.run(act)
        except refused_as:
            return False
        raise AssertionError(f"expected {refused_as.__name__}")

    def _money_moved(self, act: Awaitable[list[int]], *, refused_as: type[Refusal] | None, at_once: bool) -> bool:
        """An act that leaves a provider something to do: now, or when the sweeper finds it."""

        async def both() -> None:
            operations = await act
            await carry_out(operations if at_once else [], self.counter.gateways, now=self.counter.now)

        return self._done(both(), refused_as=refused_as)

    # ── the two are one ──────────────────────────────────────────────────────────────────────────────────────────

    @invariant()
    def the_shop_is_as_the_till_says(self) -> None:
        found = self.counter.run(differences(self.counter, self.till, self.ids))
        assert not found, found
