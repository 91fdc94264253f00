"""A post has the key of the playbook, is accepted, may be deputised and has a successor."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_body_life")]

    operations = [
        migrations.AddField(
            model_name="appointment",
            name="accepted_on",
            field=models.DateField(null=True, verbose_name="accepted on"),
        ),
        migrations.AddField(
            model_name="appointment",
            name="deputises",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deputies",
                to="organisations.appointment",
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="ended_because",
            field=models.CharField(blank=True, max_length=120, verbose_name="why it ended"),
        ),
        migrations.AddField(
            model_name="appointment",
            name="hours",
            field=models.JSONField(default=list, verbose_name="hours"),
        ),
        migrations.AddField(
            model_name="appointment",
            name="key",
            field=models.CharField(default="", max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="appointment",
            name="listed",
            field=models.BooleanField(default=False, verbose_name="may be shown by name"),
        ),
        migrations.AddField(
            model_name="appointment",
            name="origin",
            field=models.CharField(blank=True, max_length=32, verbose_name="where they come from"),
        ),
        migrations.AddField(
            model_name="appointment",
            name="successor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="predecessors",
                to="organisations.appointment",
            ),
        ),
        migrations.AlterField(
            model_name="appointment",
            name="role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("neighbour_head", "neighbour_head"),
                    ("grid_member", "grid_member"),
                    ("community_worker", "community_worker"),
                    ("community_secretary", "community_secretary"),
                    ("property_manager", "property_manager"),
                    ("subdistrict_officer", "subdistrict_officer"),
                    ("district_officer", "district_officer"),
                    ("department_officer", "department_officer"),
                    ("auditor", "auditor"),
                    ("administrator", "administrator"),
                ],
                max_length=24,
                verbose_name="role",
            ),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(fields=["key", "place_code"], name="appointment_key_place"),
        ),
    ]
