"""The order in which the editors' first page and side bar list what there is: by kind of work.

Names as `app.model`. What stands nowhere here follows under its app's own name.
"""

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Articles and quotes",
        (
            "quotes.article",
            "quotes.quote",
            "quotes.outlet",
            "quotes.utterance",
            "quotes.utterancesuggestion",
        ),
    ),
    (
        "People and organisations",
        ("people.person", "people.organization", "people.membership", "people.personname"),
    ),
    (
        "Codebook and coding",
        (
            "quotes.target",
            "quotes.targetrelation",
            "quotes.codingtask",
            "quotes.coder",
            "quotes.stancecoding",
            "quotes.stance",
            "quotes.stancesuggestion",
            "quotes.training",
            "quotes.responsibility",
            "quotes.codingimport",
        ),
    ),
    ("Readers’ reports, replies", ("quotes.report", "quotes.notice")),
    (
        "What was changed, and kept",
        (
            "quotes.quoteversion",
            "quotes.withdrawal",
            "quotes.quoteredirect",
            "quotes.quotesplit",
            "quotes.targetmove",
            "people.personmerge",
            "people.personredirect",
            "quotes.publishedaddress",
        ),
    ),
)
