"""Names the steps of standard texts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests", "0013_merges")]

    operations = [
        migrations.AlterField(
            model_name="standardtext",
            name="verb",
            field=models.CharField(
                choices=[
                    ("receive", "received"),
                    ("accept", "accept"),
                    ("coordinate", "coordinate with neighbours"),
                    ("decline", "decline"),
                    ("classify", "classify"),
                    ("relocate", "correct the place"),
                    ("dispatch", "dispatch"),
                    ("transfer", "pass on"),
                    ("send_back", "send back to the dispatcher"),
                    ("sign", "sign for"),
                    ("start", "start work"),
                    ("report", "report progress"),
                    ("handle", "report as handled"),
                    ("call_back", "begin call-back"),
                    ("close", "close"),
                    ("rework", "send back for rework"),
                    ("settle", "close with a reason"),
                    ("withdraw", "withdraw"),
                    ("add", "add information"),
                    ("merge", "merge into another"),
                    ("unmerge", "take out of the merge"),
                    ("escalate", "escalate"),
                    ("import", "imported"),
                    ("ask", "ask for an approval"),
                    ("grant", "grant"),
                    ("refuse", "refuse"),
                    ("take_back", "take the wish back"),
                    ("resume", "end the suspension"),
                ],
                max_length=12,
            ),
        ),
    ]
