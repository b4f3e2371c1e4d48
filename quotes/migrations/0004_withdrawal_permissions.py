"""Who may take a published quote back (editors), and who may lift that (admins)."""

from django.db import migrations

GRANTED = {"editor": ["add_withdrawal"], "admin": ["add_withdrawal", "change_withdrawal"]}
NAMES = {"add_withdrawal": "Can add withdrawal", "change_withdrawal": "Can change withdrawal"}


def grant(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    content_type, _ = ContentType.objects.get_or_create(app_label="quotes", model="withdrawal")
    for name, codenames in GRANTED.items():
        group, _ = Group.objects.get_or_create(name=name)
        for codename in codenames:
            permission, _ = Permission.objects.get_or_create(
                content_type=content_type, codename=codename, defaults={"name": NAMES[codename]}
            )
            group.permissions.add(permission)


def revoke(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, codenames in GRANTED.items():
        found = Permission.objects.filter(content_type__app_label="quotes", codename__in=codenames)
        for group in Group.objects.filter(name=name):
            group.permissions.remove(*found)


class Migration(migrations.Migration):
    dependencies = [("quotes", "0003_groups")]
    operations = [migrations.RunPython(grant, revoke)]
