"""Keeps with every line of the history the body for which the step was taken."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0010_body_member"), ("requests", "0026_call_backs")]

    operations = [
        migrations.AddField(
            model_name="step",
            name="acting",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.body",
                verbose_name="acting body",
            ),
        ),
    ]
