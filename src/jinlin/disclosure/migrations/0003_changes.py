"""Numbers the changes of what is shown, so that the points in memory can follow them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0002_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="disclosure",
            name="changed_in",
            field=models.BigIntegerField(db_index=True, editable=False, null=True),
        ),
    ]
