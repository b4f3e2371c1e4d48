"""The full-text index of SQLite follows its table (external content needs triggers for it)."""

from base.triggers import Consequence, Trigger

COLUMNS = ("words", "stems", "around_words", "around_stems")
INDEX, TABLE = "quotes_searchindex", "quotes_searchrow"


def search_triggers(vendor: str) -> list[Trigger]:
    """Return the triggers of the text index; PostgreSQL's generated columns need none."""
    if vendor != "sqlite":
        return []
    names = ", ".join(COLUMNS)
    new = f"INSERT INTO {INDEX}(rowid, {names}) VALUES (NEW.quote_id, {_values('NEW')})"
    old = (
        f"INSERT INTO {INDEX}({INDEX}, rowid, {names}) "
        f"VALUES ('delete', OLD.quote_id, {_values('OLD')})"
    )
    return [
        Consequence("search_row_insert", TABLE, "INSERT", new, ""),
        Consequence("search_row_update", TABLE, "UPDATE", f"{old}; {new}", ""),
        Consequence("search_row_delete", TABLE, "DELETE", old, ""),
    ]


def _values(row: str) -> str:
    return ", ".join(f"{row}.{column}" for column in COLUMNS)
