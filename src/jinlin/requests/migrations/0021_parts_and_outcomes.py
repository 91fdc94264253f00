"""Counts the parts of requests, their outcome and how often they were taken up again."""

from django.db import migrations, models

from jinlin.platform.migrating import AddColumn


class Migration(migrations.Migration):
    dependencies = [("requests", "0020_request_parts")]

    operations = [
        AddColumn(
            model_name="request",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("fixed", "fixed"),
                    ("answered", "answered"),
                    ("not_fixed", "not fixed"),
                    ("not_ours", "not within our powers"),
                ],
                db_default="",
                default="",
                max_length=9,
                verbose_name="outcome",
            ),
        ),
        AddColumn(
            model_name="request",
            name="parts_given",
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name="parts that others help with"),
        ),
        AddColumn(
            model_name="request",
            name="parts_owed",
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name="parts still owed"),
        ),
        AddColumn(
            model_name="request",
            name="reopened",
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name="times reopened"),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(condition=models.Q(("parts_given__gt", 0)), fields=["id"], name="request_helped"),
        ),
    ]
