"""The fixed mix: two hundred addresses, the same for every database of one size.

Common words decide the slowest answers, so how often a word stands is fixed, by its rank in the
language: 10 rare words, 12 middling, 8 common (each in 8 to 20 in a hundred quotes), 6 phrases,
4 conjunctions, 12 with filters, 8 filters without words, 2 stop words; then every facet asked for
and left out, deep pages, quotes, people, articles.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from benchmarks.scale.collection import Collection, public_id
from benchmarks.scale.language import COMMON
from quotes.models import Article, Quote

LIST, BROWSE, QUOTE, OTHER = "list", "browse", "quote", "other"
# Ranks of the language's words.
RARE, MIDDLING, FREQUENT = range(15_000, 45_000, 3_000), range(700, 1_900, 100), range(48, 112, 8)


@dataclass(frozen=True)
class Request:
    kind: str
    path: str
    what: str


def quotes(what: str, kind: str = LIST, /, **parameters: str) -> Request:
    query = urlencode(parameters)
    return Request(kind, f"/quotes?{query}" if query else "/quotes", what)


def requests(collection: Collection) -> list[Request]:
    """Return the mix in an order that is shuffled the same way each time."""
    made = [*_words(collection), *_facets(collection), *_deep(), *_pages(collection)]
    assert len(made) == 200, len(made)
    Random(5).shuffle(made)
    return made


def _words(collection: Collection) -> Iterator[Request]:
    words = collection.language.words
    outlet, kind = {"outlet": "outlet-002"}, {"kind": "direct"}
    target, year = {"target": "target-02"}, {"year": "2016"}
    for rank in RARE:
        yield quotes("rare word", q=words[rank])
    for rank in MIDDLING:
        yield quotes("middling word", q=words[rank])
    for rank in FREQUENT:
        yield quotes("common word", q=words[rank])
    for first, second in (("of", "the"), ("in", "that"), ("it", "was"), ("for", "it")):
        yield quotes("phrase", q=f'"{first} {second}"')
    yield quotes("phrase", q=f'"the {words[300]}"')
    yield quotes("phrase", q=f'"{words[150]} of"')
    for rank in (56, 64, 72, 80):
        yield quotes("conjunction", q=f"{words[rank]} {words[rank + 40]} -{words[rank + 8]}")
    for number, narrowed in enumerate((outlet, kind, target, year, outlet | kind, target | year)):
        yield quotes("word and filter", q=words[60 + number], **narrowed)
        yield quotes("word and filter", q=words[900 + number], **narrowed)
    for narrowed in (outlet, kind, target, year, outlet | kind, target | year):
        yield quotes("filter", **narrowed)
    yield quotes("filter", date_from="2014-03", date_to="2015-02")
    yield quotes("filter", speaker=collection.people[0]["slug"])
    for word in COMMON[:2]:
        yield quotes("stop word", q=word)


def facet_values(collection: Collection) -> dict[str, str]:
    """Return a value that many quotes have, for each facet."""
    return {
        "speaker": collection.people[2]["slug"],
        "organization": collection.organizations[3]["slug"],
        "role": "minister",
        "outlet": "outlet-001",
        "target": "target-01",
        "stance": "criticises",
        "kind": "mixed",
        "channel": "speech",
        "year": "2014",
        "language": "en-GB",
        "disputed": "coders",
    }


def _facets(collection: Collection) -> Iterator[Request]:
    for name, value in facet_values(collection).items():
        yield quotes("facet", **{name: value})
        yield quotes("facet left out", **{f"not_{name}": value})


def _deep() -> Iterator[Request]:
    """Yield pages by their place, spread over the whole list."""
    dated = Quote.objects.published().filter(date_earliest__isnull=False)
    keys = dated.order_by("pk").values_list("date_earliest", "public_id")
    total = dated.count()
    for number in range(20):
        day, quote = keys[total * number // 20]
        yield quotes("deep page", after=f"{day}_{quote}")


def _pages(collection: Collection) -> Iterator[Request]:
    random = Random(6)
    for _ in range(4):
        yield Request(BROWSE, "/", "home")
        yield quotes("whole list", BROWSE)
    found = 0
    while found < 56:
        number = random.randrange(collection.size.quotes) + 1
        key = public_id(3 * number + 2)
        if Quote.objects.published().filter(public_id=key).exists():
            found += 1
            yield Request(QUOTE, f"/q/{key}", "quote")
    people = [person for person in collection.people if not person["protected"]]
    for rank in range(20):
        person = people[rank**2 * len(people) // 1_000]
        yield Request(OTHER, f"/people/{person['slug']}", "person")
    articles = Article.objects.published().order_by("pk").values_list("public_id", flat=True)
    for key in articles[100:112]:
        yield Request(OTHER, f"/articles/{key}", "article")
