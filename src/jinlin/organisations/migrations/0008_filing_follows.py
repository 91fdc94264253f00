"""An application follows the call that it answers, an appeal the matter that was returned."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0007_task_step")]

    operations = [
        migrations.AddField(
            model_name="filing",
            name="follows",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followers",
                to="organisations.filing",
            ),
        ),
    ]
