from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.case import check_case, open_case
from detente.errors import CaseError

ASTANA = Path(__file__).parent.parent / "cases" / "astana.toml"


def write(folder: Path, **changes: str) -> Path:
    """Write a case with some fields replaced; an empty value leaves the field out."""
    fields = {
        "name": '"A meeting"',
        "host": '"KAZ"',
        "parties": '["EU", "USA", "CHN", "RUS"]',
        "as_of": "2018-11-20",
    } | changes
    lines = ["[case]"] + [f"{key} = {value}" for key, value in fields.items() if value]
    path = folder / "a.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_astana_opens_with_the_archive_of_its_day() -> None:
    case, archive = open_case(ASTANA)
    assert case.codes == ("EU", "USA", "CHN", "RUS")
    assert case.host.iso3 == "KAZ"
    assert case.as_of == date(2018, 11, 20) == archive.as_of
    assert check_case(ASTANA) == []


def test_the_as_of_date_of_the_command_overrides_that_of_the_file() -> None:
    case, archive = open_case(ASTANA, as_of=date(2012, 1, 1))
    assert case.as_of == archive.as_of == date(2012, 1, 1)


FORTY_OR_SO = "USA RUS CHN FRA GBR DEU ITA ESP POL NLD BEL SWE FIN DNK NOR ISL IRL PRT GRC AUT CHE"
MANY = str(FORTY_OR_SO.split()).replace("'", '"')


@pytest.mark.parametrize(
    ("changes", "line", "says"),
    [
        ({"host": '"Kazahkstan"'}, 3, "no state is called"),
        ({"parties": '["EU"]'}, 4, "at least two parties"),
        ({"parties": MANY}, 4, "too many"),
        ({"parties": '["USA", "RUS", "USA"]'}, 4, "twice"),
        ({"parties": '["USA", "Atlantis"]'}, 4, "Atlantis"),
        ({"parties": '["USA", "SSD"]', "as_of": "2010-01-01"}, 4, "not a member"),
        ({"as_of": "1938-09-29"}, 5, "1946"),
        ({"as_of": "2031-01-01"}, 5, "import"),
        ({"as_of": '"20 November"'}, 5, "without quotes"),
        ({"as_of": "2018-02-30"}, 5, "not TOML"),
        ({"as_of": ""}, 1, "is missing"),
        ({"since": "1899"}, 6, "must be a year"),
        ({"formats": '["banquet"]'}, 6, "special-session"),
        ({"colour": '"red"'}, 6, "is not a field"),
        ({"name": '""'}, 2, "is empty"),
    ],
)
def test_a_fault_is_named_by_its_line(
    tmp_path: Path, changes: dict[str, str], line: int, says: str
) -> None:
    faults = check_case(write(tmp_path, **changes))
    assert any(fault.line == line and says in fault.message for fault in faults), faults
    with pytest.raises(CaseError, match=r"a\.toml"):
        open_case(write(tmp_path, **changes))


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, host='"Nowhere"', parties='["USA", "Atlantis", "USA"]', since="1800")
    assert [fault.line for fault in check_case(path)] == [3, 4, 4, 6]
    with pytest.raises(CaseError, match="3 more"):
        open_case(path)


def test_a_bloc_of_the_case_has_its_listed_members(tmp_path: Path) -> None:
    path = write(tmp_path, parties='["V4", "USA"]')
    with path.open("a", encoding="utf-8") as file:
        file.write('[blocs.V4]\nname = "Visegrád Group"\nmembers = ["CZE", "HUN", "POL", "SVK"]\n')
    case, archive = open_case(path)
    assert case.parties[0].members(archive, case.as_of) == ("CZE", "HUN", "POL", "SVK")


def test_a_file_that_is_no_text_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"[case]\nname = '\xff\xfe'\n")
    with pytest.raises(CaseError, match=r"a\.toml, line 2: the file is not UTF-8"):
        check_case(path)


def test_a_file_that_is_not_there_is_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="detente case new"):
        open_case(tmp_path / "none.toml")


def test_the_issues_of_a_case_are_handed_on_as_they_stand(tmp_path: Path) -> None:
    path = write(tmp_path)
    with path.open("a", encoding="utf-8") as file:
        file.write('[[issues]]\nname = "Testing"\n')
    case, _ = open_case(path)
    assert case.sheet["issues"][0]["name"] == "Testing"
