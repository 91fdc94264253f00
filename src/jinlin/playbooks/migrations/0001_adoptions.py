"""Adoptions of a playbook, and the values that a place sets for itself."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Adoption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("profile", models.CharField(max_length=32, verbose_name="playbook")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("at", models.DateTimeField(verbose_name="adopted")),
                ("by_id", models.BigIntegerField(null=True)),
                ("founded", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="Override",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=120)),
                ("value", models.JSONField(null=True, verbose_name="value here")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("by_id", models.BigIntegerField(null=True)),
                (
                    "adoption",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="overrides", to="playbooks.adoption"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["adoption", "path", "at"], name="override_path")],
            },
        ),
    ]
