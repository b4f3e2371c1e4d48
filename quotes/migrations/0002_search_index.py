"""The full-text index of each database over the search rows.

SQLite: an FTS5 table with external content, kept by triggers (`quotes/triggers/search.py`).
PostgreSQL: two generated columns with GIN indexes. The `simple` configuration, since the words
are folded and stemmed before they are stored.
"""

from django.db import migrations

SQLITE_FORWARD = """
CREATE VIRTUAL TABLE quotes_searchindex USING fts5(
    words, stems, around_words, around_stems,
    content='quotes_searchrow', content_rowid='quote_id',
    tokenize='unicode61 remove_diacritics 0'
)
"""
POSTGRESQL_FORWARD = """
ALTER TABLE quotes_searchrow
  ADD COLUMN words_vector tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', words), 'A')
    || setweight(to_tsvector('simple', around_words), 'B')) STORED,
  ADD COLUMN stems_vector tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', stems), 'A')
    || setweight(to_tsvector('simple', around_stems), 'B')) STORED;
CREATE INDEX quotes_searchrow_words ON quotes_searchrow USING gin (words_vector);
CREATE INDEX quotes_searchrow_stems ON quotes_searchrow USING gin (stems_vector);
"""
POSTGRESQL_BACK = """
ALTER TABLE quotes_searchrow DROP COLUMN words_vector, DROP COLUMN stems_vector;
"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE_FORWARD)
    else:
        schema_editor.execute(POSTGRESQL_FORWARD)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE quotes_searchindex")
    else:
        schema_editor.execute(POSTGRESQL_BACK)


class Migration(migrations.Migration):
    dependencies = [("quotes", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
