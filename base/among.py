"""Thousands of values in one condition, as one parameter of the statement."""

import json
from collections.abc import Collection

from django.db import connection
from django.db.models.expressions import RawSQL


def among(values: Collection[int] | Collection[str]) -> RawSQL:
    """Return the values, one at least, for an `__in`.

    Django's own list has a parameter for each value, which costs it more time than the database
    needs to find the row.
    """
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s)", [list(values)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(values))])
