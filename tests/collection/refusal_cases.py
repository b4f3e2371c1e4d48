"""One thing wrong at a time: file, what is replaced, by what, and the fault that must be told."""

NOTES = "annotations/meeting.toml"
TOP = "collection.toml"
COSTLY = f"{NOTES}: quotes 'costly': "
LIBRARY = 'spans = ["The town library will stay open until ten"]'

CASES = {
    "a day of no archive": (
        NOTES,
        'rights = "excerpt"',
        'archived = "2009-03-11"\nrights = "excerpt"',
        f"{NOTES}: article: archived needs archive_url, the address of the copy",
    ),
    "an archive without a day": (
        NOTES,
        'rights = "excerpt"',
        'archive_url = "https://archive.example/1"\narchived = "2009-03"\nrights = "excerpt"',
        f"{NOTES}: article: archived '2009-03' is not a day such as 2009-03-11",
    ),
    "words not in the body": (
        NOTES,
        'spans = ["costly"]',
        'spans = ["expensive"]',
        f"{COSTLY}the words 'expensive' are not in the body",
    ),
    "words with other spaces": (
        NOTES,
        'spans = ["costly"]',
        'spans = ["plan\\u00a0“costly"]',
        f"{COSTLY}the words 'plan\\xa0“costly' are not in the body like that, but with other "
        "spaces or quotation marks; copy them exactly",
    ),
    "part of a word": (
        NOTES,
        'spans = ["costly"]',
        'spans = ["cost"]',
        f"{COSTLY}the words 'cost' are not in the body like that, but with other spaces or "
        "quotation marks; copy them exactly",
    ),
    "ambiguous words": (
        NOTES,
        'spans = ["costly"]',
        'spans = ["council"]',
        f"{COSTLY}the words 'council' are ambiguous: they stand in the body 2 times; say which "
        "with after or before",
    ),
    "ambiguous after": (
        NOTES,
        'spans = ["costly"]',
        'spans = ["costly"]\nafter = "council"',
        f"{COSTLY}the after words 'council' stand in the body 2 times",
    ),
    "after words not in the body": (
        NOTES,
        'spans = ["costly"]',
        'spans = ["costly"]\nafter = "nowhere"',
        f"{COSTLY}the after words 'nowhere' are not in the body",
    ),
    "words elsewhere than after says": (
        NOTES,
        'spans = ["costly"]',
        'spans = ["council"]\nafter = "costly"',
        f"{COSTLY}the words 'council' are not in the body where after and before say",
    ),
    "unknown speaker": (
        NOTES,
        'speaker = "speaker-a"\nspeaker_text = "she"',
        'speaker = "speaker-b"\nspeaker_text = "she"',
        f"{NOTES}: quotes 'asked-for-it': speaker is 'speaker-b', but there is no person of that "
        "key",
    ),
    "unknown organization": (
        NOTES,
        'on_behalf_of = "council"',
        'on_behalf_of = "counsel"',
        f"{COSTLY}on_behalf_of is 'counsel', but there is no organization of that key",
    ),
    "unknown outlet": (
        NOTES,
        'outlet = "the-paper"',
        'outlet = "a-paper"',
        f"{NOTES}: article: outlet is 'a-paper', but there is no outlet of that key",
    ),
    "unknown utterance": (
        NOTES,
        'utterance = "asked-for-it"',
        'utterance = "asked"',
        f"{NOTES}: quotes 'asked-for-it': utterance is 'asked', but there is no utterance of that "
        "key",
    ),
    "unknown member": (
        TOP,
        'person = "speaker-a"',
        'person = "speaker-b"',
        f"{TOP}: memberships number 1: person is 'speaker-b', but there is no person of that key",
    ),
    "bad said date": (
        NOTES,
        'channel = "statement"',
        'channel = "statement"\nsaid = "last week"\nsaid_basis = "printed"',
        f"{COSTLY}said is 'last week', which is not an EDTF date",
    ),
    "impossible date": (
        NOTES,
        'rights = "excerpt"',
        'rights = "excerpt"\npublished = "2009-02-31"\ndate_basis = "printed"',
        f"{NOTES}: article: published is '2009-02-31', which is not an EDTF date",
    ),
    "date that ends before it begins": (
        TOP,
        'role = "librarian"',
        'role = "librarian"\nuntil = "2009/2008"',
        f"{TOP}: memberships number 1: until is '2009/2008', which is not an EDTF date",
    ),
    "unknown field": (
        NOTES,
        'channel = "statement"',
        'channel = "statement"\nchanel = "statement"',
        f"{COSTLY}unknown field 'chanel'; it may be one of key, spans, after, before, kind, "
        "speaker, on_behalf_of, speaker_text, role, cue, basis, channel, said, said_basis, "
        "said_note, note, utterance, stances",
    ),
    "missing field": (
        NOTES,
        'basis = "role"\n',
        "",
        f"{COSTLY}basis is missing",
    ),
    "empty field": (
        NOTES,
        'cue = "called"',
        'cue = " "',
        f"{COSTLY}cue is empty; leave the field out instead",
    ),
    "too long": (
        NOTES,
        'cue = "called"',
        f'cue = "{"called " * 20}"',
        f"{COSTLY}cue has 140 characters; at most 100 are kept",
    ),
    "date without its basis": (
        NOTES,
        'rights = "excerpt"',
        'rights = "excerpt"\npublished = "2009"',
        f"{NOTES}: article: published and date_basis belong together",
    ),
    "no spans": (
        NOTES,
        'spans = ["costly"]',
        "spans = []",
        f"{COSTLY}spans is empty; leave the field out instead",
    ),
    "wrong type": (
        NOTES,
        'cue = "called"',
        "cue = 3",
        f"{COSTLY}cue must be text",
    ),
    "unknown kind": (
        NOTES,
        'kind = "mixed"',
        'kind = "partial"',
        f"{COSTLY}kind is 'partial'; it may be direct, mixed, indirect",
    ),
    "speaker text not printed": (
        NOTES,
        'speaker_text = "A spokesman for the council"',
        'speaker_text = "A spokeswoman"',
        f"{COSTLY}speaker_text 'A spokeswoman' is not printed in the paragraphs around the quote",
    ),
    "cue not printed": (
        NOTES,
        'cue = "called"',
        'cue = "claimed"',
        f"{COSTLY}cue 'claimed' is not printed in the paragraphs around the quote",
    ),
    "role not printed": (
        NOTES,
        'channel = "statement"',
        'channel = "statement"\nrole = "mayor"',
        f"{COSTLY}role 'mayor' is not printed in the body",
    ),
    "headline not printed": (
        NOTES,
        'headline = "Library to stay open late"',
        'headline = "Library stays open"',
        f"{NOTES}: article: headline 'Library stays open' is not printed in the body",
    ),
    "inferred without a reason": (
        NOTES,
        'outlet_note = "It was cut out of a bound volume of The Paper."\n',
        "",
        f"{NOTES}: article: outlet_basis is inferred, so outlet_note must give the reason",
    ),
    "said without its basis": (
        NOTES,
        'channel = "statement"',
        'channel = "statement"\nsaid = "2009"',
        f"{COSTLY}said and said_basis belong together",
    ),
    "spans out of order": (
        NOTES,
        '["The readers asked for it,", "and they were right."]',
        '["and they were right.", "The readers asked for it,"]',
        f"{NOTES}: quotes 'asked-for-it': the words 'The readers asked for it,' overlap the span "
        "before them or stand before it; list the spans in the order of the body",
    ),
    "spans overlap": (
        NOTES,
        '["The readers asked for it,", "and they were right."]',
        '["The readers asked for it,", "asked for it,"]',
        f"{NOTES}: quotes 'asked-for-it': the words 'asked for it,' overlap the span before them "
        "or stand before it; list the spans in the order of the body",
    ),
    "same spans twice": (
        NOTES,
        LIBRARY,
        'spans = ["costly"]',
        f"{COSTLY}another quote has the same spans",
    ),
    "quote key twice": (
        NOTES,
        'key = "open-until-ten"',
        'key = "costly"',
        f"{NOTES}: quotes 'costly': the key 'costly' is given twice",
    ),
    "bad key": (
        TOP,
        'key = "the-paper"',
        'key = "The Paper"',
        f"{TOP}: outlets 'The Paper': key is 'The Paper'; a key has lower-case letters, digits "
        "and single hyphens only",
    ),
    "value of the wrong kind": (
        NOTES,
        'value = "criticises"',
        'value = "denies"',
        f"{COSTLY[:-2]}, stance 1: denies is not a value of a subject such as 'late-opening'",
    ),
    "evidence far away": (
        NOTES,
        'evidence = "they were right"',
        'evidence = "they were wrong"',
        f"{NOTES}: quotes 'asked-for-it', stance 1: the evidence 'they were wrong' is neither in "
        "the quote nor within 200 characters of it",
    ),
    "claim without a proposition": (
        TOP,
        'kind = "subject"',
        'kind = "claim"',
        f"{TOP}: targets 'late-opening': a claim needs its proposition",
    ),
    "value without a meaning": (
        TOP,
        'mixed = "Does both."\n',
        "",
        f"{TOP}: targets 'late-opening', values: mixed is missing: say what it means for this "
        "subject",
    ),
    "example of no quote": (
        TOP,
        'quote = "meeting#costly"',
        'quote = "meeting#cheap"',
        f"{TOP}: targets 'late-opening', counter_example: there is no quote meeting#cheap",
    ),
    "example in other words": (
        TOP,
        'text = "and they were right"',
        'text = "they are right"',
        f"{TOP}: targets 'late-opening', example: the text is not in the quote "
        "meeting#asked-for-it",
    ),
    "example of another value": (
        TOP,
        'text = "costly"\nvalue = "criticises"',
        'text = "costly"\nvalue = "mixed"',
        f"{TOP}: targets 'late-opening', counter_example: the quote is not coded mixed on "
        "'late-opening'",
    ),
    "path out of the folder": (
        NOTES,
        'file = "documents/meeting.txt"',
        'file = "../meeting.txt"',
        f"{NOTES}: article: file '../meeting.txt' lies outside the collection's folder",
    ),
    "absolute path": (
        NOTES,
        'file = "documents/meeting.txt"',
        'file = "/etc/hostname"',
        f"{NOTES}: article: file '/etc/hostname' lies outside the collection's folder",
    ),
    "no such document": (
        NOTES,
        'file = "documents/meeting.txt"',
        'file = "documents/other.txt"',
        f"{NOTES}: article: file 'documents/other.txt' cannot be read",
    ),
    "script address": (
        NOTES,
        'language = "en"',
        'language = "en"\nurl = "javascript:alert(1)"',
        f"{NOTES}: article: url is 'javascript:alert(1)'; only http and https addresses are "
        "accepted",
    ),
    "boilerplate without an end": (
        NOTES,
        '[[quotes]]\nkey = "open-until-ten"',
        '[[boilerplate]]\nkind = "caption"\nfirst = "Library"\n\n'
        '[[quotes]]\nkey = "open-until-ten"',
        f"{NOTES}: boilerplate number 1: give either words, or first and last",
    ),
}
