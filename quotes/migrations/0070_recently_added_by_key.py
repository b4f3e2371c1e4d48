from django.db import migrations, models


class Migration(migrations.Migration):
    """The index has the order of the list to its end: else all rows are sorted for the first."""

    dependencies = [("quotes", "0064_doubtful_first")]

    operations = [
        migrations.RemoveIndex(model_name="quote", name="quote_recently_added"),
        migrations.AddIndex(
            model_name="quote",
            index=models.Index(
                fields=["status", "-published_at", "-id"], name="quote_recently_added"
            ),
        ),
    ]
