"""A zone may be a neighbour area, and its label may be longer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("territory", "0003_place_neighbours")]

    operations = [
        migrations.AlterField(
            model_name="zone",
            name="kind",
            field=models.CharField(
                max_length=10,
                choices=[
                    ("estate", "estate"),
                    ("grid", "grid"),
                    ("courtyard", "courtyard"),
                    ("group", "residents' group"),
                    ("neighbours", "neighbour area"),
                ],
            ),
        ),
        migrations.AlterField(
            model_name="zone",
            name="label",
            field=models.CharField(max_length=20, unique=True, verbose_name="number"),
        ),
    ]
