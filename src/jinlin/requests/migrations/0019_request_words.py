"""Lets the words of states and steps come from the code, so that a new one changes no table."""

from django.db import migrations, models

import jinlin.requests.states


class Migration(migrations.Migration):
    dependencies = [("requests", "0018_text_words")]

    operations = [
        migrations.AlterField(
            "request",
            "state",
            models.CharField("state", max_length=12, choices=jinlin.requests.states.state_choices),
        ),
    ]
