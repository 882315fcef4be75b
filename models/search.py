"""What is searched: the words of each thing, folded, and the words themselves with their letters in threes."""

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class SearchKind(StrEnum):
    """What can be searched for."""

    PRODUCT = "PRODUCT"
    COLLECTION = "COLLECTION"
    PAGE = "PAGE"
    ARTICLE = "ARTICLE"
    BLOG = "BLOG"


class SearchDocument(Model):
    """One thing's words, by weight: its title, what it is grouped by, its text. All folded: lower case, no accents.

    On SQLite an FTS5 table follows it by triggers, on PostgreSQL a generated `tsvector` column.
    """

    id = fields.IntField(primary_key=True)
    kind = fields.CharEnumField(SearchKind, max_length=16)
    key = fields.IntField()
    title = fields.TextField(default="")
    labels = fields.TextField(default="")
    body = fields.TextField(default="")

    class Meta:
        table = "search_document"
        unique_together = (("kind", "key"),)


class SearchTerm(Model):
    """A word that some document has or had; its grams find it for a word that is spelled nearly like it."""

    id = fields.IntField(primary_key=True)
    term = fields.CharField(max_length=64, unique=True)
    length = fields.SmallIntField()

    class Meta:
        table = "search_term"


class SearchGram(Model):
    """Three letters that follow one another in a word, whose ends count as spaces."""

    id = fields.BigIntField(primary_key=True)
    term: fields.ForeignKeyRelation[SearchTerm] = fields.ForeignKeyField("models.SearchTerm", related_name="gram_rows")
    gram = fields.CharField(max_length=3)

    class Meta:
        table = "search_gram"
        indexes = [Index(fields=("gram", "term_id"), name="search_gram_by_letters")]
