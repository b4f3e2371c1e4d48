"""Who takes which article, what was done on the review screen, why a candidate was rejected."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_merges"),
        ("quotes", "0011_editors_of_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assignment",
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
                ("assigned_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HistoricalAssignment",
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
                ("assigned_at", models.DateTimeField(blank=True, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical assignment",
                "verbose_name_plural": "historical assignments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ReviewAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(help_text="What was done, in words.", max_length=200)),
                (
                    "changes",
                    models.JSONField(
                        help_text="For each quote: its revision and spans before (null when it is new) and after."
                    ),
                ),
                (
                    "made",
                    models.JSONField(
                        default=list,
                        help_text="Rows that were added for it, as [model, key]: a new person.",
                    ),
                ),
                ("done_at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="historicalquote",
            name="rejected_as",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not-speech", "Nobody says it: a title, a name, scare quotes"),
                    ("no-speaker", "Said by nobody in particular"),
                    ("part", "Part of another quote"),
                    ("duplicate", "Found twice"),
                    ("furniture", "Not the article: a caption, a link, an advertisement"),
                    ("out-of-scope", "Outside what the collection holds"),
                    ("other", "Something else"),
                ],
                default="",
                editable=False,
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="quote",
            name="rejected_as",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not-speech", "Nobody says it: a title, a name, scare quotes"),
                    ("no-speaker", "Said by nobody in particular"),
                    ("part", "Part of another quote"),
                    ("duplicate", "Found twice"),
                    ("furniture", "Not the article: a caption, a link, an advertisement"),
                    ("out-of-scope", "Outside what the collection holds"),
                    ("other", "Something else"),
                ],
                default="",
                editable=False,
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rejected_as", ""),
                    models.Q(
                        (
                            "rejected_as__in",
                            [
                                "not-speech",
                                "no-speaker",
                                "part",
                                "duplicate",
                                "furniture",
                                "out-of-scope",
                                "other",
                            ],
                        ),
                        ("status", "rejected"),
                    ),
                    _connector="OR",
                ),
                name="quote_rejected_as",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="article",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="assignment",
                to="quotes.article",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="editor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="assignments",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalassignment",
            name="article",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="quotes.article",
            ),
        ),
        migrations.AddField(
            model_name="historicalassignment",
            name="editor",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalassignment",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reviewaction",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="review_actions",
                to="quotes.article",
            ),
        ),
        migrations.AddField(
            model_name="reviewaction",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="review_actions",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="reviewaction",
            index=models.Index(
                condition=models.Q(("undone_at__isnull", True)),
                fields=["article", "by", "-id"],
                name="review_action_last",
            ),
        ),
    ]
