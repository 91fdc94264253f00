"""Residents comment on what is published: an answer is that of a body, or of a person."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0008_filing_follows"), ("people", "0004_landlords")]

    operations = [
        migrations.AddField(
            model_name="filinganswer",
            name="person",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AlterField(
            model_name="filinganswer",
            name="body",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.body"
            ),
        ),
        migrations.AddConstraint(
            model_name="filinganswer",
            constraint=models.UniqueConstraint(fields=["filing", "person"], name="one_comment_per_person"),
        ),
        migrations.AddConstraint(
            model_name="filinganswer",
            constraint=models.CheckConstraint(
                condition=models.Q(body__isnull=False, person__isnull=True)
                | models.Q(body__isnull=True, person__isnull=False, verdict=""),
                name="answer_of_body_or_person",
            ),
        ),
    ]
