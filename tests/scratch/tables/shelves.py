"""A shelf holds boxes; a box may not hold less than nothing, nor share its place."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model


class Shelf(Model):
    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=40, unique=True)
    room = fields.CharField(max_length=40, default="hall", description="where it stands; never empty")

    class Meta:
        table = "shelf"
        indexes = [Index(fields=("room",), name="shelf_room")]


class Box(Model):
    id = fields.IntField(primary_key=True)
    shelf: fields.ForeignKeyRelation[Shelf] = fields.ForeignKeyField("models.Shelf", on_delete=fields.CASCADE)
    place = fields.IntField()
    held = fields.IntField(default=0)
    label = fields.CharField(max_length=20, null=True)

    class Meta:
        table = "box"
        unique_together = (("shelf", "place"),)
        indexes = [Index(fields=("held",), name="box_held")]
        constraints = [
            CheckConstraint(check="held >= 0", name="box_held_not_negative"),
            UniqueConstraint(fields=("label",), name="box_label", condition="label IS NOT NULL"),
        ]
