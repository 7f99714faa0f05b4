"""The check of a reflection: its form is judged, its opinion never."""

from __future__ import annotations

import pytest

from kommune3.content import Course
from kommune3.engine import form
from kommune3.engine.answers import MOST_CHARACTERS
from kommune3.engine.form import CourseText, Findings
from kommune3.engine.models import Reflection

GOOD = [
    "En mand ringede til mig, fordi hans gadelygte var gået ud. Jeg skrev det ned og lovede ham et svar.",
    "Jeg vil spørge ham, om han vil holde øje med de andre lygter på vejen, hvis han har lyst til det.",
]
TEXT = (
    "Kommunen kan invitere borgerne med fra begyndelsen, når noget skal bygges eller flyttes, og så bliver "
    "løsningen både bedre og billigere, fordi dem, der skal bruge den, selv har været med til at tegne den."
)


@pytest.fixture(scope="module")
def reflection(mini_course: Course) -> Reflection:
    return mini_course.reflection("baenk-refleksion")


def codes(found: Findings) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.prompt) for finding in found.findings]


def test_a_good_answer_passes(reflection: Reflection, mini_course: Course) -> None:
    found = form.check(reflection, GOOD, mini_course.own_text)
    assert (found.passed, found.stopped, found.findings, found.words) == (True, False, (), 41)


@pytest.mark.parametrize("nothing", ["", "   \n\t", "...", "🙂 🙂 !!!", "-", "\u200b\u202e", "123 456"])
def test_every_part_must_be_answered(nothing: str, reflection: Reflection) -> None:
    found = form.check(reflection, [" ".join(GOOD), nothing], CourseText())
    assert codes(found) == [("empty", 1)]
    assert not found.passed
    assert reflection.prompts[1].title in found.findings[0].text


def test_thirty_words_over_all_are_enough(reflection: Reflection) -> None:
    words = [f"ord{'abcdefghijklmnopqrstuvwxyzæøå'[at % 29]}{at}" for at in range(30)]
    assert codes(form.check(reflection, [" ".join(words[:29]), words[29]], CourseText())) == []
    found = form.check(reflection, [" ".join(words[:28]), words[28]], CourseText())
    assert codes(found) == [("short", None)]
    assert "29" in found.findings[0].text


def test_an_unsolved_exercise_fails(reflection: Reflection) -> None:
    assert not form.check(reflection, ["", ""], CourseText()).passed


def test_the_course_s_own_text_is_no_answer(reflection: Reflection) -> None:
    own = CourseText(["En anden tekst.", TEXT])
    assert codes(form.check(reflection, [TEXT, "Det mener jeg også selv."], own)) == [("copied", None)]
    disguised = TEXT.upper().replace(", ", " – ").replace(" kan ", " kan\n")
    assert codes(form.check(reflection, [disguised, "Ja."], own)) == [("copied", None)]


def test_a_quotation_in_a_longer_answer_is_welcome(reflection: Reflection) -> None:
    own = CourseText([TEXT])
    mine = f"I kurset står der: {TEXT[:80]} Det er jeg uenig i, for hos os på plejehjemmet har ingen tid."
    assert codes(form.check(reflection, [mine, " ".join(GOOD)], own)) == []


def test_the_question_repeated_is_no_answer(reflection: Reflection, mini_course: Course) -> None:
    asked = f"{reflection.question} {reflection.prompts[0].title}"
    found = form.check(reflection, [asked, "Det tænkte jeg på."], mini_course.own_text)
    assert codes(found) == [("question_repeated", None)]
    rows = " ".join(f"{one.name} {' '.join(level.text for level in one.levels)}" for one in reflection.rubric)
    again = form.check(reflection, [rows, "Ja."], mini_course.own_text)
    assert codes(again) == [("question_repeated", None)]


@pytest.mark.parametrize(
    "texts",
    [
        ["borger " * 29, "borger"],
        ["Jeg spørger borgeren. " * 12, "Jeg spørger borgeren. " * 3],
        ["ja nej nej ja ja ja nej nej nej ja " * 3, "Nej ja ja."],
        ["I morgen vil jeg ringe til hende og høre, hvad hun selv synes, før jeg gør noget. " * 4, "Ja."],
    ],
)
def test_a_few_words_over_and_over_are_no_answer(texts: list[str], reflection: Reflection) -> None:
    found = form.check(reflection, texts, CourseText())
    assert codes(found) == [("same_words", None)]
    assert not found.passed
    assert codes(form.check(reflection, ["borger borger", "borger"], CourseText())) == [("short", None)]


@pytest.mark.parametrize(
    ("in_favour", "against"),
    [
        (  # one thought, said again and again
            "Vi skal spørge. Vi skal spørge borgerne, vi skal spørge naboerne, og vi skal spørge igen. "
            "Det er godt, for de ved det. De ved, hvad de har brug for, og de ved, hvad de kan selv.",
            "Vi skal ikke spørge. Vi skal hjælpe borgerne, vi skal hjælpe naboerne, og vi skal hjælpe igen. "
            "Det er noget skidt, for de ved det. De ved, hvad de har krav på, og de ved, hvad vi kan selv.",
        ),
        (  # the same paragraph in both parts
            "Jeg vil spørge forældrene, hvad de selv kan tage sig af, og det gør jeg på mødet i næste uge.",
            "Jeg vil ikke bede forældrene om at gøre noget, for det er vores arbejde, og det siger jeg.",
        ),
        (
            "Ja, ja, ja og atter ja! Endelig! Borgerne vil, vi vil, alle vil, og når alle vil, så kan alle. "
            "Det har jeg ventet på i ti år, og nu kommer det endelig.",
            "Nej, nej, nej og atter nej! Borgerne vil ikke, vi vil ikke, ingen vil, og vil ingen, kan ingen. "
            "Det har jeg sagt i ti år, og nu kommer det alligevel.",
        ),
    ],
)
def test_who_repeats_themselves_honestly_passes(
    in_favour: str, against: str, reflection: Reflection, mini_course: Course
) -> None:
    for text in (in_favour, against):
        assert codes(form.check(reflection, [text, text], mini_course.own_text)) == []
        assert codes(form.check(reflection, [f"{text} {GOOD[0]}", "Ja, ja."], mini_course.own_text)) == []


def test_a_cpr_number_stops_everything(reflection: Reflection) -> None:
    found = form.check(reflection, [GOOD[0], f"{GOOD[1]} Hans nummer er 010203-1234."], CourseText())
    assert codes(found) == [("cpr", 1)]
    assert found.stopped
    assert not found.passed
    assert "010203" not in found.findings[0].text
    split = form.check(reflection, [f"{GOOD[0]} Hun er 010203", f"1234. {GOOD[1]}"], CourseText())
    assert codes(split) == [("cpr", 0), ("cpr", 1)]


def test_too_long_and_with_a_cpr_number(reflection: Reflection) -> None:
    long = "ord " * (MOST_CHARACTERS // 4 + 1)
    assert codes(form.check(reflection, [long, "ja"], CourseText())) == [("too_long", None)]
    found = form.check(reflection, [f"{long} 010203-1234", "ja"], CourseText())
    assert found.stopped


@pytest.mark.parametrize(
    "named",
    [
        "Så kom fru Jensen forbi.",
        "Jeg spurgte hr. Ærø-Hansen om det.",
        "Anna Holm ringede.",
        "Det var Mohammeds bil, der holdt der.",
        "Fröken Åkerström bodde där.",
        "Hun hedder Ann-Sofie Lund.",
        "Vi talte med Åse, og hun sagde nej.",
        "Vi talte med A\u030ase, og hun sagde nej.",
    ],
)
def test_a_name_is_warned_about_and_may_stay(named: str, reflection: Reflection) -> None:
    found = form.check(reflection, [GOOD[0], f"{GOOD[1]} {named}"], CourseText())
    assert codes(found) == [("name", 1)]
    assert found.passed
    plain = form.check(reflection, [GOOD[0], f"{GOOD[1]} Det var hr. X."], CourseText())
    assert found.findings == plain.findings, "a finding repeats nothing of what was written"


@pytest.mark.parametrize(
    "harmless",
    [
        "Mads. Det er et navn.",
        "I Aarhus Kommune og på Skolen i Vejle gør de det samme.",
        "Line er en streg på engelsk.",
        "Jeg læste det hos KL. Kirsten er et navn.",
        "Fru eller herre, det er lige meget.",
    ],
)
def test_what_is_no_name_is_left_alone(harmless: str, reflection: Reflection) -> None:
    assert codes(form.check(reflection, [GOOD[0], f"{GOOD[1]} {harmless}"], CourseText())) == []


def test_names_that_the_course_mentions_are_known(reflection: Reflection) -> None:
    own = CourseText(["Vi har talt med Anna Holm, og fru Jensen var der."])
    told = [GOOD[0], f"{GOOD[1]} Som Anna Holm og fru Jensen siger, og som Annas mor sagde."]
    assert codes(form.check(reflection, told, own)) == []
    assert codes(form.check(reflection, told, CourseText(), known_names=["Anna Holm", "Jensen"])) == []
    assert codes(form.check(reflection, [*told[:1], f"{told[1]} Og Anna Olsen."], own)) == [("name", 1)]


PAIRS = [
    (
        "Jeg synes, at Kommunen 3.0 er en god idé, for borgerne ved selv bedst, hvad de har brug for her.",
        "Jeg synes, at Kommunen 3.0 er en dårlig idé, for borgerne har betalt for hjælp, ikke for møder.",
    ),
    (
        "Det er fantastisk! Endelig en kommune, der lytter, og en ledelse, som tør give magten fra sig.",
        "Det er noget vrøvl! Endnu en kommune, der sparer, og en ledelse, som ikke tør sige det højt.",
    ),
    (
        "Det her vil jeg gøre til alle møder fremover, og jeg vil få mine kolleger til at gøre det samme.",
        "Det her vil jeg nægte at gøre til møder fremover, og jeg vil få min fagforening til at sige det.",
    ),
    (
        "Jeg mener at innbyggerne bør bestemme mer, for de kjenner gata si bedre enn vi på kontoret gjør.",
        "Jeg mener at innbyggerne bør få hjelpen sin, for de har rett til den uten å måtte be om noe møte.",
    ),
    (
        "Jag tycker att kommunen ska bjuda in alla, för då blir det bättre för både oss och dem vi möter.",
        "Jag tycker att kommunen ska sköta sitt, för annars blir det sämre för både oss och dem vi möter.",
    ),
]


@pytest.mark.parametrize(("in_favour", "against"), PAIRS)
def test_opinion_is_never_judged(
    in_favour: str, against: str, reflection: Reflection, mini_course: Course
) -> None:
    """The same shape with the opposite opinion gets the same answer, whether it passes or not."""
    own = mini_course.own_text
    for around in ("", " Det så jeg i går, da vi sad sammen i kantinen og talte om den nye plan for skolen."):
        for second in ("", "Ja.", GOOD[1]):
            found = [form.check(reflection, [one + around, second], own) for one in (in_favour, against)]
            assert codes(found[0]) == codes(found[1])
            assert found[0].passed is found[1].passed
    assert form.check(reflection, [against, GOOD[1]], own).passed


def test_the_wrong_number_of_answers_is_an_error(reflection: Reflection) -> None:
    with pytest.raises(ValueError, match="1 answers for 2 prompts"):
        form.check(reflection, ["en"], CourseText())


def test_real_model_answers_pass_and_their_exercises_fail(shipped: Course) -> None:
    """In the course as it is shipped, read as the graders read them."""
    from kommune3.content.graded import graded
    from kommune3.content.notebook import read_notebook
    from kommune3.engine.answers import parse

    assert shipped.reflections
    for name in shipped.reflections:
        passed = []
        for path in (shipped.solution(name), shipped.exercise(name)):
            cell = dict(graded(read_notebook(path, path.name, path.name)))[name]
            asked = shipped.reflection(name)
            found = form.check(asked, parse(asked.prompts, cell.source), shipped.own_text)
            assert "name" not in [finding.code for finding in found.findings], name
            passed.append(found.passed)
        assert passed == [True, False], name
