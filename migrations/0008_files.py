from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0007_order_tags_and_refunded_lines')]

    initial = False

    operations = [
        ops.CreateModel(
            name='File',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('path', fields.CharField(db_index=True, max_length=255)),
                ('upload_key', fields.CharField(null=True, unique=True, max_length=32)),
                ('filename', fields.CharField(default='', max_length=255)),
                ('alt_text', fields.TextField(null=True, unique=False)),
                ('media_type', fields.CharField(max_length=32)),
                ('width', fields.IntField()),
                ('height', fields.IntField()),
                ('size', fields.IntField()),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('updated_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'file', 'app': 'models', 'indexes': [Index(fields=['created_at', 'id'], name='file_by_creation'), Index(fields=['updated_at', 'id'], name='file_by_update')], 'pk_attr': 'id', 'table_description': 'A picture as it lies in storage, under our media address. `upload_key` names the upload it came by.'},
            bases=['Model'],
        ),
    ]
