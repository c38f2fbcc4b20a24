"""A plan reads back as it was written, and a fault in one is named by its line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.steps import Plan, PlanError, Step, plan_text, read_plan

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "cases" / "astana-steps.toml"
LINES = EXAMPLE.read_text(encoding="utf-8").splitlines()

words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
days = st.integers(-400, 400)
steps = st.builds(
    Step,
    name=words.filter(str.strip),
    by=st.sampled_from(["EU", "RUS", "all"]),
    measure=st.just(""),
    field=st.none() | st.just("economic"),
    weight=st.none() | st.integers(1, 4),
    verifiability=st.none() | st.integers(1, 4),
    exposure=st.none() | st.integers(0, 3),
    lead_days=st.none() | st.integers(0, 200),
    announce=days,
    do=days,
    answer_by=st.none() | days,
    public=st.booleans(),
    invite=words,
    demand=st.booleans(),
    whatever=st.booleans(),
    watch=words,
    missed=st.sampled_from(["repeat", "wait", "hold", "take back", "stop", "escalate"]),
    done=st.none() | st.dates(),
    answered=st.none() | st.booleans(),
)
plans = st.builds(
    Plan,
    name=words.filter(bool),
    parties=st.just(("EU", "RUS")),
    first=st.sampled_from(["EU", "RUS"]),
    as_of=st.dates(),
    meeting=st.none() | st.dates(),
    intent=words,
    intent_day=days,
    intent_public=st.booleans(),
    keeps=words,
    hostile=st.sampled_from(["in kind", "not at all", "more than in kind"]),
    steps=st.lists(steps, min_size=1, max_size=4).map(tuple),
)


@settings(max_examples=30)
@given(plans)
def test_a_plan_reads_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, plan: Plan
) -> None:
    path = tmp_path_factory.mktemp("plan") / "plan.toml"
    path.write_text(plan_text(plan), encoding="utf-8")
    assert read_plan(path) == plan


def test_a_rating_of_the_plans_own_outweighs_the_catalogue(tmp_path: Path) -> None:
    plan = read_plan(EXAMPLE)
    first = replace(plan.steps[0], verifiability=2, name="Our own words")
    changed = replace(plan, steps=(first, *plan.steps[1:]), meeting=date(2019, 6, 1))
    path = tmp_path / "plan.toml"
    path.write_text(plan_text(changed), encoding="utf-8")
    assert read_plan(path) == changed


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("as_of = 2018-11-20", 'as_of = "soon"', "is not a date"),
        ('first = "USA"', 'first = "FRA"', "is not among the parties"),
        ('measure = "CBM17"', 'measure = "CBM99"', "is not in the catalogue"),
        ('by = "EU"', 'by = "FRA"', "is not among the parties"),
        ("do = -126", 'do = "early"', "must be a whole number"),
        ("whatever = true", 'whatever = "yes"', "must be true or false"),
        ('missed = "wait"', 'missed = "shout"', "must be"),
        ('hostile = "in kind"', 'hostile = "hard"', "must be"),
        ("demand = false", "weight = 7", "is off its scale"),
        ("public = true", "publik = true", "is not a field of a plan"),
        ("announce = -168", "announce = ", "this is not TOML"),
    ],
)
def test_a_fault_is_one_sentence_with_its_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    number = next(n for n, line in enumerate(LINES, 1) if line == old)
    path = tmp_path / "plan.toml"
    path.write_text("\n".join([*LINES[: number - 1], new, *LINES[number:]]), encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        read_plan(path)
    message = str(caught.value)
    assert message.startswith(f"plan.toml, line {number}: ")
    assert said in message
    assert "\n" not in message


def test_a_missing_field_is_named_with_its_step(tmp_path: Path) -> None:
    number = LINES.index("do = -126") + 1
    head = max(n for n, line in enumerate(LINES[:number], 1) if line == "[[steps]]")
    path = tmp_path / "plan.toml"
    path.write_text("\n".join(LINES[: number - 1] + LINES[number:]), encoding="utf-8")
    with pytest.raises(PlanError, match=rf"line {head}: .*“steps.do” is missing"):
        read_plan(path)


def test_a_plan_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="cannot be read"):
        read_plan(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PlanError, match="UTF-8"):
        read_plan(tmp_path / "bytes.toml")
    (tmp_path / "bare.toml").write_text(
        "\n".join([*LINES[: LINES.index("[[steps]]")], "[[steps]]"])
        + '\nby = "EU"\nannounce = -9\ndo = -1\nmissed = "wait"\n',
        encoding="utf-8",
    )
    with pytest.raises(PlanError, match="neither measure nor name"):
        read_plan(tmp_path / "bare.toml")
