"""A second blind part, written after the first was answered: several difficulties at a time."""

from quotes.citations.record import Citation, Name, SourceKind
from tests.citations.items import item, titled

K = SourceKind
DOE, ROE = ("Doe", "Ann"), ("Roe", "Bo")
SECOND: dict[str, Citation] = {
    "c council": titled(
        "Council's 'secret' plan: will the pier survive?",
        outlet="Pier Post",
        on="2017-08-09",
        by=[ROE],
    ),
    "c strike": titled(
        "Dockers walk out – and may not be back", by=[DOE, ROE, ("Poe", "Cy")], pages="1"
    ),
    "c flood": titled(
        "After the flood, what next for the lower town?",
        kind=K.MAGAZINE,
        on="2013-02",
        pages="20-31",
    ),
    "c live": titled(
        "LIVE: Storm hits the north as it happens", kind=K.WEBPAGE, by=[Name(literal="Newsroom")]
    ),
    "c letter": titled(
        "Letter: Don't blame the lock-keepers", by=[Name("Vries", "Kees", "de")], on="2001-09-01"
    ),
    "c obituary": titled("Ida Moss, 1921–2009", by=[], on="2009-06-30", pages="36"),
    "c column": titled(
        "Why I'm leaving the lifeboat crew", by=[("Marsh", "Helena")], outlet="The Sunday Pier"
    ),
    "c fact check": titled(
        "FactCheck: has river pollution doubled since 2010?", kind=K.BLOG, outlet="Pier FactCheck"
    ),
    "c podcast": titled("Episode 12: The weir", kind=K.RADIO, outlet="Rivers on air", by=[DOE]),
    "c panel": titled(
        "The river panel", kind=K.TELEVISION, outlet="Question Hour", by=[], on="2022-01"
    ),
    "c budget speech": titled("Budget statement to the river assembly", kind=K.SPEECH, outlet=""),
    "c interview piece": titled(
        "‘I was wrong about the weir’",
        kind=K.INTERVIEW,
        by=[ROE],
        outlet="River Weekly",
        on="2015-12",
    ),
    "c agency": item(by=[Name(literal="AFP")], outlet="", on="2011-03-11"),
    "c agency with reporter": item(by=[ROE, DOE, Name(literal="AFP")]),
    "c polish": item(by=[("Łukasiewicz", "Żaneta")], headline="Rzeka i ludzie", language="pl"),
    "c turkish": item(
        by=[("Işık", "İpek")], headline="Nehir bizim", language="tr", outlet="Nehir Gazetesi"
    ),
    "c dutch": item(
        by=[Name("Velde", "Anna", "van de")], headline="De rivier is van ons", language="nl"
    ),
    "c danish": item(by=[("Sørensen", "Åse Øst")], headline="Åen er vores", language="da"),
    "c portuguese": item(
        by=[Name("Santos", "Ana Clara", "dos")], headline="O rio é nosso", language="pt-BR"
    ),
    "c italian quotes": item(headline="“Il fiume è nostro”, dice il sindaco", language="it"),
    "c german quotes": item(headline="Minister: „Wir schaffen das“", language="de"),
    "c german body": item(
        by=[Name(literal="dpa")], headline="Der Fluss", language="de", outlet="Fluss-Zeitung"
    ),
    "c urdu": item(
        by=[("خان", "سارہ")], headline="دریا ہمارا ہے", language="ur", outlet="روزنامہ دریا"
    ),
    "c speaker two names": item(speaker=Name("García Márquez", "Gabriel"), by=[]),
    "c speaker bin": item(speaker=Name("Rashid", "Omar", "bin")),
    "c everything missing": item(by=[], outlet="", on="", url="", accessed=None, speaker=None),
    "c no speaker no author": item(by=[], speaker=None),
    "c url only": item(by=[], outlet="", on="", speaker=None),
    "c ampersand outlet": item(outlet="Tide & Time", kind=K.MAGAZINE, on="2014-22"),
    "c outlet article": item(outlet="the Pier and the Sea", by=[DOE]),
    "c outlet acronym": item(outlet="BBC News", kind=K.WEBPAGE, by=[]),
    "c long quote question": item(
        text="Why would anyone who has lived here for as long as I have, and seen what "
        "the water does, ever want to leave?"
    ),
    "c quote with dash": item(text="The river – our river – is dying"),
    "c quote in single": item(text="They called it ‘fine’. It was not."),
    "c quote of numbers": item(text="£4m for 3 weirs"),
    "c quote starts small": item(text="a shambles from start to finish"),
    "c quote apostrophe": item(text="It's the workers' river"),
    "c quote arabic": item(text="النهر لنا", speaker=Name("عباس", "ليلى"), language="ar"),
    "c quote urlish": item(text="Go to river.example and sign"),
    "c quote exclaims twice": item(text="No! Never!"),
}
