"""Lets the words of states and steps come from the code, so that a new one changes no table."""

from django.db import migrations, models

import jinlin.requests.states


class Migration(migrations.Migration):
    dependencies = [("requests", "0016_relations")]

    operations = [
        migrations.AlterField(
            "step",
            "verb",
            models.CharField(max_length=12, choices=jinlin.requests.states.verb_choices),
        ),
        migrations.AlterField(
            "step",
            "state",
            models.CharField(max_length=12, choices=jinlin.requests.states.state_choices),
        ),
    ]
