"""Everybody in the admin sees suggested utterances; who may change utterances decides."""

from django.db import migrations


def create(apps, schema_editor):
    # Django makes missing permissions later, under the same names.
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    content_type, _ = ContentType.objects.get_or_create(
        app_label="quotes", model="utterancesuggestion"
    )
    view, _ = Permission.objects.get_or_create(
        content_type=content_type,
        codename="view_utterancesuggestion",
        defaults={"name": "Can view suggested utterance"},
    )
    for group in Group.objects.filter(name__in=["viewer", "coder", "editor", "admin"]):
        group.permissions.add(view)


def remove(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    Permission.objects.filter(
        content_type__app_label="quotes", content_type__model="utterancesuggestion"
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("quotes", "0062_utterance_suggestions")]
    operations = [migrations.RunPython(create, remove)]
