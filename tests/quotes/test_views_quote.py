"""One quote under its permanent address: shown, redirected, withdrawn, never issued."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from quotes import review, stances
from quotes.models import Utterance
from tests import factories

pytestmark = pytest.mark.django_db


def test_quote_shows_words_speaker_and_context(client: Client) -> None:
    quote = factories.quote(
        speaker=factories.person("Speaker A"), speaker_role="chair", basis="named", note="At sea."
    )

    response = client.get(f"/q/{quote.public_id}")
    text = response.content.decode()

    assert "<title>Speaker A: We will count every boat. · On the Record</title>" in text
    assert '<p dir="auto">“We will count every boat.”</p>' in text
    assert '<a href="/people/speaker-a"><bdi>Speaker A</bdi></a>' in text
    assert "Speaker A told the committee on Monday: “<b>We will count every boat.</b>” " in text
    assert "named: “Speaker A”; reported with “<bdi>told</bdi>”" in text
    assert "At sea." in text
    assert f'<link rel="canonical" href="http://testserver/q/{quote.public_id}">' in text
    assert ">Version 1</a>, of " in text


def test_quote_says_where_its_date_is_from(client: Client) -> None:
    article = factories.article(published="2009-03", date_basis="inferred", date_note="The tide")
    quote = factories.quote(article=article)

    text = client.get(f"/q/{quote.public_id}").content.decode()

    assert "March 2009, inferred" in text
    assert "The tide" in text


def test_indirect_quote_stands_without_marks(client: Client) -> None:
    quote = factories.quote("Others said little.", kind="indirect")

    text = client.get(f"/q/{quote.public_id}").content.decode()

    assert '<p dir="auto">Others said little.</p>' in text


def test_quote_of_several_paragraphs_opens_each_and_closes_once(client: Client) -> None:
    article = factories.article("She said: “We count.\n\n“We count again.” That was all.")
    quote = factories.quote("We count.", "We count again.", article=article)

    text = client.get(f"/q/{quote.public_id}").content.decode()

    assert '<p dir="auto">“We count.</p><p dir="auto">“We count again.”</p>' in text


def test_stance_shows_value_coders_and_reason(client: Client) -> None:
    quote, target = factories.quote(), factories.target(label="Boats", slug="boats")
    stances.tag(
        quote=quote, target=target, value="supports", by=factories.user(), rationale="In favour"
    )
    stances.tag(quote=quote, target=target, value="supports", by=factories.user())

    text = client.get(f"/q/{quote.public_id}").content.decode()

    assert '<span class="stance-verb">supports</span> <a href="/targets/boats">' in text
    assert "coded by 2 coders, who agree" in text
    assert "In favour" in text
    assert 'href="/targets/boats#codebook"' in text


def test_disputed_stance_says_so(client: Client) -> None:
    quote, target = factories.quote(), factories.target()
    stances.tag(quote=quote, target=target, value="supports", by=factories.user())
    stances.tag(quote=quote, target=target, value="criticises", by=factories.user())

    text = client.get(f"/q/{quote.public_id}").content.decode()

    assert "unclear on" in text
    assert "coded by 2 coders, who disagree" in text
    assert "(coders disagree)" in text


def test_other_reports_of_the_same_words_are_shown(client: Client) -> None:
    utterance = Utterance.objects.create(title="Counting boats")
    quote, other = factories.quote(utterance=utterance), factories.quote(utterance=utterance)

    response = client.get(f"/q/{quote.public_id}")

    assert [report.public_id for report in response.context["reports"]] == [other.public_id]
    assert f'href="/utterances/{utterance.public_id}"' in response.content.decode()
    both = client.get(f"/utterances/{utterance.public_id}")
    assert {q.public_id for q in both.context["reports"]} == {quote.public_id, other.public_id}


def test_quotes_before_and_after_in_the_article_are_linked(client: Client) -> None:
    article = factories.article()
    first = factories.quote("We will count every boat.", article=article)
    hidden = factories.quote("The chair thanked her.", article=article, status="candidate")
    last = factories.quote("Others said little.", article=article)

    assert hidden.public_id is None
    assert client.get(f"/q/{first.public_id}").context["before"] == ""
    assert client.get(f"/q/{first.public_id}").context["after"] == last.public_id
    assert client.get(f"/q/{last.public_id}").context["before"] == first.public_id
    assert client.get(f"/q/{last.public_id}").context["after"] == ""


def test_source_link_leads_to_the_words(client: Client) -> None:
    quote = factories.quote(article=factories.article(url="https://example.org/boats"))

    text = client.get(f"/q/{quote.public_id}").content.decode()

    assert (
        'href="https://example.org/boats#:~:text=committee%20on%20Monday%3A%20%E2%80%9C-,'
        'We%20will%20count%20every%20boat.,-%E2%80%9D%20The%20chair%20thanked"'
    ) in text


def test_lower_case_and_look_alikes_lead_to_the_canonical_address(client: Client) -> None:
    quote = factories.quote()
    assert quote.public_id is not None
    typed = quote.public_id.lower().replace("0", "o").replace("1", "l")

    response = client.get(f"/q/{typed}x")
    assert response.status_code == 404
    if typed != quote.public_id:  # one id in thousands is all digits
        response = client.get(f"/q/{typed}")
        assert response.status_code == 301
        assert response.headers["Location"] == f"/q/{quote.public_id}"


@pytest.mark.parametrize(
    "address",
    ["/q/00000000", "/q/UUUUUUUU", "/q/0000000", "/q/000000000", "/q/0000000%00", "/q/%D9%A1" * 8],
)
def test_never_issued_is_not_found(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 404
    assert "There is nothing at this address" in response.content.decode()


def test_withdrawn_quote_is_gone_with_its_reason_and_citation(client: Client) -> None:
    quote = factories.quote(speaker=factories.person("Speaker A"))
    review.withdraw(
        quote=quote, by=factories.user(), reason="misquoted", public_note="It said “sails”."
    )

    response = client.get(f"/q/{quote.public_id}")
    text = response.content.decode()

    assert response.status_code == 410
    assert "Not the words of the source" in text
    assert "It said “sails”." in text
    assert "Speaker A" in text
    assert "published 7 December 2008" in text
    assert "count every boat" not in text
    assert quote.article.headline not in text
    assert response.headers["X-Robots-Tag"] == "noindex, noarchive"


def test_withdrawn_for_a_persons_sake_shows_the_reason_only(client: Client) -> None:
    quote = factories.quote(speaker=factories.person("Speaker A"))
    review.withdraw(
        quote=quote, by=factories.user(), reason="court-order", public_note="About Speaker A"
    )

    text = client.get(f"/q/{quote.public_id}").content.decode()

    assert "Court order" in text
    assert "Speaker A" not in text
    assert "7 December 2008" not in text


def test_restored_quote_answers_again(client: Client) -> None:
    quote, by = factories.quote(), factories.user()
    review.withdraw(quote=quote, by=by, reason="error")
    review.restore(quote=quote, by=by, why="It was right")

    assert client.get(f"/q/{quote.public_id}").status_code == 200


def test_page_of_a_reader_needs_no_session(client: Client) -> None:
    quote = factories.quote()

    for url in ("/", "/quotes", f"/q/{quote.public_id}", "/people", "/q/00000000"):
        response = client.get(url)
        assert response.cookies == {}, url
    assert client.get(f"/q/{quote.public_id}").headers["Vary"] == "Cookie"
    assert "Vary" not in client.get("/quotes").headers


def test_reader_with_a_cookie_of_no_session_sees_no_edit_link(client: Client) -> None:
    quote = factories.quote()
    client.cookies[settings.SESSION_COOKIE_NAME] = "nonsense"

    assert "Edit this quote" not in client.get(f"/q/{quote.public_id}").content.decode()


def test_editor_who_is_logged_in_sees_the_way_to_edit(client: Client) -> None:
    quote = factories.quote()
    link = f'<a href="/admin/quotes/quote/{quote.pk}/change/">Edit this quote</a>'

    client.force_login(factories.user("viewer"))
    assert link not in client.get(f"/q/{quote.public_id}").content.decode()
    client.force_login(factories.user("editor"))
    assert link in client.get(f"/q/{quote.public_id}").content.decode()


def test_unsafe_methods_are_refused(client: Client) -> None:
    quote = factories.quote()

    for url in ("/", "/quotes", f"/q/{quote.public_id}", "/people", "/healthz", "/robots.txt"):
        codes = [client.generic(m, url).status_code for m in ("POST", "PUT", "DELETE", "TRACE")]
        assert codes == [405, 405, 405, 405], url
        assert client.head(url).status_code == 200


XSS = "<script>alert(1)</script><img src=x onerror=alert(1)>"
TURNED = "\u202eevil\u200b"


def test_script_and_hidden_characters_show_as_text(client: Client) -> None:
    body = f"She said: “Boats {XSS} and {TURNED} again.” More {XSS} text."
    person = factories.person(f"Speaker {XSS}{TURNED}", summary=XSS)
    outlet = factories.outlet(name=f"Outlet {XSS}{TURNED}")
    article = factories.article(
        body, outlet=outlet, headline=f"Head {XSS}{TURNED}", byline=XSS, rights="full"
    )
    organization = factories.organization(f"Body {XSS}", summary=XSS)
    target = factories.target(label=f"Target {XSS}{TURNED}", slug="t", full_definition=XSS)
    quote = factories.quote(
        f"Boats {XSS} and {TURNED} again.",
        article=article,
        speaker=person,
        on_behalf_of=organization,
        utterance=Utterance.objects.create(title=XSS, note=XSS),
        speaker_text=XSS,
        speaker_role=XSS,
        cue=XSS,
        note=XSS,
    )
    stances.tag(quote=quote, target=target, value="supports", by=factories.user(), rationale=XSS)

    for url in (
        "/",
        "/quotes",
        f"/quotes?q=boats+script&speaker={person.slug}&outlet={outlet.slug}&target=t",
        "/quotes?q=%3Cscript%3Ealert(1)%3C/script%3E&kind=%3Cscript%3E",
        "/quotes?%3Cscript%3E=1",
        quote.get_absolute_url(),
        person.get_absolute_url(),
        organization.get_absolute_url(),
        outlet.get_absolute_url(),
        article.get_absolute_url(),
        "/targets/t",
        "/targets",
        "/people",
        "/organizations",
        "/outlets",
        "/articles",
    ):
        text = client.get(url).content.decode()
        assert "<script>" not in text, url
        assert "<img" not in text, url
        head = text.partition("</title>")[0]
        assert "\u202e" not in head, url
    page = client.get(quote.get_absolute_url()).content.decode()
    assert "Head &lt;script&gt;" in page
    assert "⟨U+202E⟩evil⟨U+200B⟩" in page


def test_templates_hold_no_inline_style_or_script() -> None:
    for path in sorted(Path("templates").rglob("*.html")):
        if "admin" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        assert " style=" not in text, path
        assert "<style" not in text, path
        # Data for machines, escaped where it is made (quotes/citations/exports/jsonld.py).
        assert "|safe" not in text.replace("head.jsonld|safe", ""), path
        assert " on" + "click=" not in text, path
