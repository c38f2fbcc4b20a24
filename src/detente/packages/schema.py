"""The raw shape of a sheet's tables, checked by pydantic at the edge: types, fields, no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, NoReturn

from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError

from detente.errors import SheetError

Location = tuple[str | int, ...]
Place = Callable[[Location], str]

Number = Annotated[float, Field(strict=True)]
Code = Annotated[str, Field(min_length=1, strict=True)]
Span = Number | Annotated[list[Number], Field(min_length=2, max_length=2)]
Order = list[Code | list[Code]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class RawSourced(_Strict):
    """Where a figure comes from and how far it may be used."""

    source: str = ""
    use: Literal["convenor only", "paraphrase", "attribute"] = "convenor only"
    estimate: StrictBool = False


class RawOption(_Strict):
    """An option, as typed."""

    code: Code
    name: str | None = None
    name_fr: str | None = None
    only_if: list[Code] = []


class RawIssue(_Strict):
    """An issue, as typed."""

    code: Code
    name: str | None = None
    name_fr: str | None = None
    topic: str = ""
    options: list[Code | RawOption] = []


class RawStance(RawSourced):
    """A party on an issue, as typed."""

    party: Code
    issue: Code
    scores: dict[str, Number] | None = None
    interval: dict[str, Span] | None = None
    ranking: Order | None = None
    minimum: Code | None = None
    maximum: Code | None = None
    red_lines: list[Code] = []


class RawWeights(RawSourced):
    """A party’s weights or ranks, as typed."""

    party: Code
    weights: dict[str, Number] | None = None
    ranks: Order | None = None


class RawNoDeal(RawSourced):
    """What a party has without a deal, as typed."""

    party: Code
    text: str = ""
    value: Span | None = None
    outcome: dict[str, Code] = {}


class RawRequires(_Strict):
    """A dependency, as typed."""

    when: Code
    then: Code | list[Code]
    reason: str = ""


class RawForbids(_Strict):
    """A forbidden pair, as typed."""

    pair: Annotated[list[Code], Field(min_length=2, max_length=2)]
    reason: str = ""


class RawInteraction(RawSourced):
    """What two options are worth together, as typed."""

    party: Code
    pair: Annotated[list[Code], Field(min_length=2, max_length=2)]
    value: Span


class RawSheet(_Strict):
    """All tables."""

    issues: list[RawIssue] = []
    stances: list[RawStance] = []
    weights: list[RawWeights] = []
    no_deal: list[RawNoDeal] = []
    requires: list[RawRequires] = []
    forbids: list[RawForbids] = []
    interactions: list[RawInteraction] = []


_ADVICE = {
    "missing": "is missing: fill it in",
    "extra_forbidden": "is not a field of a sheet: remove it, or see docs/packages-sheet.md",
    "string_type": "must be text",
    "string_too_short": "is empty: fill it in",
    "float_type": "must be a number",
    "list_type": "must be a list",
    "dict_type": "must be a table of options and numbers",
    "too_short": "must name two things",
    "too_long": "must name two things and no more",
    "literal_error": "must be one of convenor only, paraphrase, attribute",
    "bool_type": "must be true or false",
}


def refuse(place: str, message: str) -> NoReturn:
    """Raise a SheetError that names a place."""
    raise SheetError(f"{place}: {message}")


def refuse_first(error: ValidationError, place: Place) -> NoReturn:
    """Refuse with the fault that lies deepest, which says most."""
    problem = min(error.errors(), key=lambda fault: (len(fault["loc"]) == 0, -len(fault["loc"])))
    # pydantic adds the name of a union's branch to the location; a user never wrote it
    where = tuple(
        part
        for part in problem["loc"]
        if isinstance(part, int)
        or not part.startswith(("float", "list[", "str", "_", "constrained"))
    )
    named = next((part for part in reversed(where) if isinstance(part, str)), "sheet")
    refuse(place(where), f"“{named}” {_ADVICE.get(problem['type'], problem['msg'])}")
