"""PostgreSQL: an index of the pairs of very common words that stand side by side.

GIN keeps no positions: for "of the" the words of each quote that has both would be read, hundreds
of thousands to find the few. The pairs of the words below are indexed as they stand, of the quote
and of what is around it, as search rows have them (folded). The list is frozen here;
`quotes.search.postgresql.COMMON` must be no longer.
"""

from django.db import migrations

COMMON = (
    "a about after all also an and any are as at be been but by can could did do for from had has "
    "have he her him his how i if in into is it its just like may me more my no not now of on one "
    "or our out over said she should so some such than that the their them then there these they "
    "this those to two up was we were what when which who will with would you your"
)
FORWARD = """
CREATE FUNCTION otr_common_pairs(words text, around_words text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT COALESCE(array_agg(DISTINCT word || ' ' || next), ARRAY[]::text[])
  FROM (
    SELECT word, lead(word) OVER (ORDER BY place) AS next
    FROM unnest(string_to_array(words || ' . ' || around_words, ' ')) WITH ORDINALITY
      AS one(word, place)
  ) AS side_by_side
  WHERE word = ANY('{COMMON}'::text[]) AND next = ANY('{COMMON}'::text[])
$$;
CREATE INDEX quotes_searchrow_pairs ON quotes_searchrow
  USING gin (otr_common_pairs(words, around_words));
""".replace("COMMON", ",".join(COMMON.split()))
BACK = """
DROP INDEX quotes_searchrow_pairs;
DROP FUNCTION otr_common_pairs(text, text);
"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORWARD)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BACK)


class Migration(migrations.Migration):
    dependencies = [("quotes", "0071_slim_search_rows")]

    operations = [migrations.RunPython(create, drop)]
