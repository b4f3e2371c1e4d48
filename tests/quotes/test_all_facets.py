"""Every facet asked for and left out at once (B14).

Planted: with a count of its own for each value that is asked for, the queries are too many.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quotes.filters import NOT
from quotes.models import Quote
from tests.quotes.test_views_facets import counts, fleet, ids

pytestmark = pytest.mark.django_db
__all__ = ["fleet"]


def test_every_facet_asked_for_and_left_out_at_once_costs_no_more(
    client: Client, fleet: dict[str, Quote]
) -> None:
    with CaptureQueriesContext(connection) as for_all:
        every = counts(client.get("/quotes"))
    wanted, others = (counts(client.get(f"/quotes?kind={kind}")) for kind in ("direct", "indirect"))
    asked = {name: options[0][0] for name, options in wanted.items() if options}
    asked |= {"target": "boats", "stance": "denies"}
    left_out = {
        NOT + name: options[0][0]
        for name, options in others.items()
        if options and options[0][0] not in dict(wanted.get(name, ()))
    }
    assert set(every) - set(asked) == {"disputed"}
    assert len(left_out) > 5

    with CaptureQueriesContext(connection) as for_one:
        response = client.get("/quotes", asked | left_out)

    assert ids(response) == [fleet["a"].public_id]
    # A value is looked up at most once; the counts of eleven facets cost what they cost unasked.
    assert len(for_one) <= len(for_all) + len(asked) + len(left_out)
