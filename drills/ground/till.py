"""A shop on the back of an envelope: what carts, shelves, money and orders must come to, worked out without the shop.

Whole prices in tens, so that a tenth off is exact; nothing is sent anywhere, nothing is taxed. One code with a few
uses, one gift card. Nothing here reads a row.
"""

from dataclasses import dataclass, field

LIMIT = 2
"""Uses of the code in all."""
TIME_TO_ACT = 30
CARD = 4_000
"""What the gift card was issued with."""


@dataclass(slots=True)
class Shelf:
    """Units of a thing at the one location. `counted` is false where nothing limits a sale."""

    price: int
    on_hand: int = 0
    reserved: int = 0
    committed: int = 0
    oversell: bool = False
    counted: bool = True

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved - self.committed

    def limits(self, wanted: int) -> bool:
        """Whether fewer than that can be sold."""
        return self.counted and not self.oversell and wanted > max(0, self.available)


@dataclass(slots=True)
class Basket:
    """A cart: units by thing, what was entered, and what its shopper agreed to pay, how."""

    lines: dict[str, int] = field(default_factory=dict)
    code: bool = False
    card: bool = False
    agreed: tuple[int, str] | None = None
    completed: bool = False


@dataclass(slots=True)
class Try:
    """An attempt under way: what it holds, and what its provider knows."""

    basket: int
    lines: dict[str, int]
    code: bool
    card: int
    due: int
    session: str
    expires: int
    asked: bool = False
    booked: bool = False
    waiting: bool = False


@dataclass(slots=True)
class Part:
    """A line of an order."""

    ordered: int
    fulfilled: int = 0
    canceled: int = 0
    returned: int = 0


@dataclass(slots=True)
class Sale:
    """An order and its money: promised by the provider, taken, given back by it, and put back on the card."""

    parts: dict[str, Part]
    code: bool
    card: int
    due: int
    taken: int
    promised: int = 0
    card_back: int = 0
    given_back: int = 0
    canceled: bool = False

    @property
    def total(self) -> int:
        return self.card + self.due

    @property
    def refundable(self) -> int:
        return self.taken - self.given_back + self.card - self.card_back

    def refund(self, amount: int) -> int:
        """Give back, the provider's part first; answers what goes back on the card."""
        first = min(amount, self.taken - self.given_back)
        self.given_back += first
        self.card_back += amount - first
        return amount - first


@dataclass(slots=True)
class Till:
    """Everything there is."""

    shelves: dict[str, Shelf]
    uses: int = 0
    card: int = CARD
    baskets: list[Basket] = field(default_factory=list)
    tries: dict[int, Try] = field(default_factory=dict)
    sales: dict[int, Sale] = field(default_factory=dict)

    def charge(self, basket: Basket) -> tuple[int, int, bool]:
        """What is due now, what the card pays of it, and whether the code takes a tenth off."""
        full = sum(self.shelves[thing].price * units for thing, units in basket.lines.items())
        code = basket.code and self.uses < LIMIT and bool(full)
        total = full - full // 10 if code else full
        paid = min(total, self.card) if basket.card else 0
        return total - paid, paid, code

    def clamp(self, basket: Basket, thing: str, wanted: int) -> None:
        """As much of a thing as there is."""
        shelf = self.shelves[thing]
        units = max(0, shelf.available) if shelf.limits(wanted) else wanted
        basket.lines[thing] = units
        if not units:
            del basket.lines[thing]

    def short(self, basket: Basket) -> bool:
        """Whether something in the basket cannot be had."""
        return any(self.shelves[thing].limits(units) for thing, units in basket.lines.items())

    @property
    def open_baskets(self) -> list[int]:
        """The baskets that are no orders yet."""
        return [number for number, basket in enumerate(self.baskets) if not basket.completed]

    def may_submit(self, number: int) -> bool:
        """Whether nothing is in the way, once what an earlier attempt of this basket holds is given back."""
        earlier = self.tries.get(number)
        if earlier:
            self.let_go(number)
        basket = self.baskets[number]
        due, _, _ = self.charge(basket)
        agreed = basket.agreed is not None and basket.agreed[0] == due and (basket.agreed[1] == "free") == (due == 0)
        may = bool(basket.lines) and agreed and not self.short(basket)
        if earlier:
            self._take(earlier)
        return may

    def hold(self, number: int, *, session: str, expires: int) -> Try:
        """Set everything aside for an attempt."""
        basket = self.baskets[number]
        due, card, code = self.charge(basket)
        held = Try(number, dict(basket.lines), code, card, due, session, expires)
        self._take(held)
        return held

    def _take(self, held: Try) -> None:
        self._move(held.lines, reserved=1)
        self.uses += held.code
        self.card -= held.card
        self.tries[held.basket] = held

    def let_go(self, number: int) -> None:
        """Give back what an attempt held."""
        held = self.tries.pop(number)
        self._move(held.lines, reserved=-1)
        self.uses -= held.code
        self.card += held.card

    def answered(self, number: int, minutes: int) -> bool:
        """What a provider's answer makes of an attempt; whether it becomes an order."""
        held = self.tries[number]
        match held.session:
            case "decline":
                self.let_go(number)
            case "action":
                held.waiting, held.expires = True, minutes + TIME_TO_ACT
        return held.session in {"approve", "later", "manual", "free"}

    def swept(self, number: int, minutes: int) -> bool:
        """What becomes of an attempt whose provider is asked again; whether it becomes an order."""
        held = self.tries[number]
        if held.booked:
            return True
        if held.session == "action" and not held.waiting:
            return self.answered(number, minutes)
        if held.expires <= minutes:
            self.let_go(number)
            return False
        if held.waiting:
            return False
        if held.session == "lost" or (held.session == "deaf" and not held.asked):
            held.asked, held.booked = True, held.session == "lost"
            return False
        return held.session == "deaf" or self.answered(number, minutes)

    def place(self, order: int, held: Try) -> Sale:
        """An attempt becomes an order. Money that is only promised is taken later."""
        self.tries.pop(held.basket)
        self._move(held.lines, reserved=-1, committed=1)
        self.baskets[held.basket].completed = True
        by_provider = held.session not in {"manual", "free"}
        at_once = by_provider and held.session != "later" and not held.waiting
        parts = {thing: Part(units) for thing, units in held.lines.items()}
        sale = Sale(parts, held.code, held.card, held.due, taken=held.due if at_once else 0)
        sale.promised = held.due if by_provider and not at_once else 0
        self.sales[order] = sale
        return sale

    def cancel(self, sale: Sale) -> None:
        """Goods, the use of the code and all money go back."""
        self._move({thing: part.ordered for thing, part in sale.parts.items()}, committed=-1)
        for part in sale.parts.values():
            part.canceled = part.ordered
        self.uses -= sale.code
        self.card += sale.refund(sale.refundable)
        sale.canceled = True

    def capture_promised(self) -> None:
        """What is promised is taken, and goes back where the order was canceled meanwhile."""
        for sale in self.sales.values():
            sale.taken, sale.promised = sale.taken + sale.promised, 0
            if sale.canceled:
                sale.given_back = sale.taken

    def send(self, sale: Sale, units: dict[str, int]) -> None:
        """Units leave the shelf."""
        self._move(units, committed=-1, on_hand=-1)
        for thing, count in units.items():
            sale.parts[thing].fulfilled += count

    def _move(self, units: dict[str, int], *, on_hand: int = 0, reserved: int = 0, committed: int = 0) -> None:
        for thing, count in units.items():
            shelf = self.shelves[thing]
            if shelf.counted:
                shelf.on_hand += on_hand * count
                shelf.reserved += reserved * count
                shelf.committed += committed * count
