"""What we write, read back by other programs: one entry, with the fields that went in."""

import json
import re
from typing import Any

import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from quotes.citations.exports.bibtex import MONTHS, SPECIAL, biblatex, bibtex
from quotes.citations.exports.csl_json import csl_json, csl_json_of_record, csl_name
from quotes.citations.exports.kinds import KINDS
from quotes.citations.exports.notes import note, said
from quotes.citations.exports.ris import ris, ris_of_all
from quotes.citations.record import Citation
from quotes.citations.styles.markup import clean
from quotes.citations.styles.titles import headline
from quotes.citations.styles.work import article_work
from tests.citations.csl_schema import SCHEMA
from tests.citations.generated import citations
from tests.citations.items import item

thousand = settings(
    max_examples=1_000, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
VALIDATOR = Draft202012Validator(SCHEMA)
UNTEX = {command: char for char, command in SPECIAL.items()}
COMMANDS = re.compile("|".join(re.escape(command) for command in UNTEX))


def shown(value: str) -> str:
    """Return a value as a reader of lines keeps it."""
    return clean(value).strip()


def untex(value: str) -> str:
    return COMMANDS.sub(lambda match: UNTEX[match[0]], value)


def bibtex_entry(text: str) -> dict[str, str]:
    library = parse_string(text)
    assert library.failed_blocks == []
    assert len(library.blocks) == 1
    (entry,) = library.entries
    assert entry.key == "Q7K3M9P2"
    values = {field.key: str(field.value) for field in entry.fields}
    return {"ENTRYTYPE": entry.entry_type, **values}


@thousand
@given(citations)
def test_ris_is_read_back_as_one_entry_with_equal_fields(citation: Citation) -> None:
    text = ris(citation)

    (entry,) = rispy.loads(text)
    work = article_work(citation)
    assert text.endswith("ER  - \r\n\r\n")
    assert entry["type_of_reference"] == KINDS[citation.kind].ris
    assert entry["title"] == shown(headline(citation.headline))
    assert entry.get("authors", []) == [shown(name.inverted) for name in work.authors]
    assert entry.get("secondary_title", "") == shown(work.container)
    assert entry.get("year", "") == (str(work.dated.start.year) if work.dated.start else "")
    assert entry.get("urls", []) == ([shown(work.url).replace(";", "%3B")] if work.url else [])
    assert entry["abstract"] == shown(said(citation))
    assert entry["notes"] == [shown(note(citation))]


@thousand
@given(citations)
def test_bibtex_is_read_back_as_one_entry_with_equal_fields(citation: Citation) -> None:
    entry = bibtex_entry(bibtex(citation))

    work = article_work(citation)
    article = entry["ENTRYTYPE"] == "article"
    assert untex(entry["title"]) == shown(headline(citation.headline))
    assert untex(entry.get("journal" if article else "howpublished", "")) == work.container
    assert entry.get("year", "") == (str(work.dated.start.year) if work.dated.start else "")
    month = work.dated.start.month if work.dated.start else 0
    assert entry.get("month", "") == MONTHS[month]
    assert f"\\url{{{citation.permalink}}}" in entry["note"]
    assert authors(entry) == [name_words(name.inverted) for name in work.authors]


@thousand
@given(citations)
def test_biblatex_is_read_back_as_one_entry_with_equal_fields(citation: Citation) -> None:
    entry = bibtex_entry(biblatex(citation))

    work = article_work(citation)
    row = KINDS[citation.kind]
    container = "journaltitle" if row.biblatex == "article" else "organization"
    assert entry["ENTRYTYPE"] == row.biblatex
    assert entry.get("entrysubtype", "") == row.entrysubtype
    assert untex(entry["title"]) == shown(headline(citation.headline))
    assert untex(entry.get(container, "")) == work.container
    assert entry.get("date", "").startswith(str(work.dated.start.year) if work.dated.start else "")
    assert ("url" in entry) == bool(work.url)
    assert authors(entry) == [name_words(name.inverted) for name in work.authors]


def authors(entry: dict[str, str]) -> list[list[str]]:
    """Return the words of each author, the parts of a name in any order."""
    found: list[str] = []
    depth = 0
    current = ""
    # "and" joins two names only outside of braces.
    for token in re.split(r"([{}]| and )", entry.get("author", "")):
        depth += {"{": 1, "}": -1}.get(token, 0)
        if token == " and " and depth == 0:
            found.append(current)
            current = ""
        else:
            current += token
    return [name_words(untex(name)) for name in [*found, current] if name]


def name_words(name: str) -> list[str]:
    return sorted(re.sub(r"[{},\s]+", " ", name).split())


@thousand
@given(citations)
def test_csl_json_keeps_to_the_schema_and_holds_equal_fields(citation: Citation) -> None:
    items: list[Any] = json.loads(csl_json(citation))

    VALIDATOR.validate(items)
    VALIDATOR.validate(json.loads(csl_json_of_record(citation)))
    (found,) = items
    work = article_work(citation)
    assert found["type"] == KINDS[citation.kind].csl
    assert found["title"] == headline(citation.headline)
    assert found.get("author", []) == [csl_name(name) for name in work.authors]
    assert found.get("container-title", "") == work.container
    assert found.get("URL", "") == work.url
    # Printed into the reference by APA, MLA and Chicago, so never ours to use.
    assert not {"archive", "archive_location", "contributor"} & set(found)


def test_ris_matches_the_convention() -> None:
    assert ris(item(pages="5-6")).split("\r\n") == [
        "TY  - NEWS",
        "ID  - Q7K3M9P2",
        "TI  - Ministers split over river clean-up deadline",
        "AU  - Okafor, Amara",
        "AU  - Lindqvist, Per",
        "T2  - The Northern Courier",
        "DA  - 2024/03/14/",
        "PY  - 2024",
        "SP  - 5",
        "EP  - 6",
        "LA  - en-GB",
        "UR  - https://northerncourier.example/2024/03/14/river-deadline",
        "Y2  - 2026/11/22/",
        "AB  - “We will not miss the 2030 deadline.” — Helena Marsh",
        "N1  - Quotation Q7K3M9P2 v3: “We will not miss the 2030 deadline.” — Helena Marsh. "
        "https://quotes.example/q/Q7K3M9P2/v3",
        "ER  - ",
        "",
        "",
    ]


def test_ris_of_all_holds_each_entry() -> None:
    assert len(rispy.loads(ris_of_all([item(), item(headline="Other")]))) == 2


def test_bibtex_cannot_be_broken_out_of() -> None:
    entry = bibtex_entry(bibtex(item(headline="} , note = {\\input{/etc/passwd}} @book{x, ")))

    assert untex(entry["title"]) == "} , note = {\\input{/etc/passwd}} @book{x,"
    assert entry["note"].startswith("Quotation Q7K3M9P2")
