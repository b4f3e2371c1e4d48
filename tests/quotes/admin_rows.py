"""A row of every kind that the admin shows, each in use."""

from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from people.models import Membership, PersonName, PersonRedirect
from quotes import codebook, coding, merging, notices
from quotes.machine_coder import machine_coder
from quotes.models import (
    Assignment,
    CodingImport,
    NearDuplicate,
    PublishedAddress,
    Quote,
    QuoteRedirect,
    QuoteSplit,
    Report,
    Responsibility,
    ReviewAction,
    StanceSuggestion,
    Suggestion,
    Training,
    Utterance,
    UtteranceSuggestion,
)
from quotes.speakers import merge_people
from tests import factories


def everything() -> dict[str, Any]:
    """Add a row of every kind; return one of each by "app_model"."""
    user = factories.user("viewer")
    quote = factories.quote(
        by=user,
        utterance=Utterance.objects.create(title=f"A speech {factories.number()}"),
        on_behalf_of=factories.organization(),
    )
    target = factories.target()
    stance = factories.stance(quote, target, "supports", by=user)
    person = factories.person()
    return {
        "auth_group": Group.objects.get(name="viewer"),
        "auth_user": user,
        "people_membership": Membership.objects.create(
            person=person, role="chair", organization=factories.organization()
        ),
        "people_organization": quote.on_behalf_of,
        "people_person": quote.speaker,
        "people_personname": PersonName.objects.create(person=person, name="Alias"),
        "people_personredirect": PersonRedirect.objects.create(
            slug=f"old-{factories.number()}", person=person, reason="Merged"
        ),
        "quotes_article": quote.article,
        "quotes_coder": user.coder,
        "quotes_codingimport": CodingImport.objects.create(
            name="codings.csv", sha256="0" * 64, data=b"x", uploaded_by=user
        ),
        "quotes_codingtask": coding.make(
            name="A round",
            quotes=Quote.objects.filter(pk=factories.quote().pk),
            targets=[factories.target()],
            coders=[factories.user("coder"), factories.user("coder")],
            by=user,
        ),
        "quotes_outlet": quote.article.outlet,
        "quotes_quote": quote,
        "quotes_quotespan": quote.spans.get(),
        "quotes_quoteversion": quote.versions.first(),
        "quotes_stance": stance,
        "quotes_stancecoding": quote.codings.get(),
        "quotes_stancesuggestion": StanceSuggestion.objects.create(
            quote=factories.quote(),
            target=target,
            coder=machine_coder(),
            value="supports",
            probability=0.7,
            held_out=False,
        ),
        "quotes_training": Training.objects.create(
            target=target, coder=machine_coder(), trained_at=timezone.now(), n_codings=40
        ),
        "quotes_target": target,
        "quotes_targetmove": codebook.merge(
            target=factories.target(), into=factories.target(), by=user, why="The same"
        ),
        "quotes_targetrelation": codebook.relate(
            claim=factories.target("claim"),
            other=factories.target("claim"),
            kind="negation",
            by=user,
            why="By its words",
        ),
        "quotes_utterance": quote.utterance,
        "quotes_utterancesuggestion": UtteranceSuggestion.objects.create(
            earlier=factories.quote(), later=factories.quote(), score=0.7
        ),
        "quotes_withdrawal": factories.quote(status="withdrawn", by=user).withdrawals.get(),
        **_trail(),
    }


def _trail() -> dict[str, Any]:
    by = factories.user()
    quote, younger = factories.quote(), factories.quote("And then,", "we will count them again.")
    candidate = factories.quote(status="candidate")
    first, second = factories.spans(younger.article.body, "And then,", "we will count them again.")
    merging.split(quote=younger, kept=[first], part=[second], by=by, why="Two answers")
    merging.merge(quote=younger, into=quote, by=by, why="The same")
    return {
        "people_personmerge": merge_people(
            one=factories.person(), other=factories.person(), by=by, why="The same"
        ),
        "quotes_assignment": Assignment.objects.create(article=younger.article, editor=by),
        "quotes_reviewaction": ReviewAction.objects.create(
            article=younger.article, by=by, label="Accept", changes=[], made=[]
        ),
        "quotes_nearduplicate": NearDuplicate.objects.create(
            article=younger.article, earlier=quote.article, similarity=0.9
        ),
        "quotes_notice": notices.give_notice(
            quote=quote,
            kind="reply",
            text="No boat was missed.",
            dated=timezone.localdate(),
            by=by,
            why="Sent to us",
        ),
        "quotes_publishedaddress": PublishedAddress.objects.first(),
        "quotes_quoteredirect": QuoteRedirect.objects.latest("pk"),
        "quotes_quotesplit": QuoteSplit.objects.latest("pk"),
        "quotes_responsibility": Responsibility.objects.create(
            quote=quote, act="blames", addressee_text="others", issue="boats", rationale="Says so"
        ),
        "quotes_report": Report.objects.create(
            reference=f"R{factories.number()}", kind="correction", text="Wrong", quote=quote
        ),
        "quotes_suggestion": Suggestion.objects.create(
            quote=candidate, spans=[], kind="direct", confidence=0.5, method="rule:1"
        ),
    }
