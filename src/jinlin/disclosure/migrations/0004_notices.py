"""Makes the tables of notices that are posted for a period."""

import django.db.models.deletion
from django.db import migrations, models

import jinlin.disclosure.states


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0003_changes"),
        ("organisations", "0010_body_member"),
        ("people", "0007_digest_choice"),
        ("platform", "0001_initial"),
        ("territory", "0006_grid_plan"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("version", models.PositiveIntegerField(default=1)),
                ("kind", models.CharField(max_length=32)),
                ("subject", models.CharField(blank=True, db_index=True, max_length=32)),
                ("place_code", models.CharField(max_length=22, verbose_name="place")),
                (
                    "state",
                    models.CharField(
                        choices=jinlin.disclosure.states.state_choices,
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("edition", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("days", models.PositiveSmallIntegerField(verbose_name="days")),
                ("unit", models.CharField(max_length=16)),
                ("made_at", models.DateTimeField()),
                ("posted_at", models.DateTimeField(null=True, verbose_name="posted")),
                ("last_day", models.DateField(null=True, verbose_name="last day")),
                ("provisional", models.BooleanField(default=False)),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="organisations.body"
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
                "indexes": [
                    models.Index(fields=["state", "place_code", "-posted_at"], name="notice_state_place"),
                    models.Index(fields=["state", "last_day"], name="notice_last_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "dropped"]),
                            models.Q(("last_day__isnull", False), ("posted_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="notice_posted_has_last_day",
                    ),
                    models.CheckConstraint(condition=models.Q(("days__gte", 1)), name="notice_has_days"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("edition", models.PositiveIntegerField()),
                ("on_paper", models.BooleanField(default=False)),
                ("text", models.TextField(verbose_name="what is objected")),
                ("received_on", models.DateField(verbose_name="received")),
                ("at", models.DateTimeField()),
                ("entered_by_id", models.BigIntegerField(null=True)),
                (
                    "finding",
                    models.CharField(blank=True, choices=jinlin.disclosure.states.finding_choices, max_length=12),
                ),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="in short")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by_id", models.BigIntegerField(null=True)),
                ("taken_back_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="people.person",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="disclosure.publicnotice",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-at"], name="objection_of_person")],
                "constraints": [models.UniqueConstraint(fields=("notice", "number"), name="objection_number_once")],
            },
        ),
        migrations.CreateModel(
            name="NoticeStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("actor_id", models.BigIntegerField(null=True)),
                ("words", models.CharField(blank=True, max_length=500)),
                ("verb", models.CharField(choices=jinlin.disclosure.states.verb_choices, max_length=12)),
                ("state", models.CharField(choices=jinlin.disclosure.states.state_choices, max_length=12)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="disclosure.publicnotice"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("notice", "number"), name="notice_step_once")],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("text", models.TextField(verbose_name="text")),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("allowed", models.JSONField(default=list)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why it was changed")),
                ("days", models.PositiveSmallIntegerField()),
                ("unit", models.CharField(max_length=16)),
                ("posted_at", models.DateTimeField(null=True)),
                ("posted_by_id", models.BigIntegerField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("provisional", models.BooleanField(default=False)),
                ("put_off", models.BooleanField(default=False)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="disclosure.publicnotice",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("notice", "number"), name="notice_edition_once")],
            },
        ),
        migrations.CreateModel(
            name="EditionPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="photos", to="disclosure.edition"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="platform.storedfile"
                    ),
                ),
            ],
            options={
                "ordering": ["order"],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place_code", models.CharField(max_length=22, verbose_name="place")),
                ("spot", models.CharField(max_length=60, verbose_name="where it hangs")),
                ("on", models.DateField(verbose_name="day")),
                ("at", models.DateTimeField()),
                ("actor_id", models.BigIntegerField(null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="postings", to="disclosure.edition"
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="platform.storedfile"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["edition", "place_code"], name="posting_of_edition")],
            },
        ),
    ]
