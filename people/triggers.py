"""What the database refuses about people beyond its constraints, and what it keeps by itself."""

from base.triggers import Consequence, Refusal, Trigger
from base.undoing import decision_stays

PUBLIC_ID = "NEW.public_id <> OLD.public_id OR NEW.public_id IS NULL"


def id_stays(table: str) -> Refusal:
    """Refuse a change of a public id that was given once."""
    return Refusal(
        name=f"{table}_id_stays",
        table=table,
        event="UPDATE OF public_id",
        condition=f"(OLD.public_id IS NOT NULL AND ({PUBLIC_ID}))",
        message="a public id never changes",
    )


def _redirect(event: str) -> Refusal:
    return Refusal(
        name=f"redirect_elsewhere_{event.lower()}",
        table="people_personredirect",
        event=event,
        condition="(NEW.slug = (SELECT slug FROM people_person WHERE id = NEW.person_id))",
        message="a redirect can not lead to itself",
    )


def _slug(event: str, name: str) -> Refusal:
    """Refuse an address that leads to someone else; a person may take an old one of theirs."""
    same = "r.slug = NEW.slug"
    if name == "update":
        same += " AND r.person_id <> NEW.id"
    return Refusal(
        name=f"person_slug_free_{name}",
        table="people_person",
        event=event,
        condition=f"(EXISTS (SELECT 1 FROM people_personredirect r WHERE {same}))",
        message="that address already leads to another person",
    )


def _renamed() -> Consequence:
    """Whoever changes an address, the old one leads to the new one."""
    statement = (
        "DELETE FROM people_personredirect WHERE slug = NEW.slug AND person_id = NEW.id; "
        "INSERT INTO people_personredirect (slug, person_id, reason, created_at) "
        "SELECT OLD.slug, NEW.id, 'Renamed', CURRENT_TIMESTAMP WHERE OLD.slug <> NEW.slug"
    )
    return Consequence(
        name="person_slug_leads_on",
        table="people_person",
        event="UPDATE OF slug",
        sqlite_statement=statement,
        postgresql_statement=statement,
    )


TRIGGERS: tuple[Trigger, ...] = (
    id_stays("people_person"),
    _redirect("INSERT"),
    _redirect("UPDATE"),
    _slug("INSERT", "insert"),
    _slug("UPDATE OF slug", "update"),
    _renamed(),
    *decision_stays("people_personmerge", "slug", "why", "made_by_id"),
)
