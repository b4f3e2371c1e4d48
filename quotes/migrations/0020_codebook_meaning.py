"""Which version of a codebook entry last changed its meaning: codings before it are looked at again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0008_review"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicaltarget",
            name="meaning_version",
            field=models.PositiveIntegerField(
                default=1,
                editable=False,
                help_text="The version that last changed what the entry means; codings before it are old.",
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="meaning_version",
            field=models.PositiveIntegerField(
                default=1,
                editable=False,
                help_text="The version that last changed what the entry means; codings before it are old.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("meaning_version__gte", 1), ("meaning_version__lte", models.F("version"))
                ),
                name="target_meaning_is_of_a_version",
            ),
        ),
    ]
