"""What each group may do with targets' merges, splits and relations, and with suggestions.

Everybody in the admin sees them; editors merge, split and relate. The admin group undoes, and imports codings: an import speaks
for other coders.
"""

from django.db import migrations

VIEWED = ["targetmove", "targetrelation", "training", "stancesuggestion"]
IMPORTED = ["codingimport"]
EDITED = ["targetmove", "targetrelation"]


def permissions(apps, models, action):
    """Return the permissions; Django makes missing ones later, under the same names."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    for name in models:
        content_type, _ = ContentType.objects.get_or_create(app_label="quotes", model=name)
        verbose = apps.get_model("quotes", name)._meta.verbose_name
        permission, _ = Permission.objects.get_or_create(
            content_type=content_type,
            codename=f"{action}_{name}",
            defaults={"name": f"Can {action} {verbose}"},
        )
        yield permission


def create(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    wanted = {"viewer": [], "coder": [], "editor": ["add"], "admin": ["add", "change"]}
    for name, actions in wanted.items():
        group = Group.objects.get(name=name)
        group.permissions.add(*permissions(apps, VIEWED, "view"))
        if name == "admin":
            group.permissions.add(*permissions(apps, IMPORTED, "view"))
            group.permissions.add(*permissions(apps, IMPORTED, "add"))
        for action in actions:
            group.permissions.add(*permissions(apps, EDITED, action))


def remove(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    Permission.objects.filter(
        content_type__app_label="quotes", content_type__model__in=[*VIEWED, *IMPORTED]
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("quotes", "0045_targets")]
    operations = [migrations.RunPython(create, remove)]
