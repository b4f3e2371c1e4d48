"""A quote is what the article says: spans equal the body, text equals the spans."""

from base.triggers import Consequence, Refusal, Trigger
from people.triggers import id_stays

SPAN, QUOTE, ARTICLE = "quotes_quotespan", "quotes_quote", "quotes_article"
WRITES = ("INSERT", "UPDATE")

# Both databases count code points here, as Python does.
BODY_AT_SPAN = (
    'SELECT substr(a.body, NEW.start + 1, NEW."end" - NEW.start) FROM quotes_article a '
    "JOIN quotes_quote q ON q.article_id = a.id WHERE q.id = NEW.quote_id"
)
OTHER_SPAN_IN_THE_WAY = (
    "SELECT 1 FROM quotes_quotespan s "
    "WHERE s.quote_id = NEW.quote_id AND s.id <> COALESCE(NEW.id, -1) AND ("
    '(s.ordinal < NEW.ordinal AND s."end" > NEW.start) OR '
    '(s.ordinal > NEW.ordinal AND s.start < NEW."end"))'
)


def _joined(quote: str, vendor: str) -> str:
    """Return SQL for the text that a quote's spans make."""
    if vendor == "sqlite":
        return (
            "COALESCE((SELECT group_concat(part, '') FROM (SELECT joiner || words AS part "
            f"FROM quotes_quotespan WHERE quote_id = {quote} ORDER BY ordinal)), '')"
        )
    return (
        "COALESCE((SELECT string_agg(joiner || words, '' ORDER BY ordinal) "
        f"FROM quotes_quotespan WHERE quote_id = {quote}), '')"
    )


def _follow(event: str, row: str) -> Consequence:
    """Return the trigger that writes a quote's text and start from its spans."""

    def statement(vendor: str) -> str:
        return (
            f"UPDATE quotes_quote SET text = {_joined(f'{row}.quote_id', vendor)}, "
            f"start = COALESCE((SELECT min(start) FROM quotes_quotespan "
            f"WHERE quote_id = {row}.quote_id), 0) WHERE id = {row}.quote_id"
        )

    return Consequence(
        name=f"quote_follows_span_{event.lower()}",
        table=SPAN,
        event=event,
        sqlite_statement=statement("sqlite"),
        postgresql_statement=statement("postgresql"),
    )


def _refuse(name: str, table: str, event: str, condition: str, message: str) -> Refusal:
    return Refusal(name, table, event, f"({condition})", message)


SPANS: tuple[Trigger, ...] = (
    *(
        Refusal(
            name=f"span_is_body_{event.lower()}",
            table=SPAN,
            event=event,
            condition=f"(NEW.words <> COALESCE(({BODY_AT_SPAN}), ''))",
            message="the words of a span differ from the article there",
            # Otherwise the body could change between this look and the commit.
            lock=(
                "PERFORM 1 FROM quotes_article a JOIN quotes_quote q ON q.article_id = a.id "
                "WHERE q.id = NEW.quote_id FOR SHARE OF a"
            ),
        )
        for event in WRITES
    ),
    *(
        _refuse(
            f"span_in_order_{event.lower()}",
            SPAN,
            event,
            f"EXISTS ({OTHER_SPAN_IN_THE_WAY})",
            "spans are out of order or overlap",
        )
        for event in WRITES
    ),
    _refuse(
        "span_keeps_quote",
        SPAN,
        "UPDATE OF quote_id",
        "NEW.quote_id <> OLD.quote_id",
        "a span can not move to another quote",
    ),
    _refuse(
        "span_last_stays",
        SPAN,
        "DELETE",
        "EXISTS (SELECT 1 FROM quotes_quote q WHERE q.id = OLD.quote_id "
        "AND q.status NOT IN ('candidate', 'rejected')) AND NOT EXISTS (SELECT 1 FROM "
        "quotes_quotespan s WHERE s.quote_id = OLD.quote_id AND s.id <> OLD.id)",
        "the last span of a reviewed quote can not be deleted",
    ),
    _follow("INSERT", "NEW"),
    _follow("UPDATE", "NEW"),
    _follow("DELETE", "OLD"),
)

QUOTES: tuple[Trigger, ...] = (
    _refuse(
        "quote_starts_empty",
        QUOTE,
        "INSERT",
        "NEW.text <> '' OR NEW.status <> 'candidate'",
        "a quote starts as a candidate, and its text comes from its spans",
    ),
    _refuse(
        "quote_has_words",
        QUOTE,
        "UPDATE OF status",
        "NEW.status NOT IN ('candidate', 'rejected') AND NOT EXISTS "
        "(SELECT 1 FROM quotes_quotespan s WHERE s.quote_id = NEW.id)",
        "a reviewed quote needs a span",
    ),
    _refuse(
        "quote_withdrawn_with_reason",
        QUOTE,
        "UPDATE OF status",
        "NEW.status = 'withdrawn' AND NOT EXISTS (SELECT 1 FROM quotes_withdrawal w "
        "WHERE w.quote_id = NEW.id AND w.lifted_at IS NULL)",
        "a withdrawn quote needs a withdrawal with its reason",
    ),
    _refuse(
        "quote_merged_leads_on",
        QUOTE,
        "UPDATE OF status",
        "(NEW.status = 'merged') <> EXISTS (SELECT 1 FROM quotes_quoteredirect r "
        "WHERE r.quote_id = NEW.id AND r.undone_at IS NULL)",
        "a merged quote, and no other, leads to the quote that it was merged into",
    ),
    _refuse(
        "quote_public_once",
        QUOTE,
        "UPDATE OF status",
        "OLD.published_at IS NOT NULL AND NEW.status NOT IN ('published', 'withdrawn', 'merged')",
        "a quote that was public is published, withdrawn or merged",
    ),
    _refuse(
        "quote_keeps_article",
        QUOTE,
        "UPDATE OF article_id",
        "NEW.article_id <> OLD.article_id",
        "a quote can not move to another article",
    ),
    _refuse(
        "quote_published_stays",
        QUOTE,
        "DELETE",
        "OLD.published_at IS NOT NULL",
        "a quote that was published is never deleted",
    ),
    id_stays(QUOTE),
)

ARTICLES: tuple[Trigger, ...] = (
    _refuse(
        "article_body_stays",
        ARTICLE,
        "UPDATE OF body, sha256",
        "(NEW.body <> OLD.body OR NEW.sha256 <> OLD.sha256) AND EXISTS "
        "(SELECT 1 FROM quotes_quote q WHERE q.article_id = OLD.id)",
        "the text of a quoted article never changes",
    ),
    id_stays(ARTICLE),
)

VERSIONS: tuple[Trigger, ...] = tuple(
    _refuse(
        f"version_stays_{event.lower()}",
        "quotes_quoteversion",
        event,
        "1 = 1",
        "a published version is never changed or deleted",
    )
    for event in ("UPDATE", "DELETE")
)

TRIGGERS: tuple[Trigger, ...] = (*SPANS, *QUOTES, *ARTICLES, *VERSIONS)


def text_is_spans(vendor: str) -> Refusal:
    """Return the rule that a quote's text can only be what its spans make."""
    return _refuse(
        "quote_text_is_spans",
        QUOTE,
        "UPDATE OF text",
        f"NEW.text <> {_joined('NEW.id', vendor)}",
        "the text of a quote differs from its spans",
    )
