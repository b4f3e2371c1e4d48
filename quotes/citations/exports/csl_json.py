"""CSL-JSON 1.0.2, the input of every CSL processor (https://github.com/citation-style-language/schema).

Nothing of ours stands in `archive` or `contributor`: APA, MLA and Chicago print those.
"""

import json
from datetime import date
from typing import Any

from quotes.citations.exports.kinds import KINDS
from quotes.citations.exports.notes import about, said
from quotes.citations.record import Citation, Dated, Name, PartialDate
from quotes.citations.styles.markup import clean
from quotes.citations.styles.titles import headline
from quotes.citations.styles.work import Work, article_work, record_work


def csl_json(citation: Citation) -> str:
    """Return the article as a CSL-JSON file of one item, the quote in its abstract."""
    return dump([article_item(citation)])


def csl_json_of_record(citation: Citation) -> str:
    """Return this database's record of the quote as a CSL-JSON file of one item."""
    return dump([record_item(citation)])


def dump(items: list[dict[str, Any]]) -> str:
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def article_item(citation: Citation) -> dict[str, Any]:
    """Return the article as a CSL item, with the quotation in its note, abstract, call number."""
    return {
        "id": citation.quote_id,
        **_item(article_work(citation), headline(citation.headline), citation.language),
        "call-number": citation.quote_id,
        "abstract": said(citation),
        "note": about(citation),
    }


def record_item(citation: Citation) -> dict[str, Any]:
    """Return the record as a CSL item: a page of this site by the speaker."""
    work = record_work(citation)
    # The words are a quotation: no style may capitalise them as a title.
    title = f'<span class="nocase">{work.raw_title.join(citation.marks)}</span>'
    return {"id": f"{citation.quote_id}v{citation.version}", **_item(work, title, "en")}


def _item(work: Work, title: str, language: str) -> dict[str, Any]:
    values = {
        "type": KINDS[work.kind].csl,
        "language": clean(language),
        "title": title,
        "author": [csl_name(name) for name in work.authors],
        "interviewer": [csl_name(name) for name in work.interviewers],
        "container-title": work.container,
        "genre": work.genre,
        "issued": csl_date(work.dated),
        "accessed": _day(work.accessed),
        "page": work.pages,
        "URL": work.url,
    }
    return {key: value for key, value in values.items() if value}


def csl_name(name: Name) -> dict[str, str]:
    """Return a name with the parts that it has; a single name is a family name."""
    if name.literal:
        return {"literal": clean(name.literal)}
    values = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {key: clean(value) for key, value in values.items() if value}


def csl_date(dated: Dated) -> dict[str, Any]:
    """Return a date or range; CSL can say "circa" but not that a date was inferred."""
    if dated.start is None:
        return {}
    parts = [_parts(point) for point in (dated.start, dated.end) if point]
    value: dict[str, Any] = {"date-parts": parts}
    if dated.start.season:
        value["season"] = dated.start.season
    if dated.uncertain:
        value["circa"] = True
    return value


def _parts(point: PartialDate) -> list[int]:
    return [part for part in (point.year, point.month, point.day) if part]


def _day(day: date | None) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else {}
