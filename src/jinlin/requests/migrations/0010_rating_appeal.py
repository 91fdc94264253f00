"""Says which appeal has struck out a rating."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests", "0009_clock_chain")]

    operations = [
        migrations.AddField(
            model_name="rating",
            name="appeal",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="requests.approval"
            ),
        ),
    ]
