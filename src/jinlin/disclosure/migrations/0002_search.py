"""Makes the full-text index."""

from django.db import migrations

from jinlin.platform.search import search_index


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0001_initial")]

    operations = [search_index("disclosure_disclosure")]
