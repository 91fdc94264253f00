"""Coverage, partnerships, filings with their answers, tasks, and sheets."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_appointment_posts"),
        ("people", "0002_sign_in"),
        ("territory", "0005_members_of_zones"),
    ]

    operations = [
        migrations.CreateModel(
            name="Coverage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=32)),
                ("place_code", models.CharField(db_index=True, max_length=22, verbose_name="place")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="coverages", to="organisations.body"
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.zone"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True), ("zone__isnull", False)),
                        fields=("kind", "zone"),
                        name="one_body_of_a_kind_per_zone",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True), ("zone__isnull", True)),
                        fields=("kind", "place_code"),
                        name="one_body_of_a_kind_per_place",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Filing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=32)),
                ("title", models.CharField(max_length=120, verbose_name="matter")),
                ("post", models.CharField(blank=True, max_length=32)),
                ("place_code", models.CharField(db_index=True, max_length=22, verbose_name="place")),
                ("words", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "waiting for an answer"),
                            ("accepted", "accepted"),
                            ("returned", "returned with a reason"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("filed_at", models.DateTimeField()),
                ("filed_by_id", models.BigIntegerField(null=True)),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("decided_at", models.DateTimeField(null=True)),
                ("receipt", models.CharField(blank=True, db_index=True, max_length=32, verbose_name="receipt number")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="filed", to="organisations.body"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filings_about",
                        to="people.person",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filings_about",
                        to="organisations.body",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["kind", "state", "filed_at"], name="filing_kind_state")]},
        ),
        migrations.CreateModel(
            name="FilingAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("pass", "pass"), ("no_record", "no record"), ("not_pass", "not passed")],
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                ("ground", models.CharField(blank=True, max_length=300, verbose_name="ground")),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by_id", models.BigIntegerField(null=True)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.body"
                    ),
                ),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="organisations.filing"
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("filing", "body"), name="one_answer_per_body")]},
        ),
        migrations.CreateModel(
            name="Partnership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=32)),
                ("place_code", models.CharField(db_index=True, max_length=22, verbose_name="place")),
                ("sector", models.CharField(blank=True, max_length=32, verbose_name="sector")),
                ("agreement", models.CharField(blank=True, max_length=120, verbose_name="agreement")),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(null=True, verbose_name="until")),
                (
                    "host",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partners",
                        to="organisations.body",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnerships",
                        to="organisations.body",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.zone"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="partnership_term",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="SheetEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sheet", models.CharField(max_length=32)),
                ("item", models.CharField(max_length=32)),
                ("place_code", models.CharField(db_index=True, max_length=22, verbose_name="place")),
                ("value", models.JSONField(null=True)),
                ("holds_from", models.DateField(verbose_name="from")),
                ("evidence", models.CharField(blank=True, max_length=200, verbose_name="evidence")),
                ("written_at", models.DateTimeField()),
                ("written_by_id", models.BigIntegerField(null=True)),
                (
                    "appointment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheet_entries",
                        to="organisations.appointment",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheet_entries",
                        to="organisations.body",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.zone"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["sheet", "item", "place_code", "holds_from"], name="sheet_cell")]
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=32)),
                ("title", models.CharField(max_length=120, verbose_name="what")),
                ("place_code", models.CharField(db_index=True, max_length=22, verbose_name="place")),
                ("plan", models.CharField(blank=True, max_length=64, verbose_name="plan")),
                ("duty", models.CharField(blank=True, max_length=32)),
                ("due_on", models.DateField(verbose_name="due on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "to be done"),
                            ("done", "done"),
                            ("confirmed", "confirmed"),
                            ("dropped", "given up with a reason"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("outcome", models.CharField(blank=True, max_length=300, verbose_name="outcome")),
                ("given_at", models.DateTimeField()),
                ("done_on", models.DateField(null=True)),
                ("confirmed_on", models.DateField(null=True)),
                (
                    "appointment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="organisations.appointment",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="organisations.body"
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks_given",
                        to="organisations.body",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks_for",
                        to="organisations.body",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.zone"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["state", "due_on"], name="task_state_due")]},
        ),
    ]
