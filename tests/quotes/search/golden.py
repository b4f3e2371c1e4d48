"""A small collection and what each of many searches must find in it, on both databases.

Letters name quotes: see COLLECTION. Every line was worked out by hand from the words below.
"""

from people.models import Membership, PersonName
from quotes import stances
from tests import factories

# letter: (words, article, speaker, kind, said)
COLLECTION = {
    "a": ("I was not bowing to media or political pressure.", "harbour", "alder", "direct", ""),
    "b": ("he had no regrets", "harbour", "alder", "indirect", ""),
    "c": ("We will count every boat before the winter storms.", "harbour", "birch", "direct", ""),
    "d": ("The counting of boats was a damning failure.", "lake", "birch", "mixed", "2009-03-05"),
    "e": ("Pressure of the media is no excuse.", "lake", "climbié", "direct", ""),
    "f": ("The café’s naïve plans weren’t well-being", "lake", "", "direct", "2009-03"),
    "g": ("Winter comes, and no boat, no buoy and no harbour is safe.", "river", "alder",
          "direct", "2007"),
    "h": ("Being well is the whole of it.", "river", "birch", "direct", ""),
}  # fmt: skip
ARTICLES = {
    "harbour": ("Social workers under pressure", "The Buoy", "2008-12-07"),
    "lake": ("Inspectors’ report on the lake", "Lake Gazette", "2009-02"),
    "river": ("A quiet river", "The Buoy", ""),
}
# Printed after the quote.
CONTEXT = {"h": "Divers laughed."}
PEOPLE = {"alder": "Anna Alder", "birch": "Bert Birch", "climbié": "Clara Climbié"}
ALL = "abcdefgh"

SEARCHES = [
    # Words, by their stems; in the quote, its speaker, its headline or its shown context.
    ("boat", "cdg"),
    ("boats", "cdg"),
    ("BOAT", "cdg"),
    ("count", "cd"),
    ("counting", "cd"),
    ("bow", "a"),
    ("workers", "abc"),
    ("worker pressure", "abc"),
    ("pressure", "abce"),
    ("media pressure", "ae"),
    ("no", "beg"),
    ("no regrets", "b"),
    ("the of", "deh"),
    ("submarine", ""),
    ("alder", "abg"),
    ("climbie", "e"),
    ("Climbié", "e"),
    ("inspectors", "def"),
    ("inspector's", "def"),
    ("cafe", "f"),
    ("CAFÉ", "f"),
    ("naive plan", "f"),
    ("weren't", "f"),
    ("weren’t", "f"),
    ("winter storm", "c"),
    ("diver", "h"),
    ('"divers laughed"', "h"),
    ('"it divers"', ""),
    ('"it bert"', ""),
    # Of very common words, whose pairs PostgreSQL has an index of.
    ('"of the"', "e"),
    ('"on the"', "def"),
    ('"of it"', "h"),
    ('"the of"', ""),
    ('"on the lake"', "def"),
    ('"pressure of the media"', "e"),
    ('"was not" OR "is the"', "ah"),
    ('pressure -"of the"', "abc"),
    ('-"on the" winter', "cg"),
    ("media … pressure !", "ae"),
    ("media & pressure", "ae"),
    # Phrases, as they are written.
    ('"political pressure"', "a"),
    ("“political pressure”", "a"),
    ('"media pressure"', ""),
    ('"pressure of the media"', "e"),
    ('"boat"', "cg"),
    ('"boats"', "d"),
    ('"counting boats"', ""),
    ('"no regrets"', "b"),
    ('"no boat no buoy"', "g"),
    ('"under pressure"', "abc"),
    ('"social workers" boat', "c"),
    ('"birch social"', ""),
    ('"storms bert"', ""),
    ('"the cafes naive"', "f"),
    ("well-being", "f"),
    ("being-well", "h"),
    ("well being", "fh"),
    # Not.
    ("boat -winter", "d"),
    ("boat NOT winter", "d"),
    ("boat -winter -count", ""),
    ('pressure -"political pressure"', "bce"),
    ("-pressure", "dfgh"),
    ("-pressure -boat", "fh"),
    ("boat --winter", "d"),
    ("boat - winter", "cg"),
    ("-(boat OR pressure)", "fh"),
    ("NOT NOT boat", "cdg"),
    # Or, and, brackets.
    ("regrets OR excuse", "be"),
    ("regrets OR excuse OR storms", "bce"),
    ("boat winter OR regrets", "bcg"),
    ("boat (winter OR damning)", "cdg"),
    ("(boat OR media) (winter OR political)", "acg"),
    ("boat AND winter", "cg"),
    ("boat AND (winter AND (storms OR buoy))", "cg"),
    ("regrets OR -pressure", "bdfgh"),
    ("regrets or excuse", ""),
    ("boat -(winter storms)", "dg"),
    ("(((boat)))", "cdg"),
    ("((boat OR regrets) -(winter OR damning)) OR excuse", "be"),
    # Beginnings of words, as they are written.
    ("bow*", "a"),
    ("press*", "abce"),
    ("count*", "cd"),
    ("reg* OR exc*", "be"),
    ("boat -stor*", "dg"),
    ("climbié*", "e"),
    ("xyz*", ""),
    # Nearness, within the quote.
    ('"media pressure"~1', ""),
    ('"media pressure"~2', "ae"),
    ('"pressure media"~2', "ae"),
    ('"media pressure"~1 OR "no regrets"', "b"),
    ('"boat winter"~1', ""),
    ('"boat winter"~2', "c"),
    ('"boat winter"~3', "cg"),
    ('"social pressure"~5', ""),
    ('pressure -"media pressure"~20', "bc"),
    # Fields.
    ("speaker:alder", "abg"),
    ("Speaker:ALDER", "abg"),
    ('speaker:"Alder Anna"', "abg"),
    ("speaker:anna-alder", "abg"),
    ("speaker:ald*", "abg"),
    ("speaker:ald", ""),
    ("speaker:climbie", "e"),
    ('speaker:"the harbourmaster"', "abg"),
    ("speaker:alder boat", "g"),
    ("-speaker:alder", "cdefh"),
    ("speaker:alder OR speaker:climbié", "abeg"),
    ("(speaker:birch OR regrets) -storms", "bdh"),
    ("boat OR speaker:climbie", "cdeg"),
    ('org:"harbour board"', "ab"),
    ("organisation:hb", "ab"),
    ("-org:harbour pressure", "ce"),
    ("outlet:buoy", "abcgh"),
    ('outlet:"lake gazette"', "def"),
    ("outlet:laz*", ""),
    ("kind:indirect", "b"),
    ("kind:Mixed", "d"),
    ("-kind:direct", "bd"),
    ("target:media", "ae"),
    ("target:boats", "acd"),
    ("stance:denies", "a"),
    ("stance:criticises", "d"),
    ("target:media stance:asserts", "e"),
    ("target:boats stance:criticises", "d"),
    ("target:boats stance:denies", ""),
    ("-target:media pressure", "bc"),
    ("-(target:media stance:denies) target:media", "e"),
    ('stance:"no stance"', "c"),
    ("date:2008", "abc"),
    ("date:2008-12-07", "abc"),
    ("date:2009", "def"),
    ("date:2009-03", "df"),
    ("date:2009-03-05", "df"),
    ("date:2009-03-06", "f"),
    ("date:2008-11..2009-02", "abce"),
    ("date:2009-03..", "df"),
    ("date:..2007", "g"),
    ("-date:2008..2009", "gh"),
    ("date:2009 pressure", "e"),
    ("speaker:alder date:2008 (media OR regrets) -kind:indirect", "a"),
]


def collection() -> dict[int, str]:
    """Make the collection; return the letter of each quote by its key."""
    by = factories.user()
    people = {key: factories.person(name) for key, name in PEOPLE.items()}
    PersonName.objects.create(person=people["alder"], name="The Harbourmaster")
    board = factories.organization("Harbour Board", other_names=["HB"])
    Membership.objects.create(
        person=people["alder"], organization=board, role="captain", start="2008-12", end="2008-12"
    )
    outlets = {name: factories.outlet(name=name) for name in ("The Buoy", "Lake Gazette")}
    made = {}
    for letter, (words, key, speaker, kind, said) in COLLECTION.items():
        headline, outlet, published = ARTICLES[key]
        article = factories.article(
            f"{words} {CONTEXT.get(letter, '')}".strip(),
            headline=headline,
            outlet=outlets[outlet],
            published=published,
            date_basis="printed" if published else "",
        )
        made[letter] = factories.quote(
            words,
            by=by,
            article=article,
            speaker=people.get(speaker),
            kind=kind,
            said=said,
            said_basis="printed" if said else "",
            speaker_text="someone",
        )
    media = factories.target("claim", label="Media pressure", slug="media")
    boats = factories.target(label="Boats", slug="boats")
    for letter, target, value in (
        ("a", media, "denies"),
        ("a", boats, "supports"),
        ("e", media, "asserts"),
        ("d", boats, "criticises"),
        ("c", boats, "no_stance"),
    ):
        stances.tag(quote=made[letter], target=target, value=value, by=by)
    return {quote.pk: letter for letter, quote in made.items()}
