"""Carts that became part of another one: their state has one value more."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.carts import CartState
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0003_failed_tries')]

    initial = False

    operations = [
        ops.AlterField(
            model_name='Cart',
            name='state',
            field=fields.CharEnumField(default=CartState.OPEN, description='OPEN: OPEN\nCOMPLETED: COMPLETED\nMERGED: MERGED', enum_type=CartState, max_length=16),
        ),
    ]
