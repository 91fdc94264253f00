"""Keeps rounds of call-backs and the calls that were drawn for them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0025_request_rung"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallBackRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place_code", models.CharField(max_length=22, verbose_name="place")),
                ("first", models.DateField(verbose_name="first day")),
                ("last", models.DateField(verbose_name="last day")),
                ("percent", models.PositiveSmallIntegerField(verbose_name="per cent")),
                ("seed", models.CharField(max_length=40, verbose_name="seed of the draw")),
                ("candidates", models.PositiveIntegerField(verbose_name="drawn from")),
                ("drawn_at", models.DateTimeField()),
                ("drawn_by_id", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["place_code", "-drawn_at"], name="call_back_round_place")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("candidates__gt", 0), ("percent__gte", 1), ("percent__lte", 100)),
                        name="call_back_share",
                    ),
                    models.CheckConstraint(condition=models.Q(("first__lte", models.F("last"))), name="call_back_days"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("days_tried", models.PositiveSmallIntegerField(default=0, verbose_name="days on which it was tried")),
                ("last_attempt_at", models.DateTimeField(null=True, verbose_name="last attempt")),
                ("notes", models.TextField(blank=True)),
                (
                    "rating",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="requests.rating"
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="call_back", to="requests.request"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_backs",
                        to="requests.callbackround",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["round", "rating"], name="call_back_open")],
            },
        ),
    ]
