from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests", "0003_request_supports")]

    operations = [
        migrations.AddField("rating", "newest", models.BooleanField(default=True)),
        migrations.AddField(
            "rating",
            "scheme",
            models.PositiveSmallIntegerField(default=1, verbose_name="version of the three rates"),
        ),
    ]
