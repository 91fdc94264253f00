"""Makes the tables of conventions."""

import django.db.models.deletion
from django.db import migrations, models

import jinlin.conventions.states


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0010_body_member"),
        ("people", "0007_digest_choice"),
        ("platform", "0001_initial"),
        ("territory", "0006_grid_plan"),
    ]

    operations = [
        migrations.CreateModel(
            name="Convention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=32)),
                ("place_code", models.CharField(max_length=22, verbose_name="place")),
                ("made_at", models.DateTimeField()),
                ("last_key", models.PositiveIntegerField(default=0)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="conventions", to="organisations.body"
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="conventions", to="territory.zone"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["place_code", "-made_at"], name="convention_place")],
                "constraints": [models.UniqueConstraint(fields=("kind", "zone"), name="one_convention_of_a_kind")],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=jinlin.conventions.states.state_choices,
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="why there is a new version")),
                ("comments_until", models.DateField(null=True, verbose_name="comments until")),
                ("put_at", models.DateTimeField(null=True)),
                ("from_day", models.DateField(null=True)),
                ("work", models.CharField(blank=True, max_length=200)),
                ("adopted_at", models.DateTimeField(null=True)),
                ("in_force_from", models.DateField(null=True, verbose_name="in force from")),
                ("voted_on", models.DateField(null=True)),
                ("figures", models.JSONField(default=dict)),
                (
                    "convention",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="conventions.convention",
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platform.storedfile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("convention", "number"), name="convention_edition_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_force_from__isnull", True),
                            models.Q(
                                ("adopted_at__isnull", False),
                                ("state", "adopted"),
                                models.Q(
                                    models.Q(("work", ""), _negated=True),
                                    models.Q(("minutes__isnull", False), ("voted_on__isnull", False)),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="convention_in_force_was_voted_on",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("clause", models.PositiveIntegerField(null=True)),
                ("text", models.CharField(max_length=1000, verbose_name="comment")),
                ("at", models.DateTimeField()),
                ("summary", models.CharField(blank=True, max_length=300)),
                ("answer", models.CharField(blank=True, max_length=2000, verbose_name="answer")),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by_id", models.BigIntegerField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="convention_comments",
                        to="people.person",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="conventions.edition"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-at"], name="convention_comment_person")],
                "constraints": [models.UniqueConstraint(fields=("edition", "number"), name="comment_number_once")],
            },
        ),
        migrations.CreateModel(
            name="Clause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.PositiveIntegerField()),
                ("order", models.PositiveIntegerField()),
                ("text", models.TextField(verbose_name="text")),
                ("required", models.CharField(blank=True, max_length=32)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clauses", to="conventions.edition"
                    ),
                ),
            ],
            options={
                "ordering": ["order"],
                "constraints": [models.UniqueConstraint(fields=("edition", "key"), name="clause_key_once")],
            },
        ),
        migrations.CreateModel(
            name="Acknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.household"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acknowledgements",
                        to="conventions.edition",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("edition", "household"), name="acknowledged_once")],
            },
        ),
        migrations.CreateModel(
            name="EditionStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("actor_id", models.BigIntegerField(null=True)),
                ("words", models.CharField(blank=True, max_length=500)),
                ("verb", models.CharField(choices=jinlin.conventions.states.verb_choices, max_length=12)),
                ("state", models.CharField(choices=jinlin.conventions.states.state_choices, max_length=12)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="conventions.edition"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("edition", "number"), name="convention_step_once")],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clause", models.PositiveIntegerField()),
                ("words", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("actor_id", models.BigIntegerField(null=True)),
                (
                    "convention",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="conventions.convention",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["convention", "-at"], name="convention_reminder")],
            },
        ),
    ]
