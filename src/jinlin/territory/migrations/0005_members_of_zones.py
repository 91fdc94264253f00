"""A zone has buildings or homes as its members."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("territory", "0004_neighbour_areas")]

    operations = [
        migrations.RemoveConstraint(model_name="zonemembership", name="one_open_zone_per_building_and_kind"),
        migrations.RenameField(model_name="zonemembership", old_name="building_code", new_name="member_code"),
        migrations.AlterField(
            model_name="zonemembership",
            name="member_code",
            field=models.CharField(db_index=True, max_length=22),
        ),
        migrations.AlterField(
            model_name="zonemembership",
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
        migrations.AddConstraint(
            model_name="zonemembership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("member_code", "kind"),
                name="one_open_zone_per_member_and_kind",
            ),
        ),
    ]
