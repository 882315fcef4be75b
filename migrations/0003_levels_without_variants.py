from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0002_search')]

    initial = False

    operations = [
        ops.AlterField(
            model_name='StockLevel',
            name='variant',
            field=fields.ForeignKeyField('models.ProductVariant', source_field='variant_id', null=True, db_constraint=True, to_field='id', related_name='level_rows', on_delete=OnDelete.SET_NULL),
        ),
    ]
