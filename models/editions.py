"""Which edition of the catalog is current: a row for every change to anything that storefronts show."""

from tortoise import fields
from tortoise.models import Model


class CatalogEdition(Model):
    """A change to the catalog, or a variant running out or coming back. Appended by triggers, never updated.

    Numbers commit out of order, so an edition is how many rows there are and the largest number, both.
    """

    id = fields.BigIntField(primary_key=True)

    class Meta:
        table = "catalog_edition"
