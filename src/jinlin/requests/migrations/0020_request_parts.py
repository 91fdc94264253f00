"""Gives other bodies parts of a request."""

import django.db.models.deletion
from django.db import migrations, models

from jinlin.platform.migrating import AddColumn


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0010_body_member"),
        ("people", "0006_calendar_link"),
        ("requests", "0019_request_words"),
        ("territory", "0006_grid_plan"),
    ]

    operations = [
        migrations.CreateModel(
            name="RequestPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("support", "supports"), ("whistled", "whistled for")],
                        default="support",
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                ("words", models.TextField(verbose_name="what is asked")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("signed", "signed for"),
                            ("done", "done"),
                            ("returned", "returned"),
                            ("called_off", "called off"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("asked_by_id", models.BigIntegerField(null=True)),
                ("due_at", models.DateTimeField(null=True, verbose_name="due")),
                ("provisional", models.BooleanField(default=False)),
                ("signed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("result", models.TextField(blank=True, verbose_name="what came of it")),
                ("reminded_at", models.DateTimeField(null=True)),
            ],
        ),
        AddColumn(
            model_name="requestpart",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="request_parts", to="organisations.body"
            ),
        ),
        AddColumn(
            model_name="requestpart",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="requests.request"
            ),
        ),
        migrations.AddIndex(
            model_name="requestpart",
            index=models.Index(
                condition=models.Q(("state__in", ["asked", "signed"])), fields=["body", "due_at"], name="part_owed"
            ),
        ),
        migrations.AddConstraint(
            model_name="requestpart",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["asked", "signed"])),
                fields=("request", "body"),
                name="one_owed_part_per_body",
            ),
        ),
    ]
