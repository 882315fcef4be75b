from tortoise import migrations
from tortoise.migrations import operations as ops
from models.fulfillment import Restock
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint

class Migration(migrations.Migration):
    dependencies = [('models', '0006_levels_without_variants')]

    initial = False

    operations = [
        ops.CreateModel(
            name='OrderTag',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('order', fields.ForeignKeyField('models.Order', source_field='order_id', db_constraint=True, to_field='id', related_name='tag_rows', on_delete=OnDelete.CASCADE)),
                ('tag', fields.CharField(max_length=255)),
            ],
            options={'table': 'order_tag', 'app': 'models', 'unique_together': (('order', 'tag'),), 'indexes': [Index(fields=['tag', 'order_id'], name='order_tag_by_tag')], 'pk_attr': 'id', 'table_description': 'One tag of one order, spelled as the staff spell it.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='RefundLine',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('refund', fields.ForeignKeyField('models.Refund', source_field='refund_id', db_constraint=True, to_field='id', related_name='line_rows', on_delete=OnDelete.CASCADE)),
                ('order_line', fields.ForeignKeyField('models.OrderLine', source_field='order_line_id', db_constraint=True, to_field='id', related_name='refund_rows', on_delete=OnDelete.CASCADE)),
                ('quantity', fields.IntField()),
                ('amount', fields.BigIntField()),
                ('restock', fields.CharEnumField(default=Restock.NO_RESTOCK, description='NO_RESTOCK: NO_RESTOCK\nCANCEL: CANCEL\nRETURN: RETURN', enum_type=Restock, max_length=16)),
            ],
            options={'table': 'refund_line', 'app': 'models', 'constraints': [CheckConstraint(check='quantity > 0 AND amount >= 0', name='refund_line_has_units')], 'indexes': [Index(fields=['refund_id', 'id'], name='refund_line_by_refund'), Index(fields=['order_line_id'], name='refund_line_by_line')], 'pk_attr': 'id', 'table_description': 'Units of one order line whose price was given back.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Refund',
            name='request',
            field=fields.ForeignKeyField('models.Return', source_field='request_id', null=True, db_constraint=True, to_field='id', related_name='refund_rows', on_delete=OnDelete.CASCADE),
        ),
        ops.AddField(
            model_name='Refund',
            name='shipping',
            field=fields.BigIntField(default=0),
        ),
    ]
