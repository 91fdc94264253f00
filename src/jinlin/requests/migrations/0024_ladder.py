"""Adds the rungs that requests reached, and joint meetings."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests", "0023_reminders"), ("organisations", "0010_body_member")]

    operations = [
        migrations.CreateModel(
            name="JointMeeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("meets_at", models.DateTimeField(verbose_name="day and time")),
                ("place", models.CharField(max_length=120, verbose_name="place")),
                ("held_at", models.DateTimeField(null=True)),
                ("minutes", models.TextField(blank=True, verbose_name="minutes")),
                ("decision", models.TextField(blank=True, verbose_name="what was decided")),
                ("due_on", models.DateField(null=True, verbose_name="done by")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.body"
                    ),
                ),
                ("invited", models.ManyToManyField(related_name="+", to="organisations.body")),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="requests.request"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("held_at__isnull", True)), fields=("request",), name="one_meeting_is_called"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.CharField(max_length=11, verbose_name="level")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("body", "a body"),
                            ("meeting", "a joint meeting"),
                            ("whistle", "a whistle to departments"),
                        ],
                        default="body",
                        max_length=7,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.body"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="passages", to="requests.request"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("request", "level", "kind"), name="rung_reached_once")],
            },
        ),
    ]
