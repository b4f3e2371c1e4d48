"""What one person said that several articles report: their page asks for it each time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0070_recently_added_by_key"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="quote",
            index=models.Index(
                fields=["status", "speaker", "utterance"],
                name="quote_retold",
                condition=models.Q(utterance__isnull=False),
            ),
        ),
    ]
