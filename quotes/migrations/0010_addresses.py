import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_merges"),
        ("quotes", "0005_intake"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalReport",
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
                    "reference",
                    models.CharField(
                        db_index=True,
                        editable=False,
                        help_text="What the reader was told to quote.",
                        max_length=10,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("correction", "Something is wrong"),
                            ("reply", "I am the speaker and want to reply"),
                            ("removal", "Something should be taken down"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Acted on"), ("declined", "Declined")],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "answer",
                    models.TextField(blank=True, help_text="What was done, or why nothing was."),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
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
            ],
            options={
                "verbose_name": "historical report",
                "verbose_name_plural": "historical reports",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("why", models.CharField(help_text="Readers see it.", max_length=500)),
                ("made_at", models.DateTimeField(editable=False)),
                ("undone_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("undone_why", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reply", "Reply by the speaker"),
                            ("disputed", "Disputed by the speaker"),
                            ("corrected", "Corrected by the outlet"),
                            ("retracted", "Retracted by the outlet"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "text",
                    models.TextField(help_text="The reply or correction in its author's words."),
                ),
                ("dated", models.DateField(help_text="The day on which it was given.")),
                (
                    "url",
                    models.URLField(blank=True, help_text="Where it can be read.", max_length=1000),
                ),
            ],
            options={
                "verbose_name": "reply or correction",
                "verbose_name_plural": "replies and corrections",
                "ordering": ["dated", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PublishedAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("quote", "Quote"),
                            ("person", "Person"),
                            ("organization", "Organisation"),
                            ("article", "Article"),
                            ("outlet", "Outlet"),
                            ("target", "Target"),
                            ("utterance", "Utterance"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "key",
                    models.CharField(help_text="The id or slug in the address.", max_length=80),
                ),
                ("first_public_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "published address",
                "verbose_name_plural": "published addresses",
            },
        ),
        migrations.CreateModel(
            name="QuoteRedirect",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("why", models.CharField(help_text="Readers see it.", max_length=500)),
                ("made_at", models.DateTimeField(editable=False)),
                ("undone_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("undone_why", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "verbose_name": "merge",
                "ordering": ["-made_at", "-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="QuoteSplit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("why", models.CharField(help_text="Readers see it.", max_length=500)),
                ("made_at", models.DateTimeField(editable=False)),
                ("undone_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("undone_why", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "verbose_name": "split",
                "ordering": ["-made_at", "-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Report",
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
                    "reference",
                    models.CharField(
                        editable=False,
                        help_text="What the reader was told to quote.",
                        max_length=10,
                        unique=True,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("correction", "Something is wrong"),
                            ("reply", "I am the speaker and want to reply"),
                            ("removal", "Something should be taken down"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "page",
                    models.CharField(
                        blank=True,
                        help_text="The address that it is about, as the reader gave it.",
                        max_length=300,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        help_text="Where an answer goes, if the reader wants one.",
                        max_length=200,
                    ),
                ),
                ("sender", models.CharField(editable=False, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Acted on"), ("declined", "Declined")],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "answer",
                    models.TextField(blank=True, help_text="What was done, or why nothing was."),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="quote",
            name="quote_status",
        ),
        migrations.RemoveConstraint(
            model_name="quote",
            name="quote_published_is_reviewed",
        ),
        migrations.AddField(
            model_name="historicalquote",
            name="unlisted",
            field=models.BooleanField(
                default=False,
                help_text="Search engines are asked to leave the page out. Weaker than a withdrawal: readers see the quote as before.",
            ),
        ),
        migrations.AddField(
            model_name="quote",
            name="unlisted",
            field=models.BooleanField(
                default=False,
                help_text="Search engines are asked to leave the page out. Weaker than a withdrawal: readers see the quote as before.",
            ),
        ),
        migrations.AlterField(
            model_name="historicalquote",
            name="status",
            field=models.CharField(
                choices=[
                    ("candidate", "Candidate"),
                    ("accepted", "Accepted"),
                    ("published", "Published"),
                    ("rejected", "Rejected"),
                    ("withdrawn", "Withdrawn"),
                    ("merged", "Merged into another"),
                ],
                default="candidate",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="quote",
            name="status",
            field=models.CharField(
                choices=[
                    ("candidate", "Candidate"),
                    ("accepted", "Accepted"),
                    ("published", "Published"),
                    ("rejected", "Rejected"),
                    ("withdrawn", "Withdrawn"),
                    ("merged", "Merged into another"),
                ],
                default="candidate",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        ["candidate", "accepted", "published", "rejected", "withdrawn", "merged"],
                    )
                ),
                name="quote_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["published", "withdrawn", "merged"]), _negated=True),
                    models.Q(
                        ("public_id__isnull", False),
                        ("reviewer__isnull", False),
                        ("reviewed_at__isnull", False),
                        ("published_at__isnull", False),
                        models.Q(("speaker_text", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="quote_published_is_reviewed",
            ),
        ),
        migrations.AddField(
            model_name="historicalreport",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalreport",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalreport",
            name="quote",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="quotes.quote",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="made_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="quote",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="quotes.quote",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="undone_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedaddress",
            constraint=models.UniqueConstraint(
                fields=("kind", "key"), name="published_address_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "quote",
                            "person",
                            "organization",
                            "article",
                            "outlet",
                            "target",
                            "utterance",
                        ],
                    )
                ),
                name="published_address_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(("key", ""), _negated=True),
                name="published_address_key_not_empty",
            ),
        ),
        migrations.AddField(
            model_name="quoteredirect",
            name="into",
            field=models.ForeignKey(
                help_text="What it was merged into, as the editor decided.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="quotes.quote",
            ),
        ),
        migrations.AddField(
            model_name="quoteredirect",
            name="made_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="quoteredirect",
            name="quote",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="redirects",
                to="quotes.quote",
            ),
        ),
        migrations.AddField(
            model_name="quoteredirect",
            name="survivor",
            field=models.ForeignKey(
                help_text="Where its address leads now: the end of the chain, collapsed on write.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="redirected_here",
                to="quotes.quote",
            ),
        ),
        migrations.AddField(
            model_name="quoteredirect",
            name="undone_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="quotesplit",
            name="made_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="quotesplit",
            name="part",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="split_from",
                to="quotes.quote",
            ),
        ),
        migrations.AddField(
            model_name="quotesplit",
            name="quote",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="splits",
                to="quotes.quote",
            ),
        ),
        migrations.AddField(
            model_name="quotesplit",
            name="undone_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="decided_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="quote",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="reports",
                to="quotes.quote",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="notice_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("undone_at__isnull", True), ("undone_by__isnull", True), ("undone_why", "")
                    ),
                    models.Q(
                        ("undone_at__isnull", False),
                        ("undone_by__isnull", False),
                        models.Q(("undone_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="notice_undone_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["reply", "disputed", "corrected", "retracted"])),
                name="notice_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="notice_text_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("url", ""),
                    ("url__istartswith", "http://"),
                    ("url__istartswith", "https://"),
                    _connector="OR",
                ),
                name="notice_url_is_http",
            ),
        ),
        migrations.AddConstraint(
            model_name="quoteredirect",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="quoteredirect_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="quoteredirect",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("undone_at__isnull", True), ("undone_by__isnull", True), ("undone_why", "")
                    ),
                    models.Q(
                        ("undone_at__isnull", False),
                        ("undone_by__isnull", False),
                        models.Q(("undone_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="quoteredirect_undone_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="quoteredirect",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)),
                fields=("quote",),
                name="redirect_one_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="quoteredirect",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quote", models.F("into")), _negated=True),
                    models.Q(("quote", models.F("survivor")), _negated=True),
                ),
                name="quoteredirect_leads_elsewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="quotesplit",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="quotesplit_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="quotesplit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("undone_at__isnull", True), ("undone_by__isnull", True), ("undone_why", "")
                    ),
                    models.Q(
                        ("undone_at__isnull", False),
                        ("undone_by__isnull", False),
                        models.Q(("undone_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="quotesplit_undone_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="quotesplit",
            constraint=models.UniqueConstraint(fields=("part",), name="split_part_once"),
        ),
        migrations.AddConstraint(
            model_name="quotesplit",
            constraint=models.CheckConstraint(
                condition=models.Q(("quote", models.F("part")), _negated=True),
                name="quotesplit_part_is_another",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["sender", "created_at"], name="report_by_sender"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["correction", "reply", "removal", "other"])),
                name="report_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "done", "declined"])), name="report_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="report_text_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        ("decided_at__isnull", False),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="report_decided_with_answer",
                violation_error_message="Say what was done, or why nothing was.",
            ),
        ),
    ]
