"""Keeps the outcome in the history."""

from django.db import migrations, models

from jinlin.platform.migrating import AddColumn


class Migration(migrations.Migration):
    dependencies = [("requests", "0021_parts_and_outcomes")]

    operations = [
        AddColumn(
            model_name="step",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("fixed", "fixed"),
                    ("answered", "answered"),
                    ("not_fixed", "not fixed"),
                    ("not_ours", "not within our powers"),
                ],
                db_default="",
                default="",
                max_length=9,
                verbose_name="outcome",
            ),
        ),
    ]
