"""Pairs of quotes that may report the same words."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0055_responsibility"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalUtteranceSuggestion",
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
                ("score", models.FloatField(help_text="How sure, from 0 to 1.")),
                ("reasons", models.JSONField(default=dict, help_text="What they share.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waits"),
                            ("confirmed", "The same words"),
                            ("rejected", "Not the same"),
                        ],
                        default="open",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(blank=True, default="", editable=False, max_length=500)),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
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
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="quotes.quote",
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
                    "later",
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
                "verbose_name": "historical suggested utterance",
                "verbose_name_plural": "historical suggested utterances",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="UtteranceSuggestion",
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
                ("score", models.FloatField(help_text="How sure, from 0 to 1.")),
                ("reasons", models.JSONField(default=dict, help_text="What they share.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waits"),
                            ("confirmed", "The same words"),
                            ("rejected", "Not the same"),
                        ],
                        default="open",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(blank=True, default="", editable=False, max_length=500)),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="quotes.quote",
                    ),
                ),
                (
                    "later",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="quotes.quote",
                    ),
                ),
            ],
            options={
                "verbose_name": "suggested utterance",
                "ordering": ["-score", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("earlier", "later"), name="utterance_suggested_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("earlier__lt", models.F("later"))),
                        name="utterance_suggestion_of_two_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", 0), ("score__lte", 1)),
                        name="utterance_suggestion_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("state", "open"),
                                ("why", ""),
                            ),
                            models.Q(
                                ("state__in", ["confirmed", "rejected"]),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="utterance_suggestion_decided_with_reason",
                    ),
                ],
            },
        ),
    ]
