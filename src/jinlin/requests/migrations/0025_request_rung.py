"""Says on which kind of rung a request stands."""

from django.db import migrations, models

from jinlin.platform.migrating import AddColumn


class Migration(migrations.Migration):
    dependencies = [("requests", "0024_ladder")]

    operations = [
        AddColumn(
            model_name="request",
            name="rung",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=7, verbose_name="rung of the ladder"
            ),
        ),
    ]
