"""find_quotations, and the verdict on each quotation."""

from __future__ import annotations

import pytest

from summarizer import Article, crosscheck, find_quotations


def direct(text: str) -> list[tuple[str | None, str]]:
    return [(q.speaker, q.text) for q in find_quotations(text) if q.direct]


MARKS = [
    ('Ann Lee said: "We will win."', [("Ann Lee", "We will win.")]),
    ("Ann Lee said: “We will win.”", [("Ann Lee", "We will win.")]),
    ("Ann Lee said: ‘We will win.’", [("Ann Lee", "We will win.")]),
    ("Ann Lee said: 'We will win, won't we.'", [("Ann Lee", "We will win, won't we.")]),
    ("Ann Lee said: „We will win.“", [("Ann Lee", "We will win.")]),
    ("Ann Lee said: «We will win.»", [("Ann Lee", "We will win.")]),
    ("「我们会赢。」", [(None, "我们会赢。")]),
    ('"We will," she said, "survive the winter."', [(None, "We will,"), (None, "survive the winter.")]),
    ('Ann Lee left. "We will," she said, "survive."', [("Ann Lee", "We will,"), ("Ann Lee", "survive.")]),
    ('"It is over," said Ann Lee, the mayor.', [("Ann Lee", "It is over,")]),
    ('"It is over," Mayor Ann Lee said.', [("Ann Lee", "It is over,")]),
    ('Ann Lee, the mayor of Kent, said: "It is over."', [("Ann Lee", "It is over.")]),
    ('Ann Lee said: "One.\n\n"Two, and no more."', [("Ann Lee", "One."), ("Ann Lee", "Two, and no more.")]),
    ('Ann Lee said: “He told me ‘no’ twice.”', [("Ann Lee", "He told me ‘no’ twice.")]),
    ('Ann Lee said "we will win it." Bob Hall said: "No, never."', [("Ann Lee", "we will win it."), ("Bob Hall", "No, never.")]),
    ('Ann Lee said: "We will." "No, never," said Bob Hall.', [("Ann Lee", "We will."), ("Bob Hall", "No, never,")]),
    ('Ann Lee said: "We will." Nothing more was heard. "No, never."', [("Ann Lee", "We will."), (None, "No, never.")]),
    ('"We will." Ann Lee ' + "a " * 50 + "said.", [(None, "We will.")]),  # too far
    ('Ann Lee called it "wonderful".', [("Ann Lee", "wonderful")]),
    ('They left "Wonderful!" there.', [(None, "Wonderful!")]),
    ('The book "We Are the Ones Who Can Win" was sold.', []),
    ('The words "We are the ones who can win" were sold.', [(None, "We are the ones who can win")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MARKS)
def test_marks_and_speakers(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert direct(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The players' room and the '90s and rock 'n' roll.",
        'He is 6\'2" tall and the plank is 5" wide.',
        'The so-called "experts" were wrong.',
        'The song "A Million Love Songs" was played.',
        "It's Ann's, isn't it?",
    ],
)
def test_what_is_not_a_quotation(text: str) -> None:
    assert direct(text) == []


REPORTED = [
    ("Ann Lee said that the bridge would be closed.", "Ann Lee", "the bridge would be closed"),
    ("The bridge would be closed, said Ann Lee.", "Ann Lee", "The bridge would be closed"),
    ("The bridge is closed for now, according to Ann Lee.", "Ann Lee", "The bridge is closed for now"),
    ("Xi, in turn, said that the bridge would be closed.", "Xi", "the bridge would be closed"),
    ("The mayor, a farmer, said that the bridge was closed.", "The mayor", "the bridge was closed"),
    ("Mayor Ann Lee left. The bridge will be closed, she said.", "Ann Lee", "The bridge will be closed"),
    ("The bridge will be closed, said Mrs. Lee.", "Lee", "The bridge will be closed"),
    ("Ann Lee said on Friday that the bridge would be closed.", "Ann Lee", "the bridge would be closed"),
    ("Ann Lee told reporters in Kent that the bridge would be closed.", "Ann Lee", "the bridge would be closed"),
    ("Ann Lee told Bob Hall the bridge would be closed.", "Ann Lee", "the bridge would be closed"),
    ("The bridge would be closed, Ann Lee said on Friday.", "Ann Lee", "The bridge would be closed"),
    ("The bridge would be closed, Ann Lee said.", "Ann Lee", "The bridge would be closed"),
    ("According to Ann Lee, the bridge would be closed.", "Ann Lee", "the bridge would be closed"),
    ("Xi Jinping said that the bridge was closed, CCTV reported.", "Xi Jinping", "the bridge was closed"),
    ("Xi Jinping said that the bridge was closed, CCTV reported.", "CCTV", "Xi Jinping said that the bridge was closed"),
    ("Ann Lee said that the bridge was safe. We repair it every year.", "Ann Lee", "We repair it every year"),
    ("Ann Lee missed the 2011 World Cup. The bridge will be closed, she said.", "Ann Lee", "The bridge will be closed"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "content"), REPORTED)
def test_reported_speech(text: str, speaker: str, content: str) -> None:
    found = [(q.speaker, q.text) for q in find_quotations(text) if not q.direct]
    assert (speaker, content) in found


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee said it was.",  # too few words
        "Ann Lee suggested that the bridge would be closed.",  # reports only with marks
        "Ann Lee said: “The bridge will be closed for years.”",  # in marks
    ],
)
def test_what_is_not_a_reported_statement(text: str) -> None:
    assert [q.text for q in find_quotations(text) if not q.direct] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "It rained.",  # not in the first person
        "We think that he repairs it every year.",  # nor this: "he" is someone else
        "“We repair it every year.”",
        "It rained. We repair it every year.",  # not right after the statement
    ],
)
def test_speech_does_not_go_on(sentence: str) -> None:
    text = f"Ann Lee said that the bridge was safe. {sentence}"
    assert [q.text for q in find_quotations(text) if not q.direct] == ["the bridge was safe"]


@pytest.mark.parametrize(
    "text",
    [
        "St Albans magistrates were told that the driver had been drinking all day.",
        "The High Court was told the tweet had been read by thousands of people.",
        "He left, sending her a letter that said he did not love her enough to stay.",
        "Hall scored in added time, which read as a win for the whole of the town.",
        "Drinking fell, particularly in some said to be poor, over the last ten years.",
        "The bridge is said to be the oldest in the whole of the country.",
        "It could be argued that nobody in the town had wanted the bridge at all.",
    ],
)
def test_what_cannot_speak_is_not_a_speaker(text: str) -> None:
    assert {q.speaker for q in find_quotations(text)} <= {None}


SEED_STATEMENTS = [
    ("Vladimir Putin", "he expected Xi to visit Moscow in the spring"),
    ("Vladimir Putin", "Such a trip will demonstrate"),
    ("Vladimir Putin", "the Kremlin aims to strengthen"),
    ("Vladimir Putin", "military cooperation occupies a special place"),
    ("Vladimir Putin", "In the face of growing geopolitical tensions"),
    ("Xi Jinping", "in the face of a difficult and far from simple"),
    ("Xi Jinping", "China has noted that Russia has never refused"),
    ("CCTV", "the events in Ukraine as a crisis"),
    ("CCTV", "Xi Jinping pointed out that China has noted"),
    ("Kyrylo Tymoshenko", "Four civilians were killed during the barrage"),
    ("General Staff of the Armed Forces of Ukraine", "Russian forces had launched a total of 85 missiles"),
    ("Ukrainian Air Force", "Russian forces attacked Ukraine with Iranian-made"),
    ("Vitali Klitschko", "Some were targeting Kyiv"),
    ("Vitali Klitschko", "Of seven suicide drones"),
    ("Volodymyr Zelenskyy", "Russia had not abandoned its plans"),
    ("Volodymyr Zelenskyy", "there could be another widespread air assault"),
    ("Volodymyr Zelenskyy", "Perhaps the occupiers plan"),
    ("Volodymyr Zelenskyy", "We will chase them away"),
]  # fmt: skip


@pytest.mark.parametrize(("speaker", "words"), SEED_STATEMENTS)
def test_every_statement_of_the_seed_has_its_speaker(
    speaker: str, words: str, seed: Article
) -> None:
    assert any(q.speaker == speaker and words in q.text for q in seed.quotations)


def test_quotations_slice_back(seed: Article, seed_text: str) -> None:
    assert all(seed_text[q.start : q.end] == q.text for q in seed.quotations)


COURT = (
    'Mayor Ann Lee told the council: "We do not plan to close the old bridge this year, but we will'
    ' repair it." Engineer Bob Hall disagreed. "The bridge is not safe and everybody in this town'
    ' knows it," he said.'
)
VERDICTS = [
    ('Lee said: "we will repair it"', "exact"),
    ("Lee said: “We do not plan to close the old bridge this year”", "exact"),
    ('Lee said: "we do not plan to close the old bridge"', "normalised"),
    ('Lee said: "We do not plan to close the [town’s] old bridge this year"', "normalised"),
    ('Lee said: "We do not plan to close the old bridge … but we will repair it."', "abridged"),
    ('Lee said: "We do not plan to close the old bridge ... we will repair it."', "abridged"),
    ('Hall said: "The bridge is not safe and everybody […] knows it"', "abridged"),
    ('Lee said: "We do plan to close the old bridge this year"', "altered"),
    ('Lee said: "We do … plan to close the old bridge this year"', "altered"),
    ('Lee said: "We do not plan to close the new bridge this year"', "altered"),
    ('Lee said: "We do not plan to close the old bridge knows it"', "altered"),
    ('Hall said: "The bridge is safe and everybody in this town knows it"', "altered"),
    ('Hall said: "We do not plan to close the old bridge this year"', "misattributed"),
    ('Lee said: "The bridge is not safe and everybody in this town knows it"', "misattributed"),
    ('Lee said: "Taxes must go up before anything else happens"', "unsupported"),
]  # fmt: skip


@pytest.mark.parametrize(("summary", "verdict"), VERDICTS)
def test_verdict(summary: str, verdict: str) -> None:
    check = crosscheck(summary, COURT).quotes[0]
    assert check.verdict.value == verdict, check.reason


def test_altered_quotation_comes_with_the_source_s_wording_and_the_difference() -> None:
    check = crosscheck('Lee said: "We do not plan to sell the old bridge this year"', COURT).quotes[
        0
    ]
    assert check.suggestion == "We do not plan to close the old bridge this year"
    assert "“close” became “sell”" in check.reason


def test_misattributed_quotation_names_who_said_it() -> None:
    check = crosscheck('Hall said: "but we will repair it."', COURT)
    assert check.quotes[0].suggestion == "Ann Lee"
    assert "Ann Lee said this, not Hall" in check.quotes[0].reason


def test_words_of_xi_given_to_putin_are_misattributed(seed: Article) -> None:
    quoted = 'Putin said: "Beijing is ready to increase strategic cooperation with Russia".'
    reported = "Putin said that Beijing is ready to increase strategic cooperation with Russia."
    for summary in (quoted, reported):
        check = crosscheck(summary, seed).quotes[0]
        assert (check.verdict.value, check.suggestion) == ("misattributed", "Xi Jinping")


def test_words_of_xi_given_to_xi_pass(seed: Article) -> None:
    quoted = 'Xi said: "Beijing is ready to increase strategic cooperation with Russia".'
    assert crosscheck(quoted, seed).ok


@pytest.mark.parametrize(
    ("summary", "flagged"),
    [
        ("The death is “suspicious”.", ["suspicious"]),
        ("The death is “unexplained”.", []),
        ("The film “Heat” was shown at the wake.", ["Heat"]),
        ("The film “Jaws” was shown at the wake.", []),
    ],
)
def test_words_in_marks_must_be_the_sources_even_if_unattributed(
    summary: str, flagged: list[str]
) -> None:
    source = "Police call the death unexplained. The film Jaws was shown at the wake."
    assert [q.text for q in crosscheck(summary, source).quotes] == flagged
