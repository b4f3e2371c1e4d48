"""Write the questions for the oracle, and its answers into golden.json: see docs/citing.md.

python -m tests.citations.regenerate ask > requests.json
python -m tests.citations.regenerate take answers.json
"""

import html
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from quotes.citations.exports.csl_json import article_item, record_item
from quotes.citations.record import Citation
from quotes.citations.styles import STYLES, Form
from quotes.citations.styles.work import Work, article_work, record_work
from tests.citations.blind_items import BLIND
from tests.citations.blind_items_2 import SECOND
from tests.citations.items import ITEMS as TUNED

ITEMS = TUNED | BLIND | SECOND
GOLDEN = Path(__file__).parent / "golden.json"
# What stands before the article's own citation, and whether the speaker's full name does.
PREFIXES = {
    "apa": ("as cited in", True),
    "mla": ("qtd. in", True),
    "chicago-notes": ("quoted in", False),
    "chicago-author-date": ("quoted in", False),
    "harvard": ("quoted in", True),
    "vancouver": ("quoted in", True),
    "oscola": ("quoted in", False),
}


def cases() -> Iterator[tuple[str, Citation, Form, Work]]:
    """Yield each item in each form; a record that says the same as an earlier one only once."""
    seen: list[Work] = []
    for name, citation in ITEMS.items():
        yield name, citation, Form.ARTICLE, article_work(citation)
        record = record_work(citation)
        if record not in seen:
            seen.append(record)
            yield name, citation, Form.RECORD, record


def requests() -> Iterator[dict[str, object]]:
    for name, citation, form, work in cases():
        item = article_item(citation) if form == Form.ARTICLE else record_item(citation)
        for style in STYLES:
            words, short = PREFIXES[style]
            key = f"{name} | {style} | {form}"
            yield {
                "key": key,
                "style": style,
                "item": item,
                "prefix": work.lead(words, short=short),
            }


def plain_markup(text: str) -> str:
    """Return the oracle's HTML with `<i>` as its only markup and no entities."""
    text = re.sub(r'<div class="csl-left-margin">.*?</div>', "", text)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"</?div[^>]*>", "", text))).strip()


def main(arguments: list[str]) -> None:
    if arguments[0] == "ask":
        json.dump(list(requests()), sys.stdout, ensure_ascii=False)
        return
    answers = json.loads(Path(arguments[1]).read_text(encoding="utf-8"))
    golden = {key: [plain_markup(text) for text in texts] for key, texts in answers.items()}
    text = json.dumps(golden, ensure_ascii=False, indent=0)
    GOLDEN.write_text(text.replace("[\n", "[").replace("\n]", "]") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
