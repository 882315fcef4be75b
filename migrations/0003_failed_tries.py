"""Failed tries, shared by all workers."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint

class Migration(migrations.Migration):
    dependencies = [('models', '0002_search')]

    initial = False

    operations = [
        ops.CreateModel(
            name='FailedTries',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('kind', fields.CharField(max_length=32)),
                ('key_digest', fields.CharField(max_length=64)),
                ('failed', fields.IntField(default=0)),
                ('ends_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'failed_tries', 'app': 'models', 'unique_together': (('kind', 'key_digest'),), 'constraints': [CheckConstraint(check='failed >= 0', name='failed_tries_not_negative')], 'indexes': [Index(fields=['ends_at'], name='failed_tries_by_end')], 'pk_attr': 'id', 'table_description': 'How often something was tried in vain under one key until `ends_at`. The key is kept as a digest alone.'},
            bases=['Model'],
        ),
    ]
