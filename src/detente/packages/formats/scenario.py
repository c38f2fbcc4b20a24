"""JSON scenario folders as NegoLog writes them: one profile file a party, utilities from 0 to 1."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from detente.errors import SheetError
from detente.packages.formats.additive import Profile, profiles_of, sheet_of
from detente.packages.sheet import Sheet


def _table(value: object, what: str, path: Path) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise SheetError(f"{path.name} has no {what}: name a profile file")
    return value


def _number(value: object, what: str, path: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SheetError(f"{path.name}: {what} is not a number: mend it")
    return float(value)


def _profile(path: Path) -> Profile:
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise SheetError(f"{path.name} is not JSON ({error}): mend it") from None
    table = _table(data, "profile", path)
    weights = _table(table.get("issueWeights"), "issueWeights", path)
    issues = _table(table.get("issues"), "issues", path)
    return Profile(
        path.stem.removeprefix("profile") or path.stem,
        {issue: _number(w, f"the weight of “{issue}”", path) for issue, w in weights.items()},
        {
            issue: {
                option: _number(value, f"the value of “{option}”", path)
                for option, value in _table(values, f"options of “{issue}”", path).items()
            }
            for issue, values in issues.items()
        },
        _number(table.get("reservationValue", 0.0), "reservationValue", path),
    )


def read_scenario(folder: Path) -> Sheet:
    """Read a folder of profile*.json files.

    Raises:
        SheetError: no profile, or one that cannot be read.
    """
    paths = sorted(folder.glob("profile*.json"))
    if not paths:
        raise SheetError(f"{folder} holds no profile*.json: name a scenario folder")
    profiles = [_profile(path) for path in paths]
    domain = {issue: list(values) for issue, values in profiles[0].values.items()}
    return sheet_of(folder.name, domain, profiles, folder.name, f"scenario {folder.name}")


def scenario_files(sheet: Sheet) -> dict[str, str]:
    """Return file name to text, a profile a party.

    Raises:
        SheetError: the sheet holds something the format cannot.
    """
    return {
        f"profile{profile.party}.json": json.dumps(
            {
                "reservationValue": profile.reservation,
                "issueWeights": dict(profile.weights),
                "issues": {issue: dict(values) for issue, values in profile.values.items()},
            },
            indent=1,
            ensure_ascii=False,
        )
        + "\n"
        for profile in profiles_of(sheet)
    }
