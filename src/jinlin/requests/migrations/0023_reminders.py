"""Remembers when the body of a request was reminded last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0022_step_outcomes"),
    ]

    operations = [
        migrations.AddField(
            model_name="request",
            name="reminded_at",
            field=models.DateTimeField(null=True, verbose_name="last reminder to its body"),
        ),
    ]
