"""Editors make rounds of coding and give the right answers of training sets; admins too."""

from django.db import migrations

MODELS = ("codingtask", "goldanswer")
ACTIONS = ("view", "add", "change")
GROUPS = ("editor", "admin")


def permissions(apps):
    """Return the permissions; Django makes missing ones later, under the same names."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    for name in MODELS:
        content_type, _ = ContentType.objects.get_or_create(app_label="quotes", model=name)
        verbose = apps.get_model("quotes", name)._meta.verbose_name
        for action in ACTIONS:
            permission, _ = Permission.objects.get_or_create(
                content_type=content_type,
                codename=f"{action}_{name}",
                defaults={"name": f"Can {action} {verbose}"},
            )
            yield permission


def create(apps, schema_editor):
    for group in GROUPS:
        apps.get_model("auth", "Group").objects.get(name=group).permissions.add(*permissions(apps))


def remove(apps, schema_editor):
    apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="quotes", content_type__model__in=MODELS
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("quotes", "0040_coding_rounds")]
    operations = [migrations.RunPython(create, remove)]
