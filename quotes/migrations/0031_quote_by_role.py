from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quotes", "0030_search_words")]

    operations = [
        migrations.AddIndex(
            model_name="quote",
            index=models.Index(fields=["status", "speaker_role"], name="quote_by_role"),
        ),
    ]
