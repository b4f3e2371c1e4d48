"""The change log: each write that lists, counts or pages could show leaves its number and quote.

Written in the edit's own transaction, so that whoever reads the count and the record in one
snapshot reads what belongs together. On PostgreSQL at the commit, and one number a transaction: the
counter is then locked for as long as a commit takes, and after every other row (no deadlock).
"""

from base.triggers import Consequence

# Numbers whose changes stay written down. Who has fallen further behind reads everything anew.
KEPT = 20_000
# Quotes that one transaction may change before the log says "all" (PostgreSQL; on SQLite each
# change has its own number, and KEPT alone is the bound).
MOST = 10_000
ALL = 0

QUOTE = "quotes_quote"
PUBLISHED = "status = 'published'"
# One quote stands for a speaker whose name changed: columns hold no names, but search does
# (`quotes/search/known.py`).
FIRST = f"id = (SELECT MIN(id) FROM {QUOTE} WHERE {PUBLISHED} AND speaker_id = NEW.id)"

_SQLITE = f"""
INSERT INTO quotes_changecounter (id, seq, epoch) VALUES (1, 1, random())
  ON CONFLICT (id) DO UPDATE SET seq = seq + 1;
DELETE FROM quotes_change WHERE seq <= (SELECT seq FROM quotes_changecounter) - {KEPT};
INSERT INTO quotes_change (seq, quote_id)
  SELECT c.seq, q.id FROM quotes_changecounter c JOIN ({{rows}}) q
""".strip()
_POSTGRESQL = f"""
DECLARE
  number bigint := NULLIF(current_setting('otr.change', true), '');
  written bigint := NULLIF(current_setting('otr.changed', true), '');
  more bigint;
BEGIN
  IF number IS NULL THEN
    INSERT INTO quotes_changecounter AS c (id, seq, epoch)
      VALUES (1, 1, (random() * 9e18)::bigint)
      ON CONFLICT (id) DO UPDATE SET seq = c.seq + 1 RETURNING c.seq INTO number;
    PERFORM set_config('otr.change', number::text, true);
    DELETE FROM quotes_change WHERE seq <= number - {KEPT};
    written := 0;
  END IF;
  IF written <= {MOST} THEN
    INSERT INTO quotes_change (seq, quote_id)
      SELECT number, q.id FROM ({{rows}} LIMIT {MOST + 1}) q ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS more = ROW_COUNT;
    written := written + more;
    IF written > {MOST} THEN
      DELETE FROM quotes_change WHERE seq <= number;
      INSERT INTO quotes_change (seq, quote_id) VALUES (number, {ALL});
    END IF;
    PERFORM set_config('otr.changed', written::text, true);
  END IF;
END
""".strip()


def _logged(name: str, table: str, event: str, rows: str, condition: str = "") -> Consequence:
    """Return the trigger that writes down the quotes which `rows` (SQL over NEW and OLD) names."""
    return Consequence(
        name=f"change_{name}_{event.lower()}",
        table=table,
        event=event,
        sqlite_statement=_SQLITE.format(rows=rows),
        postgresql_statement=_POSTGRESQL.format(rows=rows),
        condition=condition,
        deferred=True,
    )


def _sides(event: str) -> tuple[str, ...]:
    """Return the rows that a trigger of this event can read."""
    return {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("NEW", "OLD")}[event]


def _each(event: str, row: str, joiner: str = " UNION ") -> str:
    return joiner.join(row.format(row=side) for side in _sides(event))


def _of_quote(name: str, table: str, condition: str = "") -> tuple[Consequence, ...]:
    """Log the quote of a row that is written, changed or deleted."""
    return tuple(
        _logged(
            name,
            table,
            event,
            f"SELECT id FROM {QUOTE} WHERE id IN ({_each(event, '{row}.quote_id', ', ')})",
            f"(EXISTS (SELECT 1 FROM {QUOTE} q WHERE q.{PUBLISHED} "
            f"AND q.id IN ({_each(event, '{row}.quote_id', ', ')})))",
        )
        for event in ("INSERT", "UPDATE", "DELETE")
    )


def _of_person(event: str) -> Consequence:
    """Log what people in a role have said: it counts for the body they spoke from."""
    people = _each(event, "{row}.person_id", ", ")
    rows = f"SELECT id FROM {QUOTE} WHERE {PUBLISHED} AND speaker_id IN ({people})"
    return _logged("membership", "people_membership", event, rows, f"(EXISTS ({rows}))")


def _of_quotes(name: str, table: str, key: str, only_if: str = "1 = 1") -> Consequence:
    """Log the published quotes that point at a changed row; without one nothing public changed."""
    quotes = f"SELECT id FROM {QUOTE} WHERE {PUBLISHED} AND {key} = NEW.id"
    return _logged(name, table, "UPDATE", f"{quotes} AND {only_if}", f"(EXISTS ({quotes}))")


def _of_name(event: str) -> Consequence:
    """Log one quote of a person whose other name changed: its speaker's names are read anew."""
    people = _each(event, "{row}.person_id", ", ")
    quotes = f"FROM {QUOTE} WHERE {PUBLISHED} AND speaker_id IN ({people})"
    first = f"SELECT MIN(id) AS id {quotes} GROUP BY speaker_id"
    return _logged("alias", "people_personname", event, first, f"(EXISTS (SELECT 1 {quotes}))")


def _shown(name: str, table: str, event: str = "UPDATE") -> Consequence:
    """Count a change of words that pages show, of a thing that lists know by its key alone."""
    return _logged(name, table, event, f"SELECT id FROM {QUOTE} WHERE 1 = 2")


TRIGGERS: tuple[Consequence, ...] = (
    _logged(
        "quote",
        QUOTE,
        "UPDATE",
        "SELECT NEW.id AS id",
        f"(OLD.{PUBLISHED} OR NEW.{PUBLISHED})",
    ),
    _logged("quote", QUOTE, "DELETE", "SELECT OLD.id AS id", f"(OLD.{PUBLISHED})"),
    *_of_quote("stance", "quotes_stance"),
    *_of_quote("responsibility", "quotes_responsibility"),
    *_of_quote("search", "quotes_searchrow"),
    *_of_quote("notice", "quotes_notice"),
    _of_quotes("article", "quotes_article", "article_id"),
    _of_quotes(
        "person", "people_person", "speaker_id", f"(NEW.protected <> OLD.protected OR {FIRST})"
    ),
    *(_of_name(event) for event in ("INSERT", "UPDATE", "DELETE")),
    *(_of_person(event) for event in ("INSERT", "UPDATE", "DELETE")),
    _shown("outlet", "quotes_outlet"),
    _shown("organization", "people_organization"),
    _shown("target", "quotes_target"),
    _shown("utterance", "quotes_utterance"),
    *(_shown("relation", "quotes_targetrelation", event) for event in ("INSERT", "UPDATE")),
)
