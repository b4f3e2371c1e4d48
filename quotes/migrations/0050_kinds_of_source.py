"""What a citation calls an article, where an archive keeps it, and whose context readers see."""

import people.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0046_groups_of_the_codebook"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="archive_url",
            field=models.URLField(
                blank=True,
                help_text="A copy that an archive keeps of the page at “url”.",
                max_length=1000,
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="archived",
            field=models.DateField(
                blank=True, help_text="The day on which the archive made its copy.", null=True
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Not stated"),
                    ("newspaper", "Newspaper or news site"),
                    ("magazine", "Magazine"),
                    ("webpage", "Web page"),
                    ("blog", "Blog"),
                    ("interview", "Interview"),
                    ("television", "Television broadcast"),
                    ("radio", "Radio broadcast"),
                    ("press_release", "Press release"),
                    ("speech", "Speech"),
                ],
                default="",
                help_text="What a citation calls it. Not stated: a newspaper article, or a web page where no outlet is known.",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="pages",
            field=models.CharField(
                blank=True, help_text="Where it stands in print: 5, 5–6, A12.", max_length=40
            ),
        ),
        migrations.AddField(
            model_name="historicalarticle",
            name="archive_url",
            field=models.URLField(
                blank=True,
                help_text="A copy that an archive keeps of the page at “url”.",
                max_length=1000,
            ),
        ),
        migrations.AddField(
            model_name="historicalarticle",
            name="archived",
            field=models.DateField(
                blank=True, help_text="The day on which the archive made its copy.", null=True
            ),
        ),
        migrations.AddField(
            model_name="historicalarticle",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Not stated"),
                    ("newspaper", "Newspaper or news site"),
                    ("magazine", "Magazine"),
                    ("webpage", "Web page"),
                    ("blog", "Blog"),
                    ("interview", "Interview"),
                    ("television", "Television broadcast"),
                    ("radio", "Radio broadcast"),
                    ("press_release", "Press release"),
                    ("speech", "Speech"),
                ],
                default="",
                help_text="What a citation calls it. Not stated: a newspaper article, or a web page where no outlet is known.",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="historicalarticle",
            name="pages",
            field=models.CharField(
                blank=True, help_text="Where it stands in print: 5, 5–6, A12.", max_length=40
            ),
        ),
        migrations.AddField(
            model_name="historicalquote",
            name="without_context",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="Readers see the words alone: the article's share of context is used up.",
            ),
        ),
        migrations.AddField(
            model_name="quote",
            name="without_context",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="Readers see the words alone: the article's share of context is used up.",
            ),
        ),
        migrations.AlterField(
            model_name="historicaloutlet",
            name="name",
            field=models.CharField(
                db_index=True, max_length=300, validators=[people.models.validate_name]
            ),
        ),
        migrations.AlterField(
            model_name="outlet",
            name="name",
            field=models.CharField(
                max_length=300, unique=True, validators=[people.models.validate_name]
            ),
        ),
        migrations.AlterField(
            model_name="suggestion",
            name="name",
            field=models.CharField(
                blank=True,
                help_text="The fullest name that the article gives the speaker.",
                max_length=300,
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "",
                            "newspaper",
                            "magazine",
                            "webpage",
                            "blog",
                            "interview",
                            "television",
                            "radio",
                            "press_release",
                            "speech",
                        ],
                    )
                ),
                name="article_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("archive_url", ""),
                    ("archive_url__istartswith", "http://"),
                    ("archive_url__istartswith", "https://"),
                    _connector="OR",
                ),
                name="article_archive_url_is_http",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("archived__isnull", True),
                    models.Q(("archive_url", ""), _negated=True),
                    _connector="OR",
                ),
                name="article_archived_somewhere",
                violation_error_message="Say where the archive’s copy is, or leave its day empty.",
            ),
        ),
    ]
