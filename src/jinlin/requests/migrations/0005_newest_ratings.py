from django.db import migrations
from django.db.models import Exists, OuterRef, Q


def mark_earlier_ones(apps, schema_editor):
    """Let only the newest judgement of each request be marked so."""
    ratings = apps.get_model("requests", "Rating").objects.using(schema_editor.connection.alias)
    at, key = OuterRef("at"), OuterRef("pk")
    later = ratings.filter(Q(at__gt=at) | Q(at=at, pk__gt=key), request=OuterRef("request"))
    earlier = list(ratings.filter(Exists(later)).values_list("pk", flat=True))
    for start in range(0, len(earlier), 500):
        ratings.filter(pk__in=earlier[start : start + 500]).update(newest=False)


class Migration(migrations.Migration):
    dependencies = [("requests", "0004_rating_scheme")]

    operations = [migrations.RunPython(mark_earlier_ones, migrations.RunPython.noop)]
