"""Lets a clock follow another one where a deadline moves."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests", "0008_request_approvals")]

    operations = [
        migrations.RemoveConstraint(
            model_name="clock",
            name="clock_once",
        ),
        migrations.AddField(
            model_name="clock",
            name="cause",
            field=models.CharField(
                choices=[("promised", "promised"), ("extended", "extended"), ("resumed", "resumed")],
                default="promised",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="clock",
            name="follows",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="successor", to="requests.clock"
            ),
        ),
        migrations.AddField(
            model_name="clock",
            name="warns_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("request", "milestone"), name="one_clock_runs"
            ),
        ),
    ]
