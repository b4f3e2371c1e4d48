"""Read a collection folder: `collection.toml`, `annotations/*.toml` and the documents they name.

`docs/data-format.md` describes the format for people who bring their own.
"""

from pathlib import Path

from quotes.collection.articles import read_article
from quotes.collection.entries import Entries, read_entries
from quotes.collection.faults import FaultList, Place
from quotes.collection.reading import read_toml
from quotes.collection.records import (
    AnnotatedArticle,
    AnnotatedQuote,
    CodebookExample,
    Collection,
)

COLLECTION_FILE = "collection.toml"
ANNOTATIONS = "annotations"


def load_collection(folder: Path) -> Collection:
    """Return the collection of a folder, every span located and every reference resolved.

    Raises CollectionError, which lists all faults of the folder, if there is any.
    """
    faults = FaultList()
    place = Place(faults, COLLECTION_FILE, "")
    entries = read_entries(read_toml(folder / COLLECTION_FILE, place), place)
    articles = _read_articles(folder, entries, faults)
    _check_examples(entries, articles, place)
    faults.raise_any()
    return Collection(
        title=entries.title,
        description=entries.description,
        people=tuple(entries.people.values()),
        organizations=tuple(entries.organizations.values()),
        memberships=entries.memberships,
        outlets=tuple(entries.outlets.values()),
        coders=tuple(entries.coders.values()),
        utterances=tuple(entries.utterances.values()),
        targets=tuple(entries.targets.values()),
        articles=articles,
    )


def _read_articles(
    folder: Path, entries: Entries, faults: FaultList
) -> tuple[AnnotatedArticle, ...]:
    articles: list[AnnotatedArticle] = []
    for path in sorted((folder / ANNOTATIONS).glob("*.toml")):
        place = Place(faults, f"{ANNOTATIONS}/{path.name}", "")
        article = read_article(folder, path, entries, place)
        for other in articles:
            if article.body and article.body == other.body:
                place.inside("article").fault(f"has the same text as {other.file!r}")
        articles.append(article)
    if not articles:
        Place(faults, ANNOTATIONS, "folder").fault("holds no annotation file (*.toml)")
    return tuple(articles)


def _check_examples(entries: Entries, articles: tuple[AnnotatedArticle, ...], place: Place) -> None:
    """A codebook explains itself with real quotes, coded as the example says."""
    quotes = {(article.key, quote.key): quote for article in articles for quote in article.quotes}
    for target in entries.targets.values():
        for name, example in (
            ("example", target.example),
            ("counter_example", target.counter_example),
        ):
            here = place.inside(f"targets {target.key!r}").inside(name)
            if example.quote:
                _check_example(
                    example, target.key, quotes.get((example.article, example.quote)), here
                )


def _check_example(
    example: CodebookExample, target: str, quote: AnnotatedQuote | None, here: Place
) -> None:
    if quote is None:
        here.fault(f"there is no quote {example.article}#{example.quote}")
        return
    if example.text not in quote.text:
        here.fault(f"the text is not in the quote {example.article}#{example.quote}")
    values = {stance.value for stance in quote.stances if stance.target == target}
    if example.value and example.value not in values:
        here.fault(f"the quote is not coded {example.value} on {target!r}")
