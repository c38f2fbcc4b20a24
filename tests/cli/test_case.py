from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from detente.case import open_case
from detente.cli.case import command

OPTIONS = [
    "--name",
    'A "quoted" meeting',
    "--name-fr",
    "Une réunion",
    "--host",
    "Switzerland",
    "--parties",
    "USA, Russian Federation",
    "--as-of",
    "1985-11-19",
]


def test_new_writes_a_case_that_opens(tmp_path: Path) -> None:
    path = tmp_path / "geneva.toml"
    result = CliRunner().invoke(command, ["new", str(path), *OPTIONS])
    assert result.exit_code == 0, result.output
    case, _ = open_case(path)
    assert case.name_en == 'A "quoted" meeting'
    assert case.host.iso3 == "CHE"
    assert case.codes == ("USA", "RUS")


def test_new_asks_again_until_the_answer_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "b.toml"
    answers = "A meeting\n\nNowhere\nKAZ\nUSA\nUSA, RUS\n2018-13-01\n2018-11-20\n"
    result = CliRunner().invoke(command, ["new", str(path)], input=answers)
    assert result.exit_code == 0, result.output
    assert open_case(path)[0].codes == ("USA", "RUS")


def test_new_never_replaces_a_file_unasked(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text("mine", encoding="utf-8")
    assert CliRunner().invoke(command, ["new", str(path), *OPTIONS]).exit_code != 0
    assert path.read_text(encoding="utf-8") == "mine"


def test_check_names_each_fault_by_line_and_exits_with_3(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    path.write_text('[case]\nname = "x"\nhost = "KAZ"\nparties = ["USA"]\nas_of = 2018-11-20\n')
    result = CliRunner().invoke(command, ["check", str(path)])
    assert result.exit_code == 3
    assert "d.toml, line 4: a summit needs at least two parties" in result.output


def test_check_refuses_an_unknown_topic_by_line(tmp_path: Path) -> None:
    path = tmp_path / "e.toml"
    path.write_text(
        '[case]\nname = "x"\nhost = "KAZ"\nparties = ["USA", "RUS"]\nas_of = 2018-11-20\n'
        'topics = [\n  "zzqx",\n]\n'
    )
    result = CliRunner().invoke(command, ["check", str(path)])
    assert result.exit_code == 3
    assert "e.toml, line 7" in result.output
