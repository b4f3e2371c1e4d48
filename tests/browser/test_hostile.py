"""What was stored as markup and script stays text, in a real browser, for readers and editors.

The browser's reports on the policy and its errors fail the test by themselves (conftest.py).
Planted: with `|safe` on the headline of a page or of the review screen it has an element too many.
"""

from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from quotes import stances
from quotes.models import Article, Utterance
from tests import factories
from tests.parsing.bombs import text_pdf

# Each closes another thing first; a payload that works sets a property of the window or an element.
PAYLOADS = (
    "<script>zq=1</script>",
    "<img src=x onerror=zq=1 class=zq>",
    '"><svg onload=zq=1 class=zq>',
    "' autofocus onfocus=zq=1 class=zq x='",
    "</title></textarea></script><b class=zq>",
    "<!--><iframe class=zq srcdoc='<script>parent.zq=1</script>'>-->",
    "<a class=zq href=javascript:zq=1>x</a>",
    "{{ 'zqoil'|upper }}",
    "<math><mtext><table><mglyph><style><!--</style><img class=zq src onerror=zq=1>",
    "\u202e<details open ontoggle=zq=1 class=zq>",
    "]]><style class=zq>*{display:none}</style>",
    "&lt;script class=zq&gt;zq=1&lt;/script&gt;",
)
ALL = " ".join(PAYLOADS)
SHORT = PAYLOADS[1]


def test_nothing_stored_runs_in_a_browser(
    page: Page, live_server: LiveServer, transactional_db: None
) -> None:
    said = f"Boats {ALL} again."
    person = factories.person(f"Speaker {SHORT}", summary=ALL)
    outlet = factories.outlet(name=f"Outlet {SHORT}")
    organization = factories.organization(f"Body {SHORT}", summary=ALL)
    utterance = Utterance.objects.create(title=SHORT, note=ALL)
    article = factories.article(
        f"She said: “{said}” More {ALL} text.",
        outlet=outlet,
        headline=f"Head {ALL}"[:300],
        byline=SHORT,
        rights="full",
    )
    target = factories.target(label=f"Target {SHORT}", slug="t", full_definition=ALL)
    quote = factories.quote(
        said, article=article, speaker=person, note=ALL, cue=SHORT, speaker_text=SHORT,
        on_behalf_of=organization,
        utterance=utterance, speaker_role=SHORT,
    )  # fmt: skip
    editor = factories.user("admin", username="editor-a", password="a long password 1")
    stances.tag(quote=quote, target=target, value="supports", by=editor, rationale=ALL)
    candidate = factories.quote(
        f"{said}”"[:-1],
        status="candidate",
        article=factories.article(f"He said: “{said}” Then no more of it.", headline=SHORT),
    )
    q = quote.get_absolute_url()
    public = [
        "/", "/quotes", "/quotes?q=boats", f"/quotes?q={SHORT.replace('<', '%3C')}", q,
        f"{q}/history", f"{q}/v1", f"/embed{q}", person.get_absolute_url(), "/targets/t",
        article.get_absolute_url(), outlet.get_absolute_url(), "/codebook", "/codebook/t",
        f"/utterances/{utterance.public_id}", organization.get_absolute_url(),
        "/corrections",
        f"{q}/v1/card.svg", "/people", "/articles",
    ]  # fmt: skip
    private = [
        "/admin/", f"/admin/quotes/quote/{quote.pk}/change/", "/admin/quotes/quote/",
        f"/admin/quotes/quote/{quote.pk}/history/",
        reverse("admin:quotes_quote_stance", args=[quote.pk, target.pk]),
        f"/admin/people/person/{person.pk}/change/", f"/admin/quotes/target/{target.pk}/change/",
        reverse("admin:quotes_article_review", args=[candidate.article_id]),
        reverse("admin:quotes_article_queue"),
    ]  # fmt: skip
    for path in public:
        check(page, live_server.url + path)
    page.goto(f"{live_server.url}/admin/login/")
    page.get_by_label("Username").fill("editor-a")
    page.get_by_label("Password").fill("a long password 1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    for path in private:
        check(page, live_server.url + path)
    add_files(page, live_server.url)


def add_files(page: Page, site: str) -> None:
    """Upload files whose names and words are payloads: one refused, one read and looked at."""
    words = [f"Boats {SHORT}", "They were counted.", *PAYLOADS[1:3], "Nobody said more of them."]
    files = {f"{SHORT}.exe": b"MZ", f"{SHORT}.pdf": text_pdf(words)}
    for name, content in files.items():
        page.goto(site + reverse("admin:quotes_article_intake"))
        page.set_input_files(
            "input[type=file]",
            {"name": name, "mimeType": "application/octet-stream", "buffer": content},
        )
        page.locator("form.rv-upload button[type=submit]").click()
        page.wait_for_load_state()
        unharmed(page, name)
    article = Article.objects.latest("pk")
    assert SHORT in article.headline
    assert SHORT in article.source_file
    assert PAYLOADS[2] in article.body
    assert page.url.endswith(reverse("admin:quotes_article_review", args=[article.pk]))
    for view in ("change", "history"):
        check(page, site + reverse(f"admin:quotes_article_{view}", args=[article.pk]))


def check(page: Page, url: str) -> None:
    answer = page.goto(url)
    assert answer is not None
    assert answer.status == 200, url
    unharmed(page, url)


def unharmed(page: Page, url: str) -> None:
    """Fail if a payload ran, or made an element or a link, on the page that is open."""
    assert page.evaluate("typeof window.zq") == "undefined", url
    assert page.locator(".zq").count() == 0, url
    assert page.locator("a[href^='javascript:' i]").count() == 0, url
    assert "ZQOIL" not in page.content(), url
