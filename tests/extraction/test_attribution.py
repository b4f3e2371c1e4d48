"""Who is given which words, one construction of news English at a time. All people are invented."""

import pytest

from quotes.extraction import Candidate, Extraction, extract

BEFORE = "The harbour town of Fenwick has debated the plan for years.\n\n"
AFTER = "\n\nThe council meets again in June."

# The words as printed, and the mentions that may stand as their speaker, divided by "|".
CONSTRUCTIONS = [
    ("“We will rebuild the bridge next year.”― Mara Quill", "Mara Quill"),
    ("“We will rebuild the bridge next year.” -- Mara Quill, Fenwick.", "Mara Quill"),
    ("More from Mara Quill: “We will rebuild the bridge next year.”", "Mara Quill"),
    ("“We will rebuild the bridge,” an angry Quill retaliated.", "Quill"),
    ("“We will rebuild the bridge,” grizzled Quill.", "Quill"),
    ("Quill resisted: “We will rebuild the bridge next year.”", "Quill"),
    ("Orme laughed. Quill shot back, “We will rebuild the bridge next year.”", "Quill"),
    ("The Courier quoted Quill as saying “we will rebuild the bridge next year”.", "Quill"),
    ("Quill is quoted by the Courier as saying “we will rebuild the bridge”.", "Quill"),
    (
        "In a statement released by the trust, its director, Mara Quill, said the bridge was "
        "“in no state to be used”.",
        "Mara Quill",
    ),
    (
        "Mara Quill of the University of Fenwick, who was not involved, said the plan was "
        "“a very welcome step forward”.",
        "Mara Quill",
    ),
    ("A toll, per the trust’s bylaws, is “a tax on the whole town”.", "the trust"),
    (
        'Orme disagreed.\n\n"They did nothing of the sort, and everyone knows it."',
        "Orme",
    ),
    ("“We will rebuild the bridge,” said Mara Quill.", "Mara Quill"),
    ("“We will rebuild the bridge,” Mara Quill said.", "Mara Quill"),
    ("“We will rebuild the bridge,” said Mara Quill, director of the harbour trust.", "Mara Quill"),
    (
        "“We will rebuild the bridge,” Mara Quill, director of the harbour trust, said.",
        "Mara Quill",
    ),
    ("“We will rebuild the bridge,” said harbour trust director Mara Quill.", "Mara Quill"),
    (
        "“We will rebuild the bridge,” said the director of the harbour trust, Mara Quill.",
        "Mara Quill|the director",
    ),
    ("“We will rebuild the bridge,” Quill told the Fenwick Courier.", "Quill"),
    ("“We will rebuild the bridge,” Quill told reporters on Tuesday.", "Quill"),
    ("Mara Quill said: “We will rebuild the bridge next year.”", "Mara Quill"),
    ("Mara Quill said, “We will rebuild the bridge next year.”", "Mara Quill"),
    ("Mara Quill told the Courier, “We will rebuild the bridge next year.”", "Mara Quill"),
    ("In a statement, Mara Quill said: “We will rebuild the bridge next year.”", "Mara Quill"),
    (
        "In a statement to the Courier, the council said it “will rebuild the bridge next year”.",
        "the council|it",
    ),
    ("According to Mara Quill, the trust “will rebuild the bridge next year”.", "Mara Quill"),
    ("The trust “will rebuild the bridge next year”, according to Mara Quill.", "Mara Quill"),
    (
        "“The trust will rebuild the bridge next year,” according to a spokesman for the council.",
        "a spokesman",
    ),
    ("Asked about the cost, Quill replied: “We will find the money somewhere.”", "Quill"),
    (
        "When asked by Dan Orme whether the town could pay, Quill replied, “We will find "
        "the money somewhere.”",
        "Quill",
    ),
    (
        "Dan Orme asked Mara Quill whether the town could pay. “We will find the money "
        "somewhere,” she replied.",
        "she",
    ),
    (
        "“We will find the money,” Quill said of the plan proposed by Dan Orme, “and we "
        "will build.”",
        "Quill",
    ),
    ("“We will find the money,” she added. “And we will build the bridge.”", "she"),
    (
        "Quill, who has led the trust since 2001, said that “nobody should lose their home "
        "over a bridge”.",
        "Quill",
    ),
    ("Quill, 54, said “nobody should lose their home over a bridge”.", "Quill"),
    (
        "“Nobody should lose their home over a bridge,” said Quill, who has led the trust "
        "since 2001.",
        "Quill",
    ),
    (
        "“Nobody should lose their home over a bridge,” the minister said in the capital.",
        "the minister",
    ),
    (
        "“Nobody should lose their home over a bridge,” a spokeswoman for the ministry said.",
        "a spokeswoman",
    ),
    (
        "“Nobody should lose their home over a bridge,” one of the residents said.",
        "one of the residents|the residents|one",
    ),
    ("“Nobody should lose their home over a bridge,” said one resident.", "one resident"),
    ("“Nobody should lose their home over a bridge,” the statement read.", "the statement"),
    ("The report states that “nobody should lose their home over a bridge”.", "The report"),
    (
        "The ministry issued a statement saying “nobody should lose their home over a bridge”.",
        "The ministry|a statement",
    ),
    (
        "Fenwick Council leader Dan Orme described the plan as “the worst idea in a generation”.",
        "Fenwick Council leader Dan Orme",
    ),
    (
        "Dan Orme called the plan “the worst idea in a generation” and vowed to oppose it.",
        "Dan Orme",
    ),
    ("Dan Orme accused Mara Quill of “lying to the people of this town”.", "Dan Orme"),
    ("Mara Quill was accused by Dan Orme of “lying to the people of this town”.", "Dan Orme"),
    ("The plan was described by Dan Orme as “the worst idea in a generation”.", "Dan Orme"),
    (
        "Dan Orme criticised Mara Quill, saying she was “lying to the people of this town”.",
        "Dan Orme",
    ),
    ("Dan Orme wrote on his blog that the plan was “the worst idea in a generation”.", "Dan Orme"),
    ("Speaking to reporters, Orme said the plan was “the worst idea in a generation”.", "Orme"),
    (
        "Speaking after the meeting, Dan Orme, a fisherman, said: “This is the worst idea "
        "in a generation.”",
        "Dan Orme",
    ),
    ("“This is the worst idea in a generation!” shouted Dan Orme.", "Dan Orme"),
    ("“Is this the worst idea in a generation?” asked Dan Orme.", "Dan Orme"),
    ("“Is this the worst idea in a generation?” Orme asked the council.", "Orme"),
    ("Orme has said the plan is “the worst idea in a generation”, but Quill disagrees.", "Orme"),
    ("Although Quill supports it, Orme says the plan is “the worst idea in a generation”.", "Orme"),
    (
        "Quill supports the plan. Orme, however, says it is “the worst idea in a generation”.",
        "Orme",
    ),
    (
        "Mara Quill, speaking for the trust, stated: “We will rebuild the bridge next year.”",
        "Mara Quill",
    ),
    (
        "Mara Quill of the harbour trust told the BBC: “We will rebuild the bridge next year.”",
        "Mara Quill",
    ),
    (
        "Professor Mara Quill from the University of Fenwick commented: “This is a "
        "remarkable find for us.”",
        "Professor Mara Quill",
    ),
    (
        "Dr. M. Quill, lead author of the study, explained, “This is a remarkable find for us.”",
        "Dr. M. Quill",
    ),
    (
        "Lead author Mara Quill explained in a press release: “This is a remarkable find for us.”",
        "Lead author Mara Quill|Mara Quill",
    ),
    (
        '"This is a remarkable find," explained Mara Quill of the University of Fenwick.',
        "Mara Quill",
    ),
    ('"This is a remarkable find," Quill noted in an interview with the Courier.', "Quill"),
    (
        'Prime Minister Dan Orme congratulated the team, calling the bridge "a triumph for '
        'the whole nation".',
        "Prime Minister Dan Orme",
    ),
    ('Quill thanked the volunteers. "They worked through the night for us," she said.', "she"),
    ('Quill thanked the volunteers. "They worked through the night for us."', "Quill"),
    (
        'Quill praised the volunteers.\n\n"They worked through the night for us," Quill '
        'said.\n\n"Without them there would be no bridge today."',
        "Quill",
    ),
    (
        "A police spokesman, who asked not to be named, said: “We are looking for two men "
        "in a boat.”",
        "A police spokesman",
    ),
    ("Police said the men were “armed and dangerous people”.", "Police"),
    ("The BBC reported that the men were “armed and dangerous people”.", "The BBC"),
    (
        "The company, which owns the quay, said in a statement that it was “deeply sorry "
        "for the delay”.",
        "The company|which|it",
    ),
    (
        "A spokesperson for the company said they were “deeply sorry for the delay”.",
        "A spokesperson",
    ),
    ("Officials say the boat had “no lights on at all”.", "Officials"),
    ("Quill: “We will rebuild the bridge next year.”", "Quill"),
    ("QUILL: “We will rebuild the bridge next year.”", "QUILL"),
    ("“We will rebuild the bridge next year.” – Mara Quill", "Mara Quill"),
    ("As Quill put it, “We will rebuild the bridge next year.”", "Quill"),
    ("In the words of Mara Quill, “We will rebuild the bridge next year.”", "Mara Quill"),
    (
        "Quill’s message was simple: “We will rebuild the bridge next year.”",
        "Quill|Quill’s message",
    ),
    ("Her message was simple: “We will rebuild the bridge next year.”", "Her|Her message"),
    ("“It was,” said Quill, “the best day of my whole life.”", "Quill"),
    (
        "Quill argued that the plan “would bring work to the town” and that opponents were "
        "“living in the past century”.",
        "Quill",
    ),
    (
        "The mayor of Fenwick, Dan Orme, said the plan was “the worst idea in a generation”.",
        "The mayor|Dan Orme",
    ),
    (
        "Orme, speaking on behalf of the fishermen, insisted the plan was “the worst idea "
        "in a generation”.",
        "Orme",
    ),
    ("Orme said he believed Quill was “lying to the people of this town”.", "Orme|he"),
    ("Orme said Quill had told him the trust “would never pay for the bridge”.", "Quill|Orme"),
    (
        "“This,” Orme told a crowd of about 200 people gathered on the quay, “is the worst "
        "idea in a generation.”",
        "Orme",
    ),
    (
        "Sir Dan Orme, the former mayor, who chaired the inquiry, concluded that the trust "
        "had been “careless with public money”.",
        "Sir Dan Orme",
    ),
    ("It was, he said, “the worst idea in a generation”.", "he"),
    (
        "Residents such as Dan Orme fear the plan is “the worst idea in a generation”.",
        "Dan Orme|Residents",
    ),
    (
        "Critics including Dan Orme have called it “the worst idea in a generation”.",
        "Critics|Dan Orme",
    ),
    (
        "The 2011 report, by Mara Quill and Dan Orme, warned of “a serious risk of collapse”.",
        "report|The 2011 report|Mara Quill",
    ),
    (
        "On Monday Mara Quill announced her resignation, stating that she had “nothing "
        "left to give the town”.",
        "Mara Quill|she",
    ),
    (
        "Mara Quill resigned on Monday. In her letter she wrote that she had “nothing left "
        "to give the town”.",
        "she",
    ),
    ('"I have nothing left to give," Quill, whose term ends in May, wrote in her letter.', "Quill"),
    ('"I have nothing left to give," wrote Quill in her letter to Orme.', "Quill"),
    ('"I have nothing left to give," read the letter.', "the letter"),
    (
        "Mara Quill, the trust’s director since 2001, on Monday said she had “nothing left "
        "to give the town”.",
        "Mara Quill|she",
    ),
    (
        "Human Rights Watch condemned the arrests as “a grave breach of the law”.",
        "Human Rights Watch",
    ),
    ("The White House said the arrests were “a grave breach of the law”.", "The White House"),
    ("Mr Orme, a father of three, admitted: “I was wrong about the bridge.”", "Mr Orme"),
]


def quotations(text: str) -> tuple[Candidate, ...]:
    return extract(BEFORE + text + AFTER, indirect=False).candidates


@pytest.mark.parametrize(("text", "speakers"), CONSTRUCTIONS)
def test_speaker_of_construction(text: str, speakers: str) -> None:
    found = quotations(text)

    assert found
    for candidate in found:
        assert candidate.speaker is not None
        printed = candidate.speaker.text
        assert any(each in printed or printed in each for each in speakers.split("|"))


def test_interrupted_quotation_is_one_utterance() -> None:
    found = quotations("“It was,” said Quill, “the best day of my whole life.”")

    assert [candidate.text for candidate in found] == ["It was, […] the best day of my whole life."]
    assert len(found[0].spans) == 2
    assert found[0].kind == "direct"


def test_quotation_over_three_paragraphs_is_one_utterance() -> None:
    found = quotations(
        "Mara Quill said: “We began in the spring of last year.\n\n"
        "“We went on through the summer and the autumn.\n\n"
        "“We finished in the snow.”"
    )

    assert len(found) == 1
    assert found[0].text == (
        "We began in the spring of last year.\n"
        "We went on through the summer and the autumn.\n"
        "We finished in the snow."
    )


def test_two_speakers_are_not_joined() -> None:
    found = quotations("“It was dark,” said Quill. “It was not,” said Orme.")

    assert [candidate.speaker and candidate.speaker.text for candidate in found] == [
        "Quill",
        "Orme",
    ]


def test_mixed_quotation_keeps_words_and_clause() -> None:
    text = "Dan Orme said the trust had been “careless with public money” for years."
    (found,) = extract(text, indirect=False).candidates

    assert found.kind == "mixed"
    assert found.text == "careless with public money"
    assert found.clause is not None
    clause = text[found.clause.start : found.clause.end]
    assert clause == "the trust had been “careless with public money” for years"


@pytest.mark.parametrize(
    "text",
    [
        "The play “A Winter on the Quay” opens in March at the old theatre.",
        "The boat, known as “the Grey Lady”, was built in 1911.",
    ],
)
def test_title_and_nickname_are_no_quotations(text: str) -> None:
    assert quotations(text) == ()


def test_indirect_statements_are_apart_and_can_be_left_out() -> None:
    text = "The minister said that the harbour would be closed in the spring."
    found = extract(text).candidates

    assert [candidate.kind for candidate in found] == ["indirect"]
    assert found[0].text == "that the harbour would be closed in the spring"
    assert found[0].speaker is not None
    assert found[0].speaker.text == "The minister"
    assert found[0].method.endswith("/indirect")
    assert extract(text, indirect=False).candidates == ()


def test_boilerplate_is_left_alone() -> None:
    text = (
        "“We will rebuild the bridge,” said Mara Quill.\n\n"
        "“All rights are reserved,” said Dan Orme."
    )
    start = text.index("“All")

    found = extract(text, boilerplate=[(start, len(text))]).candidates

    assert [candidate.name for candidate in found] == ["Mara Quill"]


def test_confidence_is_a_share() -> None:
    found = extract(BEFORE + "“We will rebuild the bridge,” Mara Quill said.").candidates

    assert all(0.0 <= candidate.confidence <= 1.0 for candidate in found)
    assert found[0].confidence > 0.9


def test_offsets_count_code_points_after_astral_characters() -> None:
    text = "😀𝔄 e\u0301 “We will rebuild the bridge 😀,” Mara Quill said."
    (found,) = extract(text, indirect=False).candidates

    assert text[found.spans[0].start : found.spans[0].end] == "We will rebuild the bridge 😀,"
    assert found.speaker is not None
    assert text[found.speaker.start : found.speaker.end] == "Mara Quill"


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "“", "”", "said", "“”", "‘’", '"', "\u0000", "\ud800"]
)
def test_next_to_nothing_is_answered(text: str) -> None:
    assert isinstance(extract(text), Extraction)


def test_same_text_gives_same_answer() -> None:
    text = BEFORE + CONSTRUCTIONS[0][0] + AFTER

    assert extract(text) == extract(text)
