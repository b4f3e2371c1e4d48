from django.db import migrations


def slim(apps, schema_editor):
    """Keep the long columns of a search row out of line.

    Whoever searches needs the key alone of each row that the index finds: with texts and vectors
    beside it, a common word's rows stand on five times as many pages. Rows that exist move when
    they are next written, or by VACUUM FULL.
    """
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE quotes_searchrow SET (toast_tuple_target = 128)")


def widen(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE quotes_searchrow RESET (toast_tuple_target)")


class Migration(migrations.Migration):
    dependencies = [("quotes", "0080_retold_by_speaker")]

    operations = [migrations.RunPython(slim, widen)]
