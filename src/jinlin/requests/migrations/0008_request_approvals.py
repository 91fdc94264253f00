"""Adds what a request knows of its approvals, its suspension and when it is due soon."""

from django.db import migrations, models

from jinlin.platform.migrating import AddColumn


class Migration(migrations.Migration):
    dependencies = [("requests", "0007_approval")]

    operations = [
        AddColumn(
            model_name="request",
            name="asked",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="approvals that wait"),
        ),
        migrations.AddField(
            model_name="request",
            name="stopped_at",
            field=models.DateTimeField(null=True, verbose_name="clocks stand since"),
        ),
        AddColumn(
            model_name="request",
            name="supervised",
            field=models.BooleanField(db_default=False, default=False, verbose_name="supervised"),
        ),
        migrations.AddField(
            model_name="request",
            name="suspended_until",
            field=models.DateField(null=True, verbose_name="suspended until"),
        ),
        AddColumn(
            model_name="request",
            name="warnings",
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name="request",
            name="warns_at",
            field=models.DateTimeField(null=True, verbose_name="due soon from"),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(
                condition=models.Q(("suspended_until__isnull", False)),
                fields=["suspended_until"],
                name="request_suspended",
            ),
        ),
    ]
