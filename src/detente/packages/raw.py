"""From a sheet back to raw tables, the inverse of `detente.packages.reading`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from detente.packages.sheet import Choice, Provenance, Sheet, Stance, unknown_stance

Row = dict[str, Any]


def _sourced(provenance: Provenance) -> Row:
    row: Row = {}
    if provenance.source:
        row["source"] = provenance.source
    if provenance.use != "convenor only":
        row["use"] = provenance.use
    if provenance.estimate:
        row["estimate"] = True
    return row


def _order(groups: Sequence[Sequence[str]]) -> list[str | list[str]]:
    return [group[0] if len(group) == 1 else list(group) for group in groups]


def _span(low: float, high: float) -> float | list[float]:
    return low if low == high else [low, high]


def _said(choice: Choice) -> str:
    return "=".join(choice)


def _stance(stance: Stance, codes: Sequence[str]) -> Row:
    row: Row = {"party": stance.party, "issue": stance.issue}
    if stance.kind == "scores":
        row["scores"] = dict(zip(codes, stance.low, strict=True))
    elif stance.kind == "interval":
        row["interval"] = {
            code: _span(low, high)
            for code, low, high in zip(codes, stance.low, stance.high, strict=True)
        }
    elif stance.kind == "ranking":
        row["ranking"] = _order(stance.order)
    elif stance.kind == "range":
        row |= {"minimum": stance.minimum, "maximum": stance.maximum}
    if stance.red:
        row["red_lines"] = list(stance.red)
    return row | _sourced(stance.provenance)


def raw_tables(sheet: Sheet) -> dict[str, list[Row]]:
    """Return the tables of a sheet; reading them again gives the same sheet.

    What says nothing (an unknown stance without a source, an unknown weight) is left out.
    """
    issues: list[Row] = []
    for issue in sheet.issues:
        row: Row = {"code": issue.code, "name": issue.name_en}
        if issue.name_fr != issue.name_en:
            row["name_fr"] = issue.name_fr
        if issue.topic:
            row["topic"] = issue.topic
        row["options"] = [
            {"code": option.code, "name": option.name_en}
            | ({"name_fr": option.name_fr} if option.name_fr != option.name_en else {})
            for option in issue.options
        ]
        issues.append(row)
    stances = [
        _stance(stance, sheet.issue(stance.issue).codes)
        for stance in sheet.stances
        if stance != unknown_stance(stance.party, sheet.issue(stance.issue))
    ]
    weights: list[Row] = []
    for item in sheet.weights:
        row = {"party": item.party}
        if item.numbers:
            row["weights"] = dict(item.numbers)
        elif item.order:
            row["ranks"] = _order(item.order)
        row |= _sourced(item.provenance)
        if len(row) > 1:
            weights.append(row)
    no_deal: list[Row] = []
    for deal in sheet.no_deals:
        row = {"party": deal.party}
        if deal.text:
            row["text"] = deal.text
        if deal.outcome:
            row["outcome"] = dict(deal.outcome)
        elif deal.known:
            row["value"] = _span(deal.low, deal.high)
        row |= _sourced(deal.provenance)
        if len(row) > 1:
            no_deal.append(row)
    tables = {
        "issues": issues,
        "stances": stances,
        "weights": weights,
        "no_deal": no_deal,
        "requires": [
            {"when": _said(rule.when), "then": [_said(choice) for choice in rule.then]}
            | ({"reason": rule.reason} if rule.reason else {})
            for rule in sheet.requires
        ],
        "forbids": [
            {"pair": [_said(choice) for choice in ban.pair]}
            | ({"reason": ban.reason} if ban.reason else {})
            for ban in sheet.forbids
        ],
        "interactions": [
            {
                "party": item.party,
                "pair": [_said(choice) for choice in item.pair],
                "value": _span(item.low, item.high),
            }
            | _sourced(item.provenance)
            for item in sheet.interactions
        ],
    }
    return {key: rows for key, rows in tables.items() if rows}
