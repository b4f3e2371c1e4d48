"""What each group may do with merges, splits, replies, withdrawals and readers' reports.

Editors decide; only the admin group undoes a withdrawal, a merge or a split.
"""

from django.db import migrations

VIEWED = {
    "people": ["personmerge"],
    "quotes": ["notice", "publishedaddress", "quoteredirect", "quotesplit"],
}
EDITED = {
    "people": {"personmerge": ["add"]},
    "quotes": {
        "notice": ["add"],
        "quoteredirect": ["add"],
        "quotesplit": ["add"],
        "report": ["view", "change"],
        "withdrawal": ["add"],
    },
}
UNDONE = {
    "people": {"personmerge": ["change"]},
    "quotes": {
        "notice": ["change"],
        "quoteredirect": ["change"],
        "quotesplit": ["change"],
        "withdrawal": ["change"],
    },
}


def permissions(apps, wanted):
    """Return the permissions; Django makes missing ones later, under the same names."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    for app_label, models in wanted.items():
        for name, actions in models.items():
            content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=name)
            verbose = apps.get_model(app_label, name)._meta.verbose_name
            for action in actions:
                permission, _ = Permission.objects.get_or_create(
                    content_type=content_type,
                    codename=f"{action}_{name}",
                    defaults={"name": f"Can {action} {verbose}"},
                )
                yield permission


def create(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    viewed = {app: {name: ["view"] for name in names} for app, names in VIEWED.items()}
    for group, wanted in {
        "viewer": [viewed],
        "coder": [viewed],
        "editor": [viewed, EDITED],
        "admin": [viewed, EDITED, UNDONE],
    }.items():
        row = Group.objects.get(name=group)
        for part in wanted:
            row.permissions.add(*permissions(apps, part))


def remove(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    names = {*VIEWED["people"], *VIEWED["quotes"], "report"}
    Permission.objects.filter(content_type__model__in=names).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0010_addresses"),
        ("people", "0002_merges"),
    ]
    operations = [migrations.RunPython(create, remove)]
