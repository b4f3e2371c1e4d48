"""Who holds whom responsible for what, and who may code it."""

import django.db.models.deletion
import people.models
import simple_history.models
from django.conf import settings
from django.db import migrations, models


MODEL, ACTIONS = "responsibility", ["add", "change", "delete"]


def create(apps, schema_editor):
    """Let everyone in the admin read, and those who code write; Django makes missing ones later."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    content_type, _ = ContentType.objects.get_or_create(app_label="quotes", model=MODEL)
    found = {}
    for action in ["view", *ACTIONS]:
        found[action], _ = Permission.objects.get_or_create(
            content_type=content_type,
            codename=f"{action}_{MODEL}",
            defaults={"name": f"Can {action} {MODEL}"},
        )
    for name in ("viewer", "coder", "editor", "admin"):
        granted = ["view"] if name == "viewer" else found
        Group.objects.get(name=name).permissions.add(*(found[action] for action in granted))


def remove(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    Permission.objects.filter(content_type__model=MODEL).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_merges"),
        ("quotes", "0050_kinds_of_source"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalResponsibility",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("actor_name", models.CharField(blank=True, default="", max_length=150)),
                (
                    "revision",
                    models.PositiveIntegerField(
                        default=1,
                        editable=False,
                        help_text="Counts the saves, so that a stale one is refused.",
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("blames", "Blames"),
                            ("credits", "Credits"),
                            ("demands", "Demands action of"),
                            ("rejects", "Rejects the blame put on"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "addressee_text",
                    models.CharField(
                        blank=True,
                        help_text="A group in the words of the quote, where no person or body is meant.",
                        max_length=200,
                        validators=[people.models.validate_name],
                    ),
                ),
                (
                    "issue",
                    models.CharField(
                        help_text="For what; the same words for the same issue in every quote.",
                        max_length=200,
                    ),
                ),
                (
                    "rationale",
                    models.TextField(help_text="Which words say so, and how; readers see it."),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "addressee_organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.organization",
                    ),
                ),
                (
                    "addressee_person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Who is held responsible: a person, or an organisation, or a group below.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="quotes.quote",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical responsibility",
                "verbose_name_plural": "historical responsibilities",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "revision",
                    models.PositiveIntegerField(
                        default=1,
                        editable=False,
                        help_text="Counts the saves, so that a stale one is refused.",
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("blames", "Blames"),
                            ("credits", "Credits"),
                            ("demands", "Demands action of"),
                            ("rejects", "Rejects the blame put on"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "addressee_text",
                    models.CharField(
                        blank=True,
                        help_text="A group in the words of the quote, where no person or body is meant.",
                        max_length=200,
                        validators=[people.models.validate_name],
                    ),
                ),
                (
                    "issue",
                    models.CharField(
                        help_text="For what; the same words for the same issue in every quote.",
                        max_length=200,
                    ),
                ),
                (
                    "rationale",
                    models.TextField(help_text="Which words say so, and how; readers see it."),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "addressee_organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_responsible",
                        to="people.organization",
                    ),
                ),
                (
                    "addressee_person",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who is held responsible: a person, or an organisation, or a group below.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_responsible",
                        to="people.person",
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibilities",
                        to="quotes.quote",
                    ),
                ),
            ],
            options={
                "verbose_name": "responsibility",
                "verbose_name_plural": "responsibilities",
                "ordering": ["quote", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("act__in", ["blames", "credits", "demands", "rejects"])
                        ),
                        name="responsibility_act",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("issue", ""), _negated=True),
                        name="responsibility_has_issue",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rationale", ""), _negated=True),
                        name="responsibility_has_rationale",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("addressee_organization__isnull", True),
                                ("addressee_person__isnull", False),
                                ("addressee_text", ""),
                            ),
                            models.Q(
                                ("addressee_organization__isnull", False),
                                ("addressee_person__isnull", True),
                                ("addressee_text", ""),
                            ),
                            models.Q(
                                ("addressee_organization__isnull", True),
                                ("addressee_person__isnull", True),
                                models.Q(("addressee_text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="responsibility_has_one_addressee",
                        violation_error_message="Name one addressee: a person, an organisation or a group.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("addressee_organization__isnull", True),
                            ("addressee_person__isnull", False),
                            ("addressee_text", ""),
                        ),
                        fields=("quote", "act", "issue", "addressee_person"),
                        name="responsibility_once_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("addressee_organization__isnull", False),
                            ("addressee_person__isnull", True),
                            ("addressee_text", ""),
                        ),
                        fields=("quote", "act", "issue", "addressee_organization"),
                        name="responsibility_once_organization",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("addressee_organization__isnull", True),
                            ("addressee_person__isnull", True),
                            models.Q(("addressee_text", ""), _negated=True),
                        ),
                        fields=("quote", "act", "issue", "addressee_text"),
                        name="responsibility_once_text",
                    ),
                ],
            },
        ),
        migrations.RunPython(create, remove),
    ]
