"""Lets requests be answered through another."""

import django.db.models.deletion
from django.db import migrations, models

from jinlin.platform.migrating import AddColumn


class Migration(migrations.Migration):
    dependencies = [("requests", "0012_text_verbs")]

    operations = [
        migrations.AddField(
            model_name="request",
            name="lead",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="merged", to="requests.request"
            ),
        ),
        AddColumn(
            model_name="request",
            name="members",
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name="requests answered through it"),
        ),
        migrations.AlterField(
            model_name="request",
            name="state",
            field=models.CharField(
                choices=[
                    ("received", "received"),
                    ("accepted", "accepted"),
                    ("declined", "declined"),
                    ("dispatched", "dispatched"),
                    ("transferred", "passed on"),
                    ("signed", "signed for"),
                    ("in_progress", "in progress"),
                    ("handled", "handled"),
                    ("call_back", "call-back"),
                    ("reworked", "sent back for rework"),
                    ("closed", "closed"),
                    ("withdrawn", "withdrawn"),
                    ("merged", "answered together with another"),
                ],
                max_length=12,
                verbose_name="state",
            ),
        ),
    ]
