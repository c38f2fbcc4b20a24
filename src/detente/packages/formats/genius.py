"""Genius and NegMAS folders: a domain in XML and a utility space in XML for each party.

A Genius evaluation counts as a share of the highest evaluation of its issue, so a file says nothing
of how good a party's best option is; the reading here follows that. A discount factor is not read:
time is not part of a package.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

from detente.errors import SheetError
from detente.packages.formats.additive import Profile, profiles_of, sheet_of
from detente.packages.sheet import Sheet

MOST_BYTES = 20_000_000


def _natural(path: Path) -> list[tuple[int, str]]:
    return [
        (int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", path.name)
    ]


def _root(path: Path) -> ET.Element:
    if path.stat().st_size > MOST_BYTES:
        raise SheetError(f"{path.name} is larger than 20 MB, which no domain is: name another file")
    data = path.read_bytes()
    if b"<!ENTITY" in data:  # entities can make a small file explode
        raise SheetError(f"{path.name} declares XML entities, which are refused: take them out")
    try:
        return ET.fromstring(data)
    except ET.ParseError as error:
        raise SheetError(f"{path.name} is not XML ({error}): mend it") from None


def _number(text: str | None, path: Path, what: str) -> float:
    try:
        return float(text or "")
    except ValueError:
        raise SheetError(f"{path.name}: {what} is not a number (“{text}”): mend it") from None


def _issues(root: ET.Element, path: Path) -> list[ET.Element]:
    issues = list(root.iter("issue"))
    for issue in issues:
        kind = issue.get("type") or issue.get("etype") or "discrete"
        if kind != "discrete":
            raise SheetError(
                f"{path.name}: the issue “{issue.get('name')}” is {kind}; only issues with options "
                "can be read: list its options"
            )
    return issues


def _profile(root: ET.Element, path: Path) -> Profile:
    issues = _issues(root, path)
    by_index = {
        weight.get("index"): _number(weight.get("value"), path, "a weight")
        for weight in root.iter("weight")
    }
    values: dict[str, Mapping[str, float]] = {}
    weights = {}
    for issue in issues:
        name = issue.get("name") or ""
        told = {
            item.get("value") or "": _number(item.get("evaluation"), path, "an evaluation")
            for item in issue.iter("item")
        }
        best = max(told.values(), default=0.0)
        values[name] = {option: value / best if best > 0 else 0.0 for option, value in told.items()}
        weights[name] = by_index.get(issue.get("index"), 1.0 / len(issues))
    reserve = root.find("reservation")
    floor = _number(reserve.get("value"), path, "the reservation") if reserve is not None else 0.0
    return Profile(path.stem, weights, values, floor)


def is_genius(folder: Path) -> bool:
    """Say whether a folder holds a utility space in XML."""
    return any(b"<utility_space" in path.read_bytes()[:2000] for path in folder.glob("*.xml"))


def read_genius(folder: Path) -> Sheet:
    """Read a folder of one domain and the utility spaces on it, parties in the order of file names.

    Raises:
        SheetError: no domain, no profile, or something that is no additive discrete domain.
    """
    domain: dict[str, list[str]] | None = None
    title = folder.name
    profiles = []
    for path in sorted(folder.glob("*.xml"), key=_natural):
        root = _root(path)
        if root.tag == "negotiation_template":
            domain = {
                issue.get("name") or "": [item.get("value") or "" for item in issue.iter("item")]
                for issue in _issues(root, path)
            }
            title = path.stem
        elif root.tag == "utility_space":
            profiles.append(_profile(root, path))
    if not profiles:
        raise SheetError(f"{folder} holds no utility space in XML: name a Genius folder")
    if domain is None:
        domain = {name: list(values) for name, values in profiles[0].values.items()}
    return sheet_of(title, domain, profiles, folder.name, f"Genius domain {title}")


def _issue_lines(sheet: Sheet, values: Mapping[str, Mapping[str, float]] | None) -> list[str]:
    lines = []
    for place, issue in enumerate(sheet.issues, 1):
        lines.append(
            f'<issue index="{place}" name={quoteattr(issue.name_en)} vtype="discrete" '
            'type="discrete" etype="discrete">'
        )
        for number, option in enumerate(issue.options, 1):
            worth = "" if values is None else (
                f' evaluation="{values[issue.name_en][option.name_en]!r}"'
            )  # fmt: skip
            lines.append(f'<item index="{number}" value={quoteattr(option.name_en)}{worth}/>')
        lines.append("</issue>")
    return lines


def genius_files(sheet: Sheet) -> dict[str, str]:
    """Return file name to text: the domain, and a utility space for each party.

    A party whose best option of some issue is worth less than 100 has its utilities stretched, with
    its reservation value, because the format cannot say it otherwise; no preference changes.

    Raises:
        SheetError: the sheet holds something the format cannot.
    """
    head = f'<objective index="0" description="" name={quoteattr(sheet.name)} type="objective" '
    head += 'etype="objective">'
    files = {
        "domain.xml": "\n".join(
            [
                "<negotiation_template>",
                f'<utility_space number_of_issues="{len(sheet.issues)}">',
                head,
                *_issue_lines(sheet, None),
                "</objective>",
                "</utility_space>",
                "</negotiation_template>",
                "",
            ]
        )
    }
    for number, profile in enumerate(profiles_of(sheet), 1):
        best = {name: max(values.values()) for name, values in profile.values.items()}
        weights = {name: weight * best[name] for name, weight in profile.weights.items()}
        total = sum(weights.values())
        floor = profile.reservation / total if total > 0 else 2.0
        if floor > 1:
            raise SheetError(
                f"{profile.party} has more without a deal than its best package, which a Genius "
                "file cannot hold: write TOML or .xlsx"
            )
        files[f"profile{number}.xml"] = "\n".join(
            [
                "<utility_space>",
                head,
                *_issue_lines(sheet, profile.values),
                *(
                    f'<weight index="{place}" value="{weights[issue.name_en] / total!r}"/>'
                    for place, issue in enumerate(sheet.issues, 1)
                ),
                "</objective>",
                f'<reservation value="{floor!r}"/>',
                "</utility_space>",
                "",
            ]
        )
    return files
