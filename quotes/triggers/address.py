"""An address that was public once answers for ever, and never through a chain."""

from base.triggers import Refusal, Trigger
from base.undoing import decision_stays

REDIRECT, ADDRESS = "quotes_quoteredirect", "quotes_publishedaddress"
WAS_PUBLIC = (
    "EXISTS (SELECT 1 FROM quotes_publishedaddress a WHERE a.kind = '{kind}' AND a.\"key\" = {key})"
)
# The rows that a redirect touches: two merges at once must not make a chain between them.
BOTH = (
    "PERFORM 1 FROM quotes_quote WHERE id IN (NEW.quote_id, NEW.survivor_id) ORDER BY id FOR UPDATE"
)
CHAIN = (
    "NEW.undone_at IS NULL AND EXISTS (SELECT 1 FROM quotes_quoteredirect r "
    "WHERE r.undone_at IS NULL AND r.id <> COALESCE(NEW.id, -1) "
    "AND (r.quote_id = NEW.survivor_id OR r.survivor_id = NEW.quote_id))"
)


def was_public(kind: str, key: str) -> str:
    """Return SQL that holds when the page of this kind and key was public at some time."""
    return WAS_PUBLIC.format(kind=kind, key=key)


def _no_chain(event: str) -> Refusal:
    return Refusal(
        name=f"merge_no_chain_{event.lower()}",
        table=REDIRECT,
        event=event,
        condition=f"({CHAIN})",
        message="a redirect leads to a quote that is not redirected itself",
        lock=BOTH,
    )


def _gone(kind: str, table: str, key: str) -> Refusal:
    return Refusal(
        name=f"{kind}_published_stays",
        table=table,
        event="DELETE",
        condition=f"({was_public(kind, f'OLD.{key}')})",
        message="a page that was public is never deleted",
    )


def _slug_stays(kind: str, table: str) -> Refusal:
    return Refusal(
        name=f"{kind}_slug_stays",
        table=table,
        event="UPDATE OF slug",
        condition=f"(NEW.slug <> OLD.slug AND {was_public(kind, 'OLD.slug')})",
        message="an address that was public never changes",
    )


WITH_SLUG = (
    ("organization", "people_organization"),
    ("outlet", "quotes_outlet"),
    ("target", "quotes_target"),
)
WITH_ID = (("article", "quotes_article"), ("utterance", "quotes_utterance"))

TRIGGERS: tuple[Trigger, ...] = (
    _no_chain("INSERT"),
    _no_chain("UPDATE"),
    *decision_stays(REDIRECT, "quote_id", "into_id", "why", "made_at", "made_by_id"),
    *decision_stays("quotes_quotesplit", "quote_id", "part_id", "why", "made_at", "made_by_id"),
    *decision_stays("quotes_notice", "quote_id", "kind", "text", "dated", "made_by_id"),
    *(_slug_stays(kind, table) for kind, table in WITH_SLUG),
    *(_gone(kind, table, "slug") for kind, table in WITH_SLUG),
    *(_gone(kind, table, "public_id") for kind, table in WITH_ID),
    Refusal(
        name="person_published_stays",
        table="people_person",
        event="DELETE",
        condition=(
            f"({was_public('person', 'OLD.slug')} AND NOT EXISTS "
            "(SELECT 1 FROM people_personredirect r WHERE r.slug = OLD.slug))"
        ),
        message="a page that was public is never deleted",
    ),
    Refusal(
        name="redirect_published_stays",
        table="people_personredirect",
        event="DELETE",
        condition=(
            f"({was_public('person', 'OLD.slug')} AND NOT EXISTS "
            "(SELECT 1 FROM people_person p WHERE p.slug = OLD.slug))"
        ),
        message="an address that was public always leads somewhere",
    ),
    *(
        Refusal(
            name=f"published_address_stays_{event.lower()}",
            table=ADDRESS,
            event=event,
            condition="(1 = 1)",
            message="an address that was public stays known",
        )
        for event in ("UPDATE", "DELETE")
    ),
    *(
        Refusal(
            name=f"withdrawal_stays_{event.split()[0].lower()}",
            table="quotes_withdrawal",
            event=event,
            condition=condition,
            message="a withdrawal is lifted, never changed or deleted",
        )
        for event, condition in (
            (
                "UPDATE",
                "(NEW.quote_id <> OLD.quote_id OR NEW.reason <> OLD.reason OR "
                "NEW.withdrawn_at <> OLD.withdrawn_at OR "
                "NEW.withdrawn_by_id <> OLD.withdrawn_by_id OR "
                "(OLD.lifted_at IS NOT NULL AND NEW.lifted_at IS NULL))",
            ),
            ("DELETE", "(1 = 1)"),
        )
    ),
)
