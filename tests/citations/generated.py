"""Generated citations: names, headlines and quotes with everything that breaks a format.

Each is made from one number, so that a thousand take a moment and a failure names its own.
"""

import random
from datetime import date

from hypothesis import strategies as st

from quotes.citations.dates import parse_edtf
from quotes.citations.record import Citation, Name, Site, SourceKind, SpanRecord, StanceRecord

PIECES = (
    *("{", "}", "\\", "%", "&", "#", "_", "$", "~", "^", "@", '"', "'", "“", "”", "‘", "’", ";"),
    *("\n", "\r\n", "\nER  - \n", "\n\nTY  - BOOK", "|", "{{", "}}", "[[", "]]", "<b>", "&amp;"),
    *("</script>", "\\input{x}", "\u202e", "\u2066", "\u0000", "\ufdd0", "\ud800", "\u2028", "="),
    *(
        " and ",
        ", ",
        "==",
        "''",
        "~~~~",
        "-- ",
        "://",
        "  ",
        "\t",
        "%0d%0a",
        "\x1b",
        "\ufeff",
        "😀",
    ),
    *(
        "a",
        "Word",
        "éü",
        "ملك",
        "שלום",
        "山田",
        "Ω",
        "1",
        "2030",
        ".",
        "?",
        "!",
        "…",
        " ",
        "-",
        "–",
    ),
)
DATES = (
    *("", "2024", "2024-03", "2024-03-14", "2024-03-14?", "2009~", "2024-21", "198X", "nonsense"),
    *("2023-12-30/2024-01-02", "2024-03-14/2024-03-16"),
)
FAMILIES = (
    "Okafor",
    "O’Neill",
    "García Márquez",
    "山田",
    "الحسن",
    "N" * 300,
    "م" * 300,
    "and",
    "a,b",
)


def generate(number: int) -> Citation:
    """Return the citation that belongs to a number."""
    chance = random.Random(number)

    def text(most: int = 6) -> str:
        return "".join(chance.choices(PIECES, k=chance.randrange(most)))

    def part() -> str:
        return chance.choice(FAMILIES) if chance.random() < 0.7 else f"X{text(4)}"

    def name() -> Name:
        shape = chance.randrange(5)
        if shape == 0:
            return Name(literal=part())
        if shape == 1:
            return Name(family=part())
        particle = chance.choice(["", "van der", "d’"])
        return Name(part(), part(), particle, chance.choice(["", "", "Jr.", "III"]))

    words = f"A{text()}"
    return Citation(
        quote_id="Q7K3M9P2",
        version=chance.randrange(1, 99),
        site=Site("On the Record", "https://quotes.example"),
        text=words,
        headline=f"A{text()}",
        prefix=text(),
        suffix=text(),
        spans=chance.choice([(), (SpanRecord(7, 7 + len(words), words),)]),
        speaker=chance.choice([None, name(), name()]),
        speaker_role=text(3),
        speaker_slug=chance.choice(["", "helena-marsh", "ليلى"]),
        authors=tuple(dict.fromkeys(name() for _ in range(chance.randrange(5)))),
        outlet=chance.choice(["", text(), "The Northern Courier"]),
        kind=chance.choice(list(SourceKind)),
        published=parse_edtf(chance.choice(DATES), inferred=chance.random() < 0.2),
        url=chance.choice(["", f"https://paper.example/{text()}"]),
        archive_url=chance.choice(["", f"https://archive.example/{text()}"]),
        archived=chance.choice([None, date(2024, 3, 15)]),
        accessed=chance.choice([None, date(2026, 11, 22)]),
        pages=chance.choice(["", "5", "5-6", "A1"]),
        language=chance.choice(["en", "en-GB", "fr", "ar", "", text(2)]),
        article_id=chance.choice(["", "A1B2C3D4"]),
        stances=(StanceRecord("boats", text(), "supports", rationale=text()),),
        withdrawn=chance.random() < 0.1,
        dispute=text(3),
    )


citations = st.integers(0, 2**40).map(generate)
