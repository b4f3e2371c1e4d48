"""Every public address that could show what was planted, by the name of its route.

tests/test_leaks.py fetches them; tests/fuzz asks them strange things.
"""

from collections.abc import Iterator

from django.utils import timezone

from quotes.choices import StanceValue
from quotes.dataset.tables import TABLES
from quotes.exports.past import written
from quotes.filters import FACETS
from tests.analysis_addresses import analysis_addresses
from tests.planted import Planted

ENDINGS = (
    *("json", "jsonld", "csl.json", "record.csl.json", "bib", "biblatex", "ris", "txt"),
    "annotation.json",
)
LIST_ENDINGS = ("csv", "jsonl", "json", "ris", "bib", "biblatex", "csl.json")


def addresses(planted: Planted) -> dict[str, list[str]]:
    """Every public address by the name of its route, with those that name what was planted."""
    ids = planted.quote.public_id or "ABCDEFGH"
    return {
        "home": ["/"],
        "about": ["/about"],
        "quotes": list(list_addresses(planted)),
        "facet_values": [
            *(f"/quotes/facets/{name}" for name in FACETS),
            f"/quotes/facets/speaker?find={planted.canary[:4]}",
            "/quotes/facets/x",
        ],
        "search_help": ["/how-to-search"],
        "download": [
            *(f"/quotes.{ending}" for ending in LIST_ENDINGS),
            *(url.replace("/quotes", "/quotes.jsonl", 1) for url in list_addresses(planted)),
        ],
        "feed": ["/quotes.atom", f"/quotes.atom?speaker={planted.person.slug}"],
        "columns": ["/data/columns"],
        "dataset": ["/data"],
        "dataset_table": [f"/data/{table.name}.csv" for table in TABLES.values() if table.small],
        # tests/quotes/test_dataset.py opens an archive.
        "dataset_archive": ["/data/dataset-2026-11-22-0123456789ab.zip"],
        "quote": [f"/q/{ids}", f"/q/{ids.lower()}", "/q/00000000"],
        "quote_version": [f"/q/{ids}/v1", f"/q/{ids}/v2", f"/q/{ids.lower()}/v1", "/q/00000000/v1"],
        "quote_history": [f"/q/{ids}/history"],
        "quote_file": [f"/q/{ids}.{ending}" for ending in ENDINGS],
        "version_file": [f"/q/{ids}/v1.{ending}" for ending in ENDINGS],
        "timegate": [f"/q/{ids}/timegate"],
        "timemap": [f"/q/{ids}/timemap"],
        "quote_words": [f"/q/{ids}/some-words", f"/q/{ids.lower()}/some-words"],
        "linkset": [f"/q/{ids}/v1/linkset.json"],
        "share_card": [f"/q/{ids}/v1/card.svg", f"/q/{ids}/v1/card.png"],
        "embed": [f"/embed/q/{ids}"],
        "unapi": ["/unapi", f"/unapi?id={ids}", f"/unapi?id={ids}&format=rdf_zotero"],
        "oembed": [f"/oembed?url=http://testserver/q/{ids}", "/oembed"],
        "sitemap": ["/sitemap.xml"],
        "sitemap_page": ["/sitemap-1.xml", "/sitemap-2.xml"],
        "policies": ["/policies"],
        "corrections": ["/corrections", "/corrections?page=0"],
        "report": ["/report", f"/report?page=/q/{ids}"],
        "articles": ["/articles", "/articles?page=1", "/articles?page=x"],
        "article": [f"/articles/{planted.article.public_id}"],
        "outlets": ["/outlets", "/outlets?page=0"],
        "outlet": [f"/outlets/{planted.outlet.slug}"],
        "targets": ["/targets"],
        **analysis_addresses(planted.person.slug, planted.target.slug),
        "target": [f"/targets/{planted.target.slug}"],
        "codebook": ["/codebook", "/codebook?x=1"],
        "codebook_entry": [f"/codebook/{planted.target.slug}"],
        "agreement": ["/agreement"],
        "agreement_json": ["/agreement.json"],
        "target_agreement": [f"/agreement/{planted.target.slug}"],
        "utterance": [f"/utterances/{planted.utterance.public_id}"],
        "people": ["/people", "/people?page=2"],
        "person": [f"/people/{planted.person.slug}", f"/people/{planted.canary}-former"],
        "organizations": ["/organizations", "/organizations?x=1"],
        "organization": [f"/organizations/{planted.organization.slug}"],
        "security_txt": ["/.well-known/security.txt"],
        "healthz": ["/healthz"],
        **api_addresses(planted, ids),
        "robots": ["/robots.txt"],
    }


def api_addresses(planted: Planted, ids: str) -> dict[str, list[str]]:
    """The API's addresses, the list's parameters in some of them."""
    asked = f"speaker={planted.person.slug}", f"target={planted.target.slug}", "q=quoted"
    rows = {
        "people": planted.person.slug,
        "organizations": planted.organization.slug,
        "outlets": planted.outlet.slug,
        "articles": planted.article.public_id,
        "targets": planted.target.slug,
    }
    return {
        "api": ["/api/v1/"],
        "api_schema": ["/api/v1/schema"],
        "api_docs": ["/api/docs"],
        "api_nothing": ["/api/", f"/api/v2/{planted.person.slug}"],
        "api_quotes": [
            url.replace("/quotes", "/api/v1/quotes", 1) for url in list_addresses(planted)
        ],
        "api_quote": [f"/api/v1/quotes/{ids}", f"/api/v1/quotes/{ids.lower()}"],
        "api_versions": [f"/api/v1/quotes/{ids}/versions"],
        "api_version": [f"/api/v1/quotes/{ids}/versions/1", f"/api/v1/quotes/{ids}/versions/2"],
        **{
            f"api_{name}": [f"/api/v1/{name}", *(f"/api/v1/{name}?{query}" for query in asked)]
            for name in ("facets", "stances", "codings")
        },
        **{f"api_{kind}": [f"/api/v1/{kind}", f"/api/v1/{kind}?limit=1"] for kind in rows},
        **{f"api_{kind}_one": [f"/api/v1/{kind}/{key}"] for kind, key in rows.items()},
    }


def list_addresses(planted: Planted) -> Iterator[str]:
    """The list by each of its parameters, fit and unfit."""
    yield from ("/quotes", "/quotes?sort=oldest", "/quotes?sort=best", "/quotes?page=7")
    yield from ("/quotes?date_from=2008&date_to=2009", "/quotes?date_of=said&date_from=2008-12")
    yield from ("/quotes?date_of=published&date_to=2008-12-31", "/quotes?date_from=x")
    yield from (f"/quotes?stance={value}" for value in StanceValue.values)
    yield from (f"/quotes?kind={kind}" for kind in ("direct", "mixed", "indirect"))
    yield from ("/quotes?channel=blog", "/quotes?channel=x", "/quotes?unknown=1")
    yield f"/quotes?speaker={planted.person.slug}"
    yield f"/quotes?speaker={planted.canary}-former"
    yield f"/quotes?organization={planted.organization.slug}"
    yield f"/quotes?outlet={planted.outlet.slug}"
    yield f"/quotes?target={planted.target.slug}"
    yield f"/quotes?target={planted.target.slug}&stance=supports"
    yield "/quotes?q=quoted&sort=relevance"
    yield "/quotes?q=boat"
    moment = written(timezone.now())
    yield f"/quotes?as_of={moment}"
    yield f"/quotes?as_of={moment}&speaker={planted.person.slug}"
    yield f"/quotes?as_of={moment}&target={planted.target.slug}"
    yield f"/quotes?as_of={moment}&q={planted.canary}"
    yield f"/quotes?not_speaker={planted.person.slug}"
    yield f"/quotes?stance={planted.target.slug}:supports"
    yield f"/quotes?after=2008-12-01_{planted.quote.public_id or 'ABCDEFGH'}"
    yield f"/quotes?before=undated_{planted.quote.public_id or 'ABCDEFGH'}"
    yield from ("/quotes?sort=added", "/quotes?year=2008", "/quotes?not_year=2008")
    yield from ("/quotes?language=en", "/quotes?disputed=coders", "/quotes?disputed=notice")
    # What is misspelt is held against the record's words and names.
    letters = planted.canary[:-1]
    for field in ("", "speaker:", "org:", "outlet:", "target:"):
        yield f"/quotes?q={field}{letters}"
        yield f"/quotes?q={field}{planted.canary[1:]}"


# Words that only the planted hold; asked for, they come back in the page as the reader's own.
def searches(planted: Planted) -> list[str]:
    endings = ("", "quoted", "before", "after", "far")
    return [f"/quotes?q={planted.canary}{ending}" for ending in endings]
