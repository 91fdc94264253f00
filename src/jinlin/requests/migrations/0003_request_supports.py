"""Counts the households that say me too."""

from django.db import migrations, models

from jinlin.platform.migrating import AddColumn


class Migration(migrations.Migration):
    dependencies = [("requests", "0002_search")]

    operations = [
        AddColumn(
            model_name="request",
            name="supports",
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name="households that say me too"),
        ),
    ]
