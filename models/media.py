"""Pictures that staff have brought in, whether or not anything shows them."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class File(Model):
    """A picture as it lies in storage, under our media address. `upload_key` names the upload it came by."""

    id = fields.IntField(primary_key=True)
    path = fields.CharField(max_length=255, db_index=True)
    upload_key = fields.CharField(max_length=32, unique=True, null=True)
    filename = fields.CharField(max_length=255, default="")
    alt_text = fields.TextField(null=True)
    media_type = fields.CharField(max_length=32)
    width = fields.IntField()
    height = fields.IntField()
    size = fields.IntField()
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "file"
        indexes = [
            Index(fields=("created_at", "id"), name="file_by_creation"),
            Index(fields=("updated_at", "id"), name="file_by_update"),
        ]
