from django.db import migrations

from learning.people.areas import load_areas


def load(apps, schema_editor):
    load_areas(apps.get_model("people", "Area"))


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
