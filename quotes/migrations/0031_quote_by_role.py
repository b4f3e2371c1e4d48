from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quotes", "0050_kinds_of_source")]

    operations = [
        migrations.AddIndex(
            model_name="quote",
            index=models.Index(fields=["status", "speaker_role"], name="quote_by_role"),
        ),
    ]
