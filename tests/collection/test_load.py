"""The founding collection as rows: complete, loaded once, never over an editor's work."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from people.models import Person
from quotes import codebook, review, stances
from quotes.collection import load_collection
from quotes.collection.load import ACCOUNT, load
from quotes.entries import entry_versions
from quotes.intake import Outcome, ingest
from quotes.models import Article, Quote, QuoteSpan, QuoteVersion, StanceCoding, Target
from quotes.parsing import ParsedDocument
from quotes.verify import published_quotes_have_their_version
from tests import factories

pytestmark = pytest.mark.django_db
SEEDS = settings.BASE_DIR / "seeds"


@pytest.fixture
def loaded() -> None:
    load(load_collection(SEEDS))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_load_publishes_every_quote_with_its_speaker_and_one_version(loaded: None) -> None:
    spans = QuoteSpan.objects.filter(quote__status="published").exclude(quote__kind="indirect")

    assert spans.count() >= 55
    assert not Quote.objects.filter(speaker_text="").exists()
    assert not Quote.objects.exclude(status="published").exists()
    assert QuoteVersion.objects.count() == Quote.objects.count()
    quote = Quote.objects.get(import_key="not-bowing", article__source_file__contains="000_")
    assert '"value":"denies"' in quote.versions.get().snapshot


def test_load_twice_changes_nothing(loaded: None) -> None:
    def rows() -> list[object]:
        return [
            list(model.objects.order_by("pk").values())
            for model in (Article, Quote, QuoteSpan, QuoteVersion, StanceCoding, Target, Person)
        ] + [Quote.history.count(), Target.history.count(), Article.history.count()]

    before, out = rows(), StringIO()

    call_command("load_seeds", stdout=out)

    assert rows() == before
    assert "Nothing to do: everything is there already." in out.getvalue()
    assert "added" not in out.getvalue()


def test_load_leaves_what_an_editor_changed(loaded: None, copy: Path) -> None:
    editor = factories.user()
    quote = Quote.objects.get(import_key="life-changing-decisions")
    review.correct(quote=quote, by=editor, why="Looked it up", note="An editor's note")
    coding = StanceCoding.objects.get(quote__import_key="too-inexperienced")
    stances.code(
        quote=coding.quote,
        target=coding.target,
        coder=coding.coder,
        value="criticises",
        by=editor,
        why="Second thoughts",
    )
    change(
        copy / "annotations" / "004_653b9ce953ff35b3.toml", 'value = "mixed"', 'value = "neutral"'
    )

    report = load(load_collection(copy))

    quote.refresh_from_db()
    coding.refresh_from_db()
    assert quote.note == "An editor's note"
    assert coding.value == "criticises"
    assert report.counts["quotes", "kept"] == 1
    assert report.counts["codings", "kept"] == 1


def test_load_follows_an_annotation_that_nobody_touched(loaded: None, copy: Path) -> None:
    change(
        copy / "annotations" / "004_653b9ce953ff35b3.toml",
        'channel = "speech"',
        'channel = "article"',
    )

    report = load(load_collection(copy))

    quote = Quote.objects.get(import_key="less-time-in-offices")
    assert quote.channel == "article"
    assert report.counts["quotes", "updated"] == 1
    assert quote.history.latest().actor_name == ACCOUNT
    assert [v.number for v in quote.versions.all()] == [1, 2]


def test_changed_codebook_entry_is_a_version_and_a_meaning_makes_codings_stale(
    loaded: None, copy: Path
) -> None:
    target = Target.objects.get(slug="social-workers")
    kept = target.when_to_use
    change(copy / "collection.toml", kept.split("\n")[0][:40], "Always: " + kept[:40])
    load(load_collection(copy))

    target.refresh_from_db()
    assert (target.version, target.meaning_version) == (2, 1)
    assert [v.change for v in entry_versions(target)] == ["wording", ""]
    assert not StanceCoding.objects.stale().exists()

    change(copy / "collection.toml", "Always: " + kept[:30], "Now and then: " + kept[:30])
    change(copy / "collection.toml", "version = 1", 'version = 2\nchange_reason = "Coders asked"')
    load(load_collection(copy))
    load(load_collection(copy))

    target.refresh_from_db()
    assert (target.version, target.meaning_version) == (3, 3)
    newest = entry_versions(target)[0]
    assert (newest.change, newest.why) == ("meaning", "Coders asked")
    assert set(StanceCoding.objects.stale().values_list("target__slug")) == {("social-workers",)}


def test_load_codes_for_the_survivor_of_a_merged_target(loaded: None) -> None:
    claim = Target.objects.exclude(slug="social-workers").get(kind="claim")
    wider = factories.target("claim", slug="wider")
    codebook.merge(target=claim, into=wider, by=factories.user(), why="The same")
    before = StanceCoding.objects.count()

    report = load(load_collection(SEEDS))

    assert report.counts["targets", "kept"] == 1
    assert StanceCoding.objects.count() == before
    assert not report.changed


def test_load_is_all_or_nothing_for_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    publish, calls = review.publish, []

    def publish_until_the_third_of_the_second_document(**values: object) -> Quote:
        calls.append(values)
        quote = values["quote"]
        assert isinstance(quote, Quote)
        if quote.article.source_file.startswith("documents/001"):
            raise RuntimeError("the power went")
        return publish(**values)  # type: ignore[arg-type]

    monkeypatch.setattr(review, "publish", publish_until_the_third_of_the_second_document)

    with pytest.raises(RuntimeError):
        load(load_collection(SEEDS))

    assert [a.source_file[:13] for a in Article.objects.all()] == ["documents/000"]


def test_wrong_annotation_is_refused_with_file_entry_and_reason(copy: Path) -> None:
    change(
        copy / "annotations" / "004_653b9ce953ff35b3.toml",
        'spans = ["life-changing decisions"]',
        'spans = ["life-changing verdicts"]',
    )

    with pytest.raises(CommandError) as refusal:
        call_command("load_seeds", str(copy))

    message = str(refusal.value)
    assert "004_653b9ce953ff35b3.toml" in message
    assert "life-changing-decisions" in message
    assert "life-changing verdicts" in message
    assert not Article.objects.exists()


def test_copy_of_a_loaded_article_is_found_when_it_is_taken_in(loaded: None) -> None:
    earlier = Article.objects.order_by("pk")[0]
    copy = ParsedDocument(text=f"From our own reporter.\n\n{earlier.body}")

    done = ingest(copy)

    assert done.outcome == Outcome.NEAR_DUPLICATE
    assert [link.earlier for link in done.similar] == [earlier]


def test_changed_annotation_of_an_article_makes_versions_of_its_quotes(copy: Path) -> None:
    load(load_collection(copy))
    notes = sorted((copy / "annotations").glob("*.toml"))[0]
    archived = 'archive_url = "https://archive.example/1"\narchived = "2009-03-12"'
    change(notes, "language = ", f'kind = "interview"\npages = "5"\n{archived}\nlanguage = ')

    load(load_collection(copy))

    article = Article.objects.get(kind="interview")
    assert (article.pages, str(article.archived)) == ("5", "2009-03-12")
    assert article.archive_url == "https://archive.example/1"
    assert {quote.versions.count() for quote in article.quotes.all()} == {2}
    assert QuoteVersion.objects.filter(number=2).count() == article.quotes.count()
    assert list(published_quotes_have_their_version()) == []
