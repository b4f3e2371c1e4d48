"""Targets merged, split and related; imports of codings; what a machine coder makes of quotes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0041_coding_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CodingImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "data",
                    models.BinaryField(
                        help_text="Kept until it is decided, then only its hash.", null=True
                    ),
                ),
                (
                    "read_as",
                    models.JSONField(default=dict, editable=False, help_text="How it is read."),
                ),
                ("counts", models.JSONField(default=dict, editable=False)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "import of codings",
                "verbose_name_plural": "imports of codings",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="StanceSuggestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        choices=[
                            ("supports", "Supports"),
                            ("criticises", "Criticises"),
                            ("mixed", "Mixed"),
                            ("neutral", "Neutral"),
                            ("asserts", "Asserts"),
                            ("denies", "Denies"),
                            ("questions", "Questions"),
                            ("reports", "Reports"),
                            ("no_stance", "No stance"),
                            ("unclear", "Unclear"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "probability",
                    models.FloatField(
                        help_text="Calibrated: of those at 0.8, four in five are right"
                    ),
                ),
                (
                    "reasons",
                    models.JSONField(default=list, help_text="The words that speak for the value."),
                ),
                (
                    "held_out",
                    models.BooleanField(
                        help_text="People coded this quote; the model that said this never saw it."
                    ),
                ),
            ],
            options={
                "verbose_name": "suggested stance",
                "ordering": ["target", "probability", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TargetMove",
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
                        choices=[("merge", "Merged into another"), ("split", "Split off")],
                        max_length=10,
                    ),
                ),
                (
                    "moved",
                    models.JSONField(
                        default=list, editable=False, help_text="The keys of the codings that went."
                    ),
                ),
                (
                    "stances_before",
                    models.JSONField(
                        default=list,
                        editable=False,
                        help_text="The public stances of both, as they stood.",
                    ),
                ),
                ("stances_after", models.JSONField(default=list, editable=False)),
            ],
            options={
                "verbose_name": "move of codings",
                "verbose_name_plural": "moves of codings",
                "ordering": ["-made_at", "-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TargetRelation",
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
                            ("equivalent", "Says the same as"),
                            ("negation", "Says the opposite of"),
                            ("part-of", "Is a part of"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
            options={
                "verbose_name": "relation of claims",
                "verbose_name_plural": "relations of claims",
                "ordering": ["claim", "other", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Training",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("trained_at", models.DateTimeField()),
                (
                    "n_codings",
                    models.PositiveIntegerField(help_text="Quotes that it learned from."),
                ),
                (
                    "figures",
                    models.JSONField(
                        default=dict,
                        help_text="Cross-validation against people, beside the majority baseline.",
                    ),
                ),
                (
                    "words",
                    models.JSONField(
                        default=dict, help_text="By value, the words that speak most for it."
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="historicalstancecoding",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                help_text="The target by whose entry it was coded, where it has moved since.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="quotes.target",
            ),
        ),
        migrations.AddField(
            model_name="historicalstancecoding",
            name="moved_at_version",
            field=models.PositiveIntegerField(
                blank=True,
                editable=False,
                help_text="The version of the present target's entry when it moved there.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="historicaltarget",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                help_text="The target that its codings went to; its address leads there.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="quotes.target",
            ),
        ),
        migrations.AddField(
            model_name="stancecoding",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="The target by whose entry it was coded, where it has moved since.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="quotes.target",
            ),
        ),
        migrations.AddField(
            model_name="stancecoding",
            name="moved_at_version",
            field=models.PositiveIntegerField(
                blank=True,
                editable=False,
                help_text="The version of the present target's entry when it moved there.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="The target that its codings went to; its address leads there.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="quotes.target",
            ),
        ),
        migrations.AddConstraint(
            model_name="stancecoding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("entry__isnull", True), ("moved_at_version__isnull", True)),
                    models.Q(("entry__isnull", False), ("moved_at_version__isnull", False)),
                    _connector="OR",
                ),
                name="coding_moved_says_from_where",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("pk")), _negated=True),
                name="target_not_merged_into_itself",
            ),
        ),
        migrations.AddField(
            model_name="codingimport",
            name="uploaded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="stancesuggestion",
            name="coder",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suggestions",
                to="quotes.coder",
            ),
        ),
        migrations.AddField(
            model_name="stancesuggestion",
            name="quote",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="stance_suggestions",
                to="quotes.quote",
            ),
        ),
        migrations.AddField(
            model_name="stancesuggestion",
            name="target",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="suggestions",
                to="quotes.target",
            ),
        ),
        migrations.AddField(
            model_name="targetmove",
            name="into",
            field=models.ForeignKey(
                help_text="Where they went",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moves_in",
                to="quotes.target",
            ),
        ),
        migrations.AddField(
            model_name="targetmove",
            name="made_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="targetmove",
            name="target",
            field=models.ForeignKey(
                help_text="Where they came from",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moves_out",
                to="quotes.target",
            ),
        ),
        migrations.AddField(
            model_name="targetmove",
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
            model_name="targetrelation",
            name="claim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="relations",
                to="quotes.target",
            ),
        ),
        migrations.AddField(
            model_name="targetrelation",
            name="made_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="targetrelation",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="related_by",
                to="quotes.target",
            ),
        ),
        migrations.AddField(
            model_name="targetrelation",
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
            model_name="training",
            name="coder",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="trainings",
                to="quotes.coder",
            ),
        ),
        migrations.AddField(
            model_name="training",
            name="target",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="training",
                to="quotes.target",
            ),
        ),
        migrations.AddIndex(
            model_name="stancesuggestion",
            index=models.Index(
                fields=["target", "held_out", "probability"], name="stancesuggestion_least_sure"
            ),
        ),
        migrations.AddConstraint(
            model_name="stancesuggestion",
            constraint=models.UniqueConstraint(
                fields=("quote", "target"), name="stancesuggestion_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="stancesuggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("probability__gte", 0), ("probability__lte", 1)),
                name="stancesuggestion_probability",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetmove",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="targetmove_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="targetmove",
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
                name="targetmove_undone_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetmove",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["merge", "split"])), name="targetmove_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="targetmove",
            constraint=models.CheckConstraint(
                condition=models.Q(("target", models.F("into")), _negated=True),
                name="targetmove_leads_elsewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetrelation",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="targetrelation_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="targetrelation",
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
                name="targetrelation_undone_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetrelation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["equivalent", "negation", "part-of"])),
                name="targetrelation_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetrelation",
            constraint=models.CheckConstraint(
                condition=models.Q(("claim", models.F("other")), _negated=True),
                name="targetrelation_is_to_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetrelation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)),
                fields=("claim", "other"),
                name="targetrelation_one_in_force",
            ),
        ),
    ]
