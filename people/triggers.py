"""What the database refuses about people beyond its constraints."""

from base.triggers import Refusal

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
    return Refusal(
        name=f"person_slug_free_{name}",
        table="people_person",
        event=event,
        condition="(EXISTS (SELECT 1 FROM people_personredirect r WHERE r.slug = NEW.slug))",
        message="that address already leads to another person",
    )


TRIGGERS = (
    id_stays("people_person"),
    _redirect("INSERT"),
    _redirect("UPDATE"),
    _slug("INSERT", "insert"),
    _slug("UPDATE OF slug", "update"),
)
