"""Ties requests that officers read together."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests", "0015_merge_step_words")]

    operations = [
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "word",
                    models.CharField(choices=[("related", "related to"), ("follows", "follow-up of")], max_length=8),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="why")),
                ("at", models.DateTimeField()),
                ("actor_id", models.BigIntegerField(null=True)),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="related_by", to="requests.request"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="relations", to="requests.request"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("request", "other"), name="related_once")],
            },
        ),
    ]
