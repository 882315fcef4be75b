"""All that staff may ask and do about goods, for the roots of the schema."""

import strawberry

from schema.admin.collection_mutations import CollectionMutation
from schema.admin.collections import CollectionQuery
from schema.admin.labels import LabelMutation
from schema.admin.media import FileQuery
from schema.admin.media_mutations import MediaMutation
from schema.admin.option_mutations import OptionMutation
from schema.admin.product_mutations import ProductMutation
from schema.admin.products import ProductQuery
from schema.admin.publications import PublicationQuery
from schema.admin.publishing import PublishingMutation
from schema.admin.variant_mutations import VariantMutation
from schema.admin.variants import VariantQuery


@strawberry.type
class GoodsQuery(ProductQuery, VariantQuery, CollectionQuery, PublicationQuery, FileQuery):
    """All questions about goods."""


@strawberry.type
class GoodsMutation(
    ProductMutation,
    OptionMutation,
    VariantMutation,
    CollectionMutation,
    LabelMutation,
    MediaMutation,
    PublishingMutation,
):
    """All that is done to goods."""
