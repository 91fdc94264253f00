from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests", "0005_newest_ratings")]

    operations = [
        migrations.AddConstraint(
            "rating",
            models.UniqueConstraint(condition=models.Q(newest=True), fields=("request",), name="one_newest_rating"),
        ),
    ]
