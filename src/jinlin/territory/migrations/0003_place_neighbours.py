"""A home knows the neighbour area that it belongs to."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("territory", "0002_search")]

    operations = [
        migrations.AddField(
            model_name="place",
            name="neighbours",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.zone"
            ),
        ),
    ]
