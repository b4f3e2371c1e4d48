"""When did the record last change, and what has since a moment: asked at each download."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0033_change_log"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="quoteversion",
            index=models.Index(fields=["created_at"], name="version_by_moment"),
        ),
    ]
