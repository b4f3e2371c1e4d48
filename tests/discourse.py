"""A small discourse for tests of the pages that count."""

from typing import Any

from people.models import Membership, Person
from quotes.models import Quote
from tests import factories

PAGES = (
    "/compare",
    "/compare?rows=organization",
    "/compare?rows=outlet&order=name",
    "/compare?target=boats&stance=supports&stance=criticises",
    "/compare?stance=boats:supports&stance=storm:denies&not_speaker=speaker-c",
    "/compare?not_stance=supports&year=2009&year=2008",
    "/compare?target=boats&target=storm&rows=outlet",
    "/compare?kind=direct&rows=organization&organization=union",
    "/targets/boats",
    "/targets/boats?date_from=2009",
    "/targets/storm?speaker=speaker-a",
    "/people/speaker-a",
    "/people/speaker-a?date_to=2008",
)


def said(person: Person | None, target: Any, value: str, said: str = "", **values: Any) -> Quote:
    dated = {"said": said, "said_basis": "printed"} if said else {}
    quote = factories.quote(speaker=person, **dated, **values)
    factories.stance(quote, target, value)
    return quote


def camp() -> dict[str, Any]:
    """Three speakers on two targets: the statements of the golden networks, and around them what
    is not to be counted or cannot be named."""
    a, b, c = (factories.person(f"Speaker {letter}") for letter in "ABC")
    hidden = factories.person("Secret", protected=True, public_role="a relative")
    body, union = factories.organization("Harbour Board"), factories.organization("Union")
    Membership.objects.create(person=a, organization=body, role="chair", start="2008", end="2008")
    Membership.objects.create(person=b, organization=union, role="member")
    boats = factories.target(label="Boats", slug="boats")
    claim = factories.target("claim", label="Storm", slug="storm")
    rows = {
        "a1": said(a, boats, "supports", "2008-11-03", on_behalf_of=union),
        "a3": said(a, claim, "denies", "2008-12-01"),
        "b1": said(b, boats, "supports", "2009-03"),
        "b2": said(b, claim, "asserts", "2009-03-05"),
        "c1": said(c, boats, "criticises", "2010-01-01", kind="indirect"),
        "c2": said(c, claim, "denies", "2010-02-01"),
        "again": said(a, boats, "criticises", "2009-06-01"),
        "mixed": said(b, boats, "mixed"),
        "none": said(c, boats, "no_stance"),
        "hidden": said(hidden, boats, "criticises"),
        "body": said(hidden, claim, "asserts", on_behalf_of=body),
    }
    factories.stance(factories.quote(status="candidate", speaker=a), boats, "supports")
    return rows
