"""Lets the bodies of the chain be stops of the way up, each once, beside the rungs of the ladder."""

from django.db import migrations, models

import jinlin.requests.models.ladder

LINK = models.Q(("kind", "link"))


class Migration(migrations.Migration):
    dependencies = [("requests", "0040_step_acting")]

    operations = [
        migrations.RemoveConstraint(model_name="passage", name="rung_reached_once"),
        migrations.AlterField(
            model_name="passage",
            name="kind",
            field=models.CharField(choices=jinlin.requests.models.ladder.rung_choices, default="body", max_length=7),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.UniqueConstraint(
                condition=~LINK, fields=("request", "level", "kind"), name="rung_reached_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.UniqueConstraint(condition=LINK, fields=("request", "body"), name="link_reached_once"),
        ),
    ]
