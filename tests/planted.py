"""A quote in one status, with a word of its own in every text around it."""

import hashlib
from dataclasses import dataclass

from people.models import Membership, Organization, Person, PersonName, PersonRedirect
from quotes import stances
from quotes.models import Article, Outlet, Quote, Responsibility, Target, Utterance
from tests import factories


@dataclass
class Planted:
    """Everything around one quote; each text holds the canary."""

    canary: str
    quote: Quote
    person: Person
    organization: Organization
    outlet: Outlet
    article: Article
    target: Target
    utterance: Utterance


def plant(canary: str, status: str, *, protected: bool = False) -> Planted:
    """Make a quote whose every text, and the texts of all it points at, hold the canary."""
    person = factories.person(f"{canary} Person", summary=f"{canary} summary")
    if protected:
        person.protected, person.public_role = True, "a relative"
        person.save()
    PersonName.objects.create(person=person, name=f"{canary} Alias")
    PersonRedirect.objects.create(slug=f"{canary}-former", person=person, reason="Merged")
    body = factories.organization(f"{canary} Body", summary=f"{canary} of body")
    Membership.objects.create(person=person, organization=body, role=f"{canary} member")
    outlet = factories.outlet(name=f"{canary} Outlet")
    text = (
        f"At {canary}before she said: “We {canary}quoted every boat.” "
        f"Then {canary}after came. " + "Nothing more is said here. " * 20 + f"{canary}far away."
    )
    article = factories.article(
        text,
        outlet=outlet,
        headline=f"{canary} headline",
        byline=f"{canary} byline",
        outlet_note=f"{canary} note of outlet",
        date_basis="inferred",
        date_note=f"{canary} note of date",
        url=f"https://example.org/{canary}",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    utterance = Utterance.objects.create(title=f"{canary} utterance", note=f"{canary} of it")
    target = factories.target(
        label=f"{canary} target", slug=f"{canary}-target", full_definition=f"{canary} definition"
    )
    quote = factories.quote(
        f"We {canary}quoted every boat.",
        status=status,
        article=article,
        speaker=person,
        on_behalf_of=None if protected else body,
        utterance=utterance,
        speaker_text=f"{canary} as printed",
        speaker_role=f"{canary} role",
        cue=f"{canary} said",
        note=f"{canary} note",
        said="2008-12-01",
        said_basis="inferred",
        said_note=f"{canary} note of saying",
    )
    editor = factories.user()
    stances.tag(
        quote=quote, target=target, value="supports", by=editor, rationale=f"{canary} rationale"
    )
    Responsibility.objects.create(
        quote=quote,
        act="blames",
        addressee_person=person,
        issue=f"{canary} issue",
        rationale=f"{canary} rationale of blame",
    )
    return Planted(canary, quote, person, body, outlet, article, target, utterance)
