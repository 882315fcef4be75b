"""Following what is left of products: each as it stands, then whenever more or fewer of it can be bought."""

from collections.abc import AsyncGenerator, Sequence
from functools import partial

from loaders.catalog import ProductById, VariantsOfProduct
from loaders.rows import catalog as rows
from loaders.rows.catalog import VariantStanding
from loaders.standings import StandingOfVariant
from outbox.announcing import topic
from resolvers.context import Context
from resolvers.mistakes import BadArgument, NotFound
from resolvers.streams import Shared, access_class, woken

MOST = 50


class Reading:
    """A product and what was left of its variants at one moment; each reading is itself and no other."""

    def __init__(self, product: rows.Product | None, standings: Sequence[VariantStanding]) -> None:
        self.product = product
        self.standings = standings


async def product_availability(context: Context, root: object, *, ids: Sequence[int]) -> AsyncGenerator[Shared, None]:
    """Each product that shoppers may see, then each again when what is left of it has changed."""
    wanted = list(dict.fromkeys(ids))
    if not 1 <= len(wanted) <= MOST:
        raise BadArgument(f"Name between 1 and {MOST} products.", argument="ids")
    topics = await _topics(context, wanted)
    feed = context.services.feed
    with feed.listening(*(name for names in topics.values() for name in names)) as wakeups:
        told: dict[int, Sequence[VariantStanding]] = {}
        while True:
            for key, names in topics.items():
                context.renew()
                reading = await feed.moment(names, key, partial(_read, context, key))
                if reading.product is not None and told.get(key) != reading.standings:
                    told[key] = reading.standings
                    yield Shared((reading, access_class(context), context.country, context.language), reading.product)
            await woken(wakeups)


async def _topics(context: Context, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """What is announced of each product: the stock of its variants. A variant made later is not followed."""
    products = [product for key in ids if (product := await context.loaders(ProductById, context.now).load(key))]
    if not products:
        raise NotFound("There are no such products.")
    found = {}
    for product in products:
        variants = await context.loaders(VariantsOfProduct).load(product.id)
        found[product.id] = tuple(topic("stock", variant.id) for variant in variants)
    return found


async def _read(context: Context, key: int) -> Reading:
    product = await context.loaders(ProductById, context.now).load(key)
    variants = await context.loaders(VariantsOfProduct).load(key)
    standings = context.loaders(StandingOfVariant).load_many([variant.id for variant in variants])
    return Reading(product, await standings)
