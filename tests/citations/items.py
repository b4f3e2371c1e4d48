"""The golden file's items: made-up quotes in made-up articles, each with something to get wrong."""

from datetime import date
from typing import Any

from quotes.citations.dates import parse_edtf
from quotes.citations.record import Citation, Name, Site, SourceKind

SITE = Site("On the Record", "https://quotes.example")
SPEAKER = Name("Marsh", "Helena")
BASE: dict[str, Any] = {
    "quote_id": "Q7K3M9P2",
    "version": 3,
    "site": SITE,
    "text": "We will not miss the 2030 deadline.",
    "speaker": SPEAKER,
    "headline": "Ministers split over river clean-up deadline",
    "authors": (Name("Okafor", "Amara"), Name("Lindqvist", "Per")),
    "outlet": "The Northern Courier",
    "published": parse_edtf("2024-03-14"),
    "url": "https://northerncourier.example/2024/03/14/river-deadline",
    "accessed": date(2026, 11, 22),
    "language": "en-GB",
}


def item(
    *, on: str | None = None, inferred: bool = False, by: Any = None, **values: Any
) -> Citation:
    """Return BASE with other values; `on` is an EDTF date, `by` the authors as (family, given)."""
    if on is not None:
        values["published"] = parse_edtf(on, inferred=inferred)
    if by is not None:
        values["authors"] = tuple(
            person if isinstance(person, Name) else Name(*person) for person in by
        )
    return Citation(**{**BASE, **values})


def reporters(count: int) -> list[tuple[str, str]]:
    return [(f"Reporter{chr(65 + n)}", f"Ann {chr(65 + n)}.") for n in range(count)]


def titled(title: str, **values: Any) -> Citation:
    return item(headline=title, **values)


PRESS = Name(literal="Press Association")
K = SourceKind
ITEMS: dict[str, Citation] = {
    "plain": item(),
    "no author": item(by=[]),
    "one author": item(by=[("Okafor", "Amara")]),
    "three authors": item(by=reporters(3)),
    "four authors": item(by=reporters(4)),
    "six authors": item(by=reporters(6)),
    "seven authors": item(by=reporters(7)),
    "eight authors": item(by=reporters(8)),
    "twenty authors": item(by=reporters(20)),
    "twenty-one authors": item(by=reporters(21)),
    "body as author": item(by=[PRESS]),
    "body and person": item(by=[Name(literal="Staff and agencies"), ("Doe", "Ann")]),
    "person and body": item(by=[("Doe", "Ann"), PRESS]),
    "initials": item(by=[("Doe", "J. R. R.")]),
    "initials unspaced": item(by=[("Doe", "J.R.")]),
    "one initial": item(by=[("Okafor", "A."), ("Lindqvist", "Per")]),
    "name and initial": item(by=[("Doe", "Ann B."), ("Roe", "C. Dan")]),
    "hyphenated given name": item(by=[("Smith-Jones", "Mary-Ann")]),
    "particle": item(by=[Name("Berg", "Jan", "van der")]),
    "two particles": item(by=[Name("Gaulle", "Charles", "de"), Name("Trapp", "Eva", "von")]),
    "elided particle": item(by=[Name("Estaing", "Val", "d’")]),
    "suffix": item(by=[Name("King", "Martin", suffix="Jr.")]),
    "suffix third": item(by=[Name("King", "Martin", suffix="III"), ("Doe", "Ann")]),
    "particle and suffix": item(by=[Name("Berg", "Jan", "van", "Jr.")]),
    "mononym": item(by=[("Teller", "")]),
    "mononym first": item(by=[("Teller", ""), ("Doe", "Ann")]),
    "speaker mononym": item(speaker=Name("Teller")),
    "speaker particle": item(speaker=Name("Souza", "Maria", "de")),
    "speaker suffix": item(speaker=Name("King", "Martin", suffix="Jr.")),
    "speaker body": item(speaker=Name(literal="Environment Department")),
    "speaker unknown": item(speaker=None),
    "japanese": item(by=[("山田", "太郎")], speaker=Name("佐藤", "花子")),
    "cyrillic": item(by=[("Петров", "Иван Ильич")], speaker=Name("Смирнова", "Анна")),
    "arabic": item(by=[("الحسن", "علي")], speaker=Name("عباس", "ليلى")),
    "hebrew headline": titled("השרים חלוקים על הנהר", language="he"),
    "arabic headline": titled("الوزراء منقسمون بشأن النهر", language="ar"),
    "accents": item(by=[("Ångström", "Éva"), ("Çelik", "Ümit")]),
    "no date": item(on=""),
    "no date, not read": item(on="", accessed=None),
    "month": item(on="2024-03"),
    "year": item(on="2024"),
    "season": item(on="2024-21"),
    "september": item(on="2024-09-05"),
    "june": item(on="2024-06-01"),
    "uncertain": item(on="2024-03-14?"),
    "uncertain year": item(on="2009~"),
    "inferred": item(on="2009-03-11", inferred=True),
    "range of days": item(on="2024-03-14/2024-03-16"),
    "range of months": item(on="2024-03-30/2024-04-02"),
    "range of years": item(on="2023-12-30/2024-01-02"),
    "no url": item(url="", accessed=None),
    "no outlet": item(outlet=""),
    "no outlet, no author": item(outlet="", by=[]),
    "headline only": item(outlet="", by=[], on="", url="", accessed=None),
    "not read": item(accessed=None),
    "page": item(pages="5"),
    "pages": item(pages="5-6"),
    "page with letter": item(pages="A5"),
    "page, no url": item(pages="5", url="", accessed=None),
    "page, no outlet": item(pages="5", outlet=""),
    "op-ed by the speaker": item(by=[("Marsh", "Helena")]),
    "op-ed with another": item(by=[("Marsh", "Helena"), ("Doe", "Ann")]),
    "magazine": item(kind=K.MAGAZINE, outlet="River Monthly"),
    "magazine page": item(kind=K.MAGAZINE, pages="12-15"),
    "magazine no author": item(kind=K.MAGAZINE, by=[]),
    "magazine no date": item(kind=K.MAGAZINE, on=""),
    "magazine no outlet": item(kind=K.MAGAZINE, outlet=""),
    "web page": item(kind=K.WEBPAGE),
    "web page no author": item(kind=K.WEBPAGE, by=[]),
    "web page no outlet": item(kind=K.WEBPAGE, outlet=""),
    "web page bare": item(kind=K.WEBPAGE, outlet="", by=[]),
    "web page no date": item(kind=K.WEBPAGE, on=""),
    "web page not read": item(kind=K.WEBPAGE, on="", accessed=None),
    "blog": item(kind=K.BLOG, outlet="River Notes"),
    "blog no author": item(kind=K.BLOG, by=[]),
    "blog no outlet": item(kind=K.BLOG, outlet=""),
    "blog no date": item(kind=K.BLOG, on=""),
    "interview": item(kind=K.INTERVIEW),
    "interview one": item(kind=K.INTERVIEW, by=[("Okafor", "Amara")]),
    "interview three": item(kind=K.INTERVIEW, by=reporters(3)),
    "interview unsigned": item(kind=K.INTERVIEW, by=[]),
    "interview no outlet": item(kind=K.INTERVIEW, outlet=""),
    "interview no date": item(kind=K.INTERVIEW, on=""),
    "television": item(kind=K.TELEVISION, outlet="Evening Report"),
    "television no author": item(kind=K.TELEVISION, by=[]),
    "television no outlet": item(kind=K.TELEVISION, outlet=""),
    "radio no date": item(kind=K.RADIO, on="", outlet="Morning Report"),
    "press release": item(kind=K.PRESS_RELEASE, by=[], outlet="Environment Department"),
    "press release signed": item(kind=K.PRESS_RELEASE),
    "speech": item(kind=K.SPEECH, outlet="River Conference"),
    "speech no outlet": item(kind=K.SPEECH, outlet=""),
    "speech no date": item(kind=K.SPEECH, on=""),
    "question": titled("Who counts the boats?"),
    "question no author": titled("Who counts the boats?", by=[]),
    "exclamation": titled("It's over!"),
    "full stop": titled("The boats were counted."),
    "ellipsis": titled("Trains… and boats…"),
    "nested quotes": titled("Minister: “We ‘never’ said that”"),
    "single quotes": titled("‘Speak up’ for the profession"),
    "single quotes at the end": titled("Balls in the air, says ‘juggler’"),
    "straight quotes": titled('He said "no" and left'),
    "straight single quotes": titled("Minister says 'never again'"),
    "all in quotes": titled("“All of it in quotes”"),
    "question in quotes": titled("He asked: “Why?”"),
    "question in quotes first": titled("“Why?” asks minister"),
    "apostrophes": titled("The workers’ plea: it's 'over'"),
    "years cut": titled("It's a dog's life in '90s Britain"),
    "all capitals": titled("MINISTERS SPLIT OVER RIVER"),
    "capitals in words": titled("NHS app on the iPhone: a user's review"),
    "hyphens": titled("UK-wide state-of-the-art by-election for ex-minister"),
    "small words last": titled("what is it all about"),
    "small words after a colon": titled("to be or not to be: to do"),
    "two sentences": titled("No way. the story of a river"),
    "dashes": titled("Boats – and trains—the end"),
    "slash": titled("His/her and/or their plan"),
    "numbers": titled("5 things to know about the 10-year plan"),
    "brackets": titled("(the) bracketed [a] title"),
    "ampersand and angle": titled("Boats & <trains>"),
    "french": titled("Les ministres divisés sur la rivière", language="fr"),
    "german": titled("„Niemals“, sagt die Ministerin", language="de-DE"),
    "guillemets": titled("«Jamais», dit la ministre", language="fr"),
    "outlet in small letters": item(outlet="the daily boat"),
    "speech in small letters": item(kind=K.SPEECH, outlet="a conference on rivers"),
    "television in small letters": item(kind=K.TELEVISION, outlet="rivers on air"),
    "outlet with full stop": item(outlet="Boats Inc."),
    "quote long": item(text=" ".join(["And then we went to the river,"] * 6)),
    "quote question": item(text="Will we miss the ‘2030’ deadline?"),
    "quote broken": item(text="We will count […] every boat"),
    "quote of two paragraphs": item(text="We will count.\nEvery boat."),
    "quote with double quotes": item(text="He told me “never” and left"),
    "quote ends in ellipsis": item(text="We will count …"),
}
