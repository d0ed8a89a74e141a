"""The group of reviewers says which review it does, now that there is a second one."""

from django.db import migrations


def rename(apps, old, new):
    group = apps.get_model("auth", "Group").objects
    group.filter(name=old).update(name=new)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_add_legal_reviewers"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunPython(
            lambda apps, editor: rename(apps, "Reviewers", "Subject reviewers"),
            lambda apps, editor: rename(apps, "Subject reviewers", "Reviewers"),
        ),
    ]
