"""A body is founded, ends, may be set up jointly, and may be a mere number of people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_body_outside")]

    operations = [
        migrations.AddField(
            model_name="body",
            name="ended_on",
            field=models.DateField(null=True, verbose_name="ended on"),
        ),
        migrations.AddField(
            model_name="body",
            name="founded_on",
            field=models.DateField(null=True, verbose_name="founded on"),
        ),
        migrations.AddField(
            model_name="body",
            name="head_count",
            field=models.PositiveIntegerField(null=True, verbose_name="people"),
        ),
        migrations.AddField(
            model_name="body",
            name="joint",
            field=models.BooleanField(default=False, verbose_name="set up jointly"),
        ),
        migrations.AddField(
            model_name="body",
            name="office",
            field=models.CharField(blank=True, max_length=120, verbose_name="office and hours"),
        ),
        migrations.AddIndex(
            model_name="body",
            index=models.Index(fields=["kind", "place_code"], name="body_kind_place"),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on__isnull", True),
                    ("founded_on__isnull", True),
                    ("ended_on__gte", models.F("founded_on")),
                    _connector="OR",
                ),
                name="body_ends_after_founding",
            ),
        ),
    ]
