"""Notes on gift cards and their entries, and more reasons for stock to move."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.stock import MovementReason
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0004_merged_carts')]

    initial = False

    operations = [
        ops.AddField(
            model_name='GiftCard',
            name='note',
            field=fields.TextField(null=True, unique=False),
        ),
        ops.AddField(
            model_name='GiftCardEntry',
            name='note',
            field=fields.CharField(null=True, max_length=255),
        ),
        ops.AlterField(
            model_name='StockMovement',
            name='reason',
            field=fields.CharEnumField(description='RECEIVED: received\nCORRECTION: correction\nRESERVED: reserved\nRELEASED: released\nSOLD: sold\nSHIPPED: shipped\nCANCELED: canceled\nRESTOCKED: restocked\nCOUNTED: counted\nDAMAGED: damaged\nLOST: lost\nMOVED: moved\nPROMOTION: promotion\nQUALITY_CONTROL: quality_control\nOTHER: other', enum_type=MovementReason, max_length=16),
        ),
    ]
