"""Thousands of values in one condition, as one parameter of the statement."""

import json
from collections.abc import Collection

from django.db import connection
from django.db.models.expressions import RawSQL


def among(values: Collection[int] | Collection[str]) -> RawSQL | list[int]:
    """Return the values for an `__in`.

    Django's own list has a parameter for each value, which costs it more time than the database
    needs to find the row.
    """
    if not values:
        # PostgreSQL can't tell the type of an empty list; Django asks nothing then.
        return []
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s)", [list(values)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(values))])
