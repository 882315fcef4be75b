"""What a shop says besides its goods: pages, policies, menus, the blog, and where old addresses lead now."""

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class PolicyKind(StrEnum):
    """The legal texts a shop may show."""

    PRIVACY = "privacy-policy"
    REFUND = "refund-policy"
    SHIPPING = "shipping-policy"
    TERMS = "terms-of-service"
    SUBSCRIPTION = "subscription-policy"


class Page(Model):
    """A page of text with an address of its own."""

    id = fields.IntField(primary_key=True)
    handle = fields.CharField(max_length=255, unique=True)
    title = fields.CharField(max_length=255)
    body = fields.TextField(default="")
    seo_title = fields.CharField(max_length=255, null=True)
    seo_description = fields.TextField(null=True)
    published_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "page"
        indexes = [
            Index(fields=("title", "id"), name="page_by_title"),
            Index(fields=("updated_at", "id"), name="page_by_update"),
        ]


class Policy(Model):
    """One legal text of the shop."""

    id = fields.IntField(primary_key=True)
    kind = fields.CharEnumField(PolicyKind, max_length=32, unique=True)
    title = fields.CharField(max_length=255)
    body = fields.TextField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "policy"


class Menu(Model):
    """A named tree of links."""

    id = fields.IntField(primary_key=True)
    handle = fields.CharField(max_length=255, unique=True)
    title = fields.CharField(max_length=255)

    class Meta:
        table = "menu"


class MenuItem(Model):
    """One link of a menu: to a resource of the shop by `resource_id`, or to `url`."""

    id = fields.IntField(primary_key=True)
    menu: fields.ForeignKeyRelation[Menu] = fields.ForeignKeyField("models.Menu", related_name="item_rows")
    parent: fields.ForeignKeyNullableRelation["MenuItem"] = fields.ForeignKeyField(
        "models.MenuItem", related_name="item_rows", null=True
    )
    position = fields.IntField()
    title = fields.CharField(max_length=255)
    type = fields.CharField(max_length=32)
    url = fields.TextField(null=True)
    resource_id = fields.IntField(null=True)
    tags: fields.Field[list[str]] = fields.JSONField()

    class Meta:
        table = "menu_item"
        indexes = [Index(fields=("menu_id", "position"), name="menu_item_by_place")]


class Blog(Model):
    """A series of articles."""

    id = fields.IntField(primary_key=True)
    handle = fields.CharField(max_length=255, unique=True)
    title = fields.CharField(max_length=255)
    seo_title = fields.CharField(max_length=255, null=True)
    seo_description = fields.TextField(null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "blog"


class Article(Model):
    """One text of a blog, by an author, on a day."""

    id = fields.IntField(primary_key=True)
    blog: fields.ForeignKeyRelation[Blog] = fields.ForeignKeyField("models.Blog", related_name="article_rows")
    handle = fields.CharField(max_length=255)
    title = fields.CharField(max_length=255)
    author_name = fields.CharField(max_length=255)
    content_html = fields.TextField()
    excerpt_html = fields.TextField(null=True)
    tags: fields.Field[list[str]] = fields.JSONField()
    image_url = fields.TextField(null=True)
    image_alt_text = fields.TextField(null=True)
    image_width = fields.IntField(null=True)
    image_height = fields.IntField(null=True)
    seo_title = fields.CharField(max_length=255, null=True)
    seo_description = fields.TextField(null=True)
    published_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "article"
        unique_together = (("blog", "handle"),)
        indexes = [Index(fields=("published_at", "id"), name="article_by_publication")]


class UrlRedirect(Model):
    """An old path and where it leads now."""

    id = fields.IntField(primary_key=True)
    path = fields.CharField(max_length=1024, unique=True)
    target = fields.TextField()

    class Meta:
        table = "url_redirect"


class Metafield(Model):
    """A typed value a shop attaches to one of its things, under a namespace and key."""

    id = fields.IntField(primary_key=True)
    owner_type = fields.CharField(max_length=32)
    owner_id = fields.CharField(max_length=64)
    namespace = fields.CharField(max_length=255)
    key = fields.CharField(max_length=64)
    type = fields.CharField(max_length=64)
    value = fields.TextField()
    description = fields.TextField(null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "metafield"
        unique_together = (("owner_type", "owner_id", "namespace", "key"),)
