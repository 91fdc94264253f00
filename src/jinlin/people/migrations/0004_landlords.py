"""An owner may live elsewhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_household_contact"),
    ]

    operations = [
        migrations.AlterField(
            model_name="residence",
            name="role",
            field=models.CharField(
                choices=[
                    ("resident", "resident"),
                    ("owner", "owner"),
                    ("tenant", "tenant"),
                    ("landlord", "owner who lives elsewhere"),
                ],
                max_length=8,
                verbose_name="role",
            ),
        ),
    ]
