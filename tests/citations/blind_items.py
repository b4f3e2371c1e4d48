"""Items written after the styles, before their golden strings were seen: the blind part.

docs/citing.md has the score that the styles reached on these when they were first asked.
"""

from quotes.citations.record import Citation, Name, SourceKind
from tests.citations.items import item, titled

K = SourceKind
DOE = ("Doe", "Ann")
BLIND: dict[str, Citation] = {
    "b plain of another year": item(
        on="1998-12-31", outlet="Harbour Gazette", headline="Harbour wall to be rebuilt"
    ),
    "b five authors": item(
        by=[("Abel", "Ian"), ("Bond", "Joy"), ("Cole", "Kit"), ("Dunn", "Lee"), ("East", "May")]
    ),
    "b two with particles": item(by=[Name("Hoek", "Piet", "ten"), Name("Silva", "Rui", "da")]),
    "b particle second": item(by=[DOE, Name("Berg", "Jan", "van den")]),
    "b suffix second": item(by=[DOE, Name("King", "Martin", suffix="Sr.")]),
    "b suffix and three": item(by=[Name("King", "Martin", suffix="II"), DOE, ("Roe", "Bo")]),
    "b elided second": item(by=[DOE, Name("Arc", "Jeanne", "d’")]),
    "b apostrophe name": item(by=[("O’Neill", "Séan")]),
    "b straight apostrophe name": item(by=[("O'Brien", "Kate")]),
    "b given of three words": item(by=[("Garcia", "Maria del Carmen")]),
    "b given in small letters": item(by=[("hooks", "bell")]),
    "b double family name": item(by=[("García Márquez", "Gabriel José")]),
    "b hyphen small": item(by=[("Kim", "Jung-hee")]),
    "b initials with hyphen": item(by=[("Sartre", "J.-P.")]),
    "b three initials and word": item(by=[("Doe", "J. R. Ray")]),
    "b one letter no dot": item(by=[("Truman", "Harry S")]),
    "b two bodies": item(by=[Name(literal="Reuters"), Name(literal="Agence Boats")]),
    "b body first of three": item(by=[Name(literal="Reuters"), DOE, ("Roe", "Bo")]),
    "b seven, one literal": item(
        by=[Name(literal="Reuters"), *[(f"Name{c}", "Al") for c in "ABCDEF"]]
    ),
    "b korean": item(by=[("김", "민준")]),
    "b japanese and english": item(by=[("山田", "太郎"), DOE]),
    "b greek": item(
        by=[("Παπαδόπουλος", "Νίκος")], language="el", headline="Οι υπουργοί διχάζονται"
    ),
    "b hebrew": item(by=[("כהן", "דוד")], language="he", headline="השרים"),
    "b long body": item(
        by=[
            Name(literal="Royal Commission on the Counting of Boats and Other Vessels of the North")
        ]
    ),
    "b speaker arabic": item(speaker=Name("الحسن", "علي")),
    "b speaker korean": item(speaker=Name("김", "민준")),
    "b speaker elided": item(speaker=Name("Estaing", "Val", "d’")),
    "b speaker role": item(speaker=Name(literal="A spokesman for the harbour")),
    "b no author month": item(by=[], on="2019-11"),
    "b no author no date": item(by=[], on=""),
    "b no author uncertain": item(by=[], on="2019-11?"),
    "b body no date": item(by=[Name(literal="Reuters")], on=""),
    "b three no date": item(by=[DOE, ("Roe", "Bo"), ("Poe", "Cy")], on=""),
    "b question no outlet": item(headline="Is it over?", outlet=""),
    "b question no author no date": item(headline="Is it over?", by=[], on=""),
    "b autumn": item(on="2021-23"),
    "b winter no author": item(on="2021-24", by=[]),
    "b may": item(on="2022-05-01"),
    "b october": item(on="2022-10-10"),
    "b december month": item(on="2022-12"),
    "b year range": item(on="2008/2009"),
    "b month range": item(on="2008-11/2009-01"),
    "b months of one year": item(on="2008-10/2008-12"),
    "b magazine month": item(kind=K.MAGAZINE, on="2021-06", outlet="The Boatman"),
    "b magazine page no author": item(kind=K.MAGAZINE, by=[], pages="44", outlet="The Boatman"),
    "b magazine pages no url": item(kind=K.MAGAZINE, pages="144-148", url="", accessed=None),
    "b newspaper pages no author": item(by=[], pages="1,7"),
    "b newspaper page no date": item(pages="3", on=""),
    "b web body author": item(
        kind=K.WEBPAGE, by=[Name(literal="Harbour Board")], outlet="Harbour Board"
    ),
    "b web month": item(kind=K.WEBPAGE, on="2020-02"),
    "b web question": item(kind=K.WEBPAGE, headline="Where are the boats?"),
    "b web quotes": item(kind=K.WEBPAGE, headline="Mayor: “No boats today”"),
    "b web no author no date": item(kind=K.WEBPAGE, by=[], on=""),
    "b web uncertain": item(kind=K.WEBPAGE, on="2020?"),
    "b web small outlet": item(kind=K.WEBPAGE, outlet="boats.example news"),
    "b web no url": item(kind=K.WEBPAGE, url="", accessed=None),
    "b blog one": item(kind=K.BLOG, by=[DOE], outlet="Ann's boats"),
    "b blog month": item(kind=K.BLOG, on="2020-02"),
    "b blog question no author": item(kind=K.BLOG, by=[], headline="Who rows?"),
    "b blog quotes": item(kind=K.BLOG, headline="‘Row’ is a verb"),
    "b interview two no date": item(kind=K.INTERVIEW, on="", by=[DOE, ("Roe", "Bo")]),
    "b interview particle": item(
        kind=K.INTERVIEW, speaker=Name("Berg", "Jan", "van der"), by=[DOE]
    ),
    "b interview body": item(kind=K.INTERVIEW, by=[Name(literal="Harbour Radio")]),
    "b interview month no outlet": item(kind=K.INTERVIEW, on="2020-02", outlet="", by=[]),
    "b interview four": item(
        kind=K.INTERVIEW, by=[DOE, ("Roe", "Bo"), ("Poe", "Cy"), ("Coe", "Di")]
    ),
    "b television month": item(kind=K.TELEVISION, on="2020-02", outlet="Harbour Tonight"),
    "b television question": item(
        kind=K.TELEVISION, headline="Who rows?", outlet="Harbour Tonight"
    ),
    "b radio body": item(kind=K.RADIO, by=[Name(literal="Harbour Radio")], outlet="Breakfast"),
    "b radio bare": item(kind=K.RADIO, by=[], outlet="", on=""),
    "b press no date": item(kind=K.PRESS_RELEASE, by=[], on="", outlet="Harbour Board"),
    "b press no outlet": item(kind=K.PRESS_RELEASE, outlet="", by=[Name(literal="Harbour Board")]),
    "b press bare": item(kind=K.PRESS_RELEASE, outlet="", by=[]),
    "b speech no speaker": item(kind=K.SPEECH, speaker=None, by=[]),
    "b speech month": item(kind=K.SPEECH, on="2020-02", outlet="Boat Show"),
    "b op-ed web": item(kind=K.WEBPAGE, by=[("Marsh", "Helena")]),
    "b op-ed blog no date": item(kind=K.BLOG, by=[("Marsh", "Helena")], on=""),
    "b colon and quotes": titled("mayor's plea: ‘save our boats’ from the sea"),
    "b quote mid question": titled("Did he say ‘row’ or ‘sow’?"),
    "b two questions": titled("Who rows? Who sows?"),
    "b quote exclamation": titled("“Row!” says mayor"),
    "b nested end question": titled("Mayor: “Who said ‘row’?”"),
    "b double then single": titled("“Row” and ‘sow’: the mayor's words"),
    "b plural possessive quote": titled("‘The boats’ owners must pay’"),
    "b straight possessive": titled("The boats' owners' plea to the mayor"),
    "b abbreviation end": titled("Mayor to sue Boats Ltd."),
    "b us in title": titled("Boats in the U.S. and the U.K. to be counted"),
    "b semicolon": titled("one boat; two boats"),
    "b comma list": titled("boats, oars, and the men between them"),
    "b according to": titled("The sea according to the mayor"),
    "b because of": titled("late because of the tide"),
    "b over under": titled("over the sea and under the bridge"),
    "b ordinal": titled("the 21st-century boat and 1990s oars"),
    "b percent": titled("50% of boats are lost, says £5m report"),
    "b hashtag": titled("#boats trends as @mayor tweets"),
    "b long dash": titled("the boat — and the oar"),
    "b hyphen small word": titled("a follow-up on the check-in of the runner-up"),
    "b prefix hyphen": titled("anti-boat co-operation and re-election"),
    "b e-mail": titled("The e-mail that sank a boat"),
    "b quote hyphen": titled("The ‘non-boat’ plan"),
    "b ellipsis start": titled("… and then the boats left"),
    "b versus": titled("Boats vs. oars: the vote"),
    "b colon no space": titled("Boats:the end"),
    "b lower all": titled("is this it? no, it is not"),
    "b french quotes": titled("Le maire : « Jamais »", language="fr"),
    "b spanish": titled("¿Quién cuenta los barcos?", language="es"),
    "b spanish in english": titled("The ¡olé! of the boats"),
    "b welsh": titled("Y cychod a'r môr", language="cy"),
    "b chinese title": titled("部长们意见不一", language="zh"),
    "b language unknown": titled("the boats of the north", language=""),
    "b american": titled("the boats of the north", language="en-US"),
    "b outlet of": item(outlet="journal of boats and oars"),
    "b outlet with and": item(outlet="Boats & Oars"),
    "b outlet question": item(outlet="What Boat?"),
    "b outlet accent": item(outlet="La Dépêche du Nord", language="fr"),
    "b quote exclaims": item(text="Never!"),
    "b quote single inner": item(text="She said ‘no’ to me"),
    "b quote straight": item(text="It's \"done\", isn't it"),
    "b quote colon": item(text="One thing: the boats"),
    "b quote exactly twenty": item(text=" ".join(f"word{n}" for n in range(20)) + "."),
    "b quote short french": item(text="Non, jamais.", language="fr"),
    "b quote ends in quotation": item(text="He said “go.”"),
    "b quote comma": item(text="We will row,"),
    "b record no date": item(on="", text="Row on"),
    "b record month": item(on="2018-07", text="Row on"),
    "b record no speaker": item(speaker=None, text="Row on"),
    "b record not read": item(accessed=None, text="Row on"),
}
