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

    def __init__(
        self, product: rows.Product | None, variants: Sequence[int], standings: Sequence[VariantStanding]
    ) -> None:
        self.product = product
        self.variants = variants
        self.standings = standings


async def product_availability(context: Context, root: object, *, ids: Sequence[int]) -> AsyncGenerator[Shared, None]:
    """Each product that shoppers may see, then each again when what is left of it has changed.

    What is announced of a product is the stock of its variants; whenever other variants are found than those that are
    listened to, listening begins anew, and reading after it.
    """
    wanted = list(dict.fromkeys(ids))
    if not 1 <= len(wanted) <= MOST:
        raise BadArgument(f"Name between 1 and {MOST} products.", argument="ids")
    feed, followed = context.services.feed, await _followed(context, wanted)
    told: dict[int, Sequence[VariantStanding]] = {}
    while True:
        topics = {key: _topics(key, variants) for key, variants in followed.items()}
        with feed.listening(*(name for names in topics.values() for name in names)) as wakeups:
            found = dict(followed)
            while found == followed:
                for key, names in topics.items():
                    context.renew()
                    reading = await feed.moment(names, key, partial(_read, context, key))
                    found[key] = reading.variants
                    if reading.product is not None and told.get(key) != reading.standings:
                        told[key] = reading.standings
                        name = (reading, access_class(context), context.country, context.language)
                        yield Shared(name, reading.product)
                if found == followed:
                    await woken(wakeups)
        followed = found


async def _followed(context: Context, ids: Sequence[int]) -> dict[int, Sequence[int]]:
    """The products among these that shoppers may see, each with its variants."""
    products = [product for key in ids if (product := await context.loaders(ProductById, context.now).load(key))]
    if not products:
        raise NotFound("There are no such products.")
    variants = context.loaders(VariantsOfProduct)
    return {product.id: [variant.id for variant in await variants.load(product.id)] for product in products}


def _topics(key: int, variants: Sequence[int]) -> tuple[str, ...]:
    return (topic("product", key), *(topic("stock", variant) for variant in variants))


async def _read(context: Context, key: int) -> Reading:
    product = await context.loaders(ProductById, context.now).load(key)
    variants = await context.loaders(VariantsOfProduct).load(key)
    ids = [variant.id for variant in variants]
    return Reading(product, ids, await context.loaders(StandingOfVariant).load_many(ids))
