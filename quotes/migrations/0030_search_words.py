"""The vocabulary that misspelt words are held against; and no phrase runs out of the quote.

PostgreSQL numbers the words around a quote on from those of the quote itself; a boundary between
the two keeps a phrase from running across, as it can't on SQLite, where they are two columns.
"""

from django.db import migrations, models

COLUMNS = """
ALTER TABLE quotes_searchrow DROP COLUMN words_vector, DROP COLUMN stems_vector;
ALTER TABLE quotes_searchrow
  ADD COLUMN words_vector tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', words), 'A')
    || setweight(to_tsvector('simple', {boundary}around_words), 'B')) STORED,
  ADD COLUMN stems_vector tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', stems), 'A')
    || setweight(to_tsvector('simple', {boundary}around_stems), 'B')) STORED;
CREATE INDEX quotes_searchrow_words ON quotes_searchrow USING gin (words_vector);
CREATE INDEX quotes_searchrow_stems ON quotes_searchrow USING gin (stems_vector);
"""


def bound(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(COLUMNS.format(boundary="'zzboundaryzz ' || "))


def unbound(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(COLUMNS.format(boundary=""))


def learn(apps, schema_editor):
    found = set()
    rows = apps.get_model("quotes", "SearchRow").objects.order_by()
    for texts in rows.values_list("words", "around_words").iterator(chunk_size=5_000):
        found.update(word for text in texts for word in text.split() if len(word) <= 40)
    words = apps.get_model("quotes", "SearchWord")
    rows = [words(word=word) for word in sorted(found - {"zzboundaryzz"})]
    words.objects.bulk_create(rows, ignore_conflicts=True, batch_size=900)


class Migration(migrations.Migration):
    dependencies = [("quotes", "0021_adjudication")]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[("word", models.CharField(max_length=40, primary_key=True, serialize=False))],
            options={"verbose_name": "search word"},
        ),
        migrations.RunPython(bound, unbound),
        migrations.RunPython(learn, migrations.RunPython.noop),
    ]
