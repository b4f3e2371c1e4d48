"""The four groups and what each may do.

viewer reads everything in the admin; coder also codes stances; editor also changes the record and
publishes; admin also manages accounts. Nobody may delete what was published: the database refuses.
"""

from django.db import migrations

EDITED = {
    "people": ["person", "personname", "organization", "membership", "personredirect"],
    "quotes": ["outlet", "article", "quote", "utterance", "target", "stance"],
}
CODED = {"quotes": ["stancecoding"]}
READ = {"quotes": ["quotespan", "quoteversion", "withdrawal", "coder"]}
MANAGED = {"auth": ["user", "group"], "quotes": ["coder"]}


def permissions(apps, models, actions):
    """Return the permissions; Django makes missing ones later, under the same names."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    found = []
    for app_label, names in models.items():
        for name in names:
            content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=name)
            for action in actions:
                verbose = apps.get_model(app_label, name)._meta.verbose_name
                permission, _ = Permission.objects.get_or_create(
                    content_type=content_type,
                    codename=f"{action}_{name}",
                    defaults={"name": f"Can {action} {verbose}"},
                )
                found.append(permission)
    return found


def create(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    everything = [
        *permissions(apps, EDITED, ["view"]),
        *permissions(apps, CODED, ["view"]),
        *permissions(apps, READ, ["view"]),
    ]
    coding = [*everything, *permissions(apps, CODED, ["add", "change"])]
    editing = [*coding, *permissions(apps, EDITED, ["add", "change"])]
    # A candidate or an empty person may go; the database keeps what is used or was published.
    editing += permissions(
        apps, {"people": ["personname", "membership"], "quotes": ["quote", "stance"]}, ["delete"]
    )
    managing = [*editing, *permissions(apps, MANAGED, ["view", "add", "change"])]
    for name, granted in {
        "viewer": everything,
        "coder": coding,
        "editor": editing,
        "admin": managing,
    }.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(granted)


def remove(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(
        name__in=["viewer", "coder", "editor", "admin"]
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0002_search_index"),
        ("people", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, remove)]
