"""A case: who hosts, who comes, and the day whose knowledge may be used.

A case is a TOML file (docs/case.md). `read_case` turns it into typed values and finds every fault
with its line; `open_case` also opens the archive as it stood on the case's as-of date, which is how
every command begins.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError

from detente.archive import Archive, open_archive
from detente.errors import CaseError, OutsideRecord, at
from detente.language import Lang
from detente.parties import (
    BODIES,
    Party,
    State,
    find_party,
    find_state,
    later_state,
    members,
    not_yet,
)
from detente.toml_lines import Lines, Location

MOST_PARTIES = 20
FORMATS = ("special-session", "forum")


@dataclass(frozen=True)
class Case:
    """A summit in preparation.

    Attributes:
        stem: the file's name without its ending; outputs are named after it.
        name_en, name_fr: what the summit is called.
        host: the state that convenes it.
        parties: those at the table, in the order of the file.
        as_of: nothing later than this day is used in any computation.
        since: first year of the evidence, or None for each method's own window.
        topics: codes of the topics that the host itself wishes to raise.
        formats: the ways of convening under consideration (`FORMATS`).
        sheet: the raw tables of issues, options and utilities, for `detente.packages`.
        lines: where each value stands in the file.
    """

    stem: str
    name_en: str
    name_fr: str
    host: State
    parties: tuple[Party, ...]
    as_of: date
    since: int | None = None
    topics: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    sheet: Mapping[str, Any] = field(default_factory=dict)
    path: Path | None = None
    lines: Lines | None = field(default=None, compare=False, repr=False)

    def name(self, lang: Lang) -> str:
        """Return the name in one language."""
        return self.name_fr if lang == "fr" else self.name_en

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the parties' codes, in order."""
        return tuple(party.code for party in self.parties)


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a case file.

    Attributes:
        line: 1-based, or None where the fault has no one place.
        message: what is wrong and what to do.
    """

    line: int | None
    message: str


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Summit(_Strict):
    name: Annotated[str, Field(min_length=1)]
    name_fr: str | None = None
    host: Annotated[str, Field(min_length=1)]
    parties: list[str]
    as_of: date
    since: StrictInt | None = None
    topics: list[str] = []
    formats: list[Literal["special-session", "forum"]] = []


class _Bloc(_Strict):
    name: Annotated[str, Field(min_length=1)]
    name_fr: str | None = None
    members: Annotated[list[str], Field(min_length=2)]


class _File(BaseModel):
    # What is not the summit or a bloc is the sheet of issues, checked by detente.packages.
    model_config = ConfigDict(extra="allow")
    case: _Summit
    blocs: dict[str, _Bloc] = {}


_ADVICE = {
    "missing": "is missing: add it",
    "extra_forbidden": "is not a field of a case: remove it, or see docs/case.md for the fields",
    "date_from_datetime_parsing": "is not a date: write it as 2018-11-20, without quotes",
    "date_parsing": "is not a date: write it as 2018-11-20, without quotes",
    "date_type": "is not a date: write it as 2018-11-20, without quotes",
    "string_type": "must be text in quotes",
    "string_too_short": "is empty: fill it in",
    "too_short": "has too few entries: a bloc has at least two members",
    "list_type": 'must be a list, such as ["EU", "USA"]',
    "int_type": "must be a whole number, such as 1998",
    "literal_error": "must be one of " + ", ".join(FORMATS),
}


def _faults_of_shape(error: ValidationError, lines: Lines) -> list[Fault]:
    faults = []
    for problem in error.errors():
        where: Location = tuple(problem["loc"])
        named = ".".join(str(part) for part in where if isinstance(part, str))
        advice = _ADVICE.get(problem["type"], problem["msg"])
        value = problem.get("input") if problem["type"] != "missing" else None
        faults.append(Fault(lines.line(where, value), f"“{named}” {advice}"))
    return faults


def _resolve(
    raw: _File, stem: str, as_of: date, archive: Archive, lines: Lines
) -> tuple[Case | None, list[Fault]]:
    """Turn names into states and parties; return the case, or None and what is wrong."""
    faults: list[Fault] = []
    summit = raw.case

    def fault(where: Location, message: str, value: object = None) -> None:
        faults.append(Fault(lines.line(where, value), message))

    blocs = []
    for code, bloc in raw.blocs.items():
        if code in BODIES:
            fault(("blocs", code), f"the bloc “{code}” is already known: choose another code")
        listed = []
        for index, words in enumerate(bloc.members):
            try:
                listed.append(find_state(archive, words).iso3)
            except CaseError as error:
                fault(("blocs", code, "members", index), str(error), words)
        blocs.append(
            Party(
                code,
                "bloc",
                bloc.name,
                bloc.name_fr or bloc.name,
                listed=tuple(sorted(set(listed))),
            )
        )

    host = None
    try:
        host = find_state(archive, summit.host)
    except CaseError as error:
        host = later_state(archive, summit.host)
        if host is None:
            fault(("case", "host"), str(error))

    parties: list[Party] = []
    united_nations = set(members(archive, "UN", as_of))
    for index, code in enumerate(summit.parties):
        where: Location = ("case", "parties", index)
        try:
            party = find_party(archive, code, blocs)
        except CaseError as error:
            fault(where, str(error), code)
            continue
        if party.code in {known.code for known in parties}:
            fault(where, f"{party.code} is listed twice among the parties: list it once", code)
        elif party.kind == "state" and party.code not in united_nations:
            fault(where, not_yet(party.name_en, as_of), code)
        elif not party.members(archive, as_of):
            fault(where, f"{party.name_en} had no members on {as_of}: leave it out", code)
        parties.append(party)
    if len(summit.parties) < 2:
        fault(("case", "parties"), "a summit needs at least two parties: add one")
    if len(summit.parties) > MOST_PARTIES:
        fault(
            ("case", "parties"),
            f"{len(summit.parties)} parties are too many for one table: name at most "
            f"{MOST_PARTIES}, or gather some in a bloc under [blocs]",
        )
    if summit.since is not None and not archive.first_day.year <= summit.since <= as_of.year:
        fault(
            ("case", "since"),
            f"“since” must be a year from {archive.first_day.year} to {as_of.year}",
        )
    if faults or host is None:
        return None, faults
    return (
        Case(
            stem=stem,
            name_en=summit.name,
            name_fr=summit.name_fr or summit.name,
            host=host,
            parties=tuple(parties),
            as_of=as_of,
            since=summit.since,
            topics=tuple(summit.topics),
            formats=tuple(summit.formats),
            sheet=raw.model_extra or {},
            lines=lines,
        ),
        [],
    )


def _read(path: Path) -> tuple[_File | None, Lines, list[Fault]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CaseError(
            f"there is no case file {path}: check the name, or write one with `detente case new`"
        ) from None
    except IsADirectoryError:
        raise CaseError(f"{path} is a folder: name the case file inside it") from None
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        raise CaseError(
            f"{at(path, before.count(10) + 1)}: the file is not UTF-8 text: save it as UTF-8"
        ) from None
    except OSError as error:
        raise CaseError(f"{path} cannot be read: {error.strerror}") from None
    lines = Lines(text)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        line = getattr(error, "lineno", None)
        if line is None and "(at line " in said:
            line = int(said.split("(at line ")[1].split(",")[0])
        what = said.split(" (at ")[0]
        return None, lines, [Fault(line, f"this is not TOML ({what}): mend the line")]
    try:
        return _File.model_validate(data), lines, []
    except ValidationError as error:
        return None, lines, _faults_of_shape(error, lines)


def _load(
    path: Path, as_of: date | None, folder: Path | None
) -> tuple[Case | None, Archive | None, list[Fault]]:
    raw, lines, faults = _read(path)
    if raw is None:
        return None, None, faults
    day = as_of or raw.case.as_of
    try:
        archive = open_archive(as_of=day, folder=folder)
    except OutsideRecord as error:
        where = None if as_of else lines.line(("case", "as_of"))
        return None, None, [Fault(where, str(error))]
    case, faults = _resolve(raw, path.stem, day, archive, lines)
    return (replace(case, path=path) if case else None), archive, faults


def check_case(path: Path, as_of: date | None = None, folder: Path | None = None) -> list[Fault]:
    """Return every fault of a case file, in the order of its lines; empty when there is none.

    Raises:
        CaseError: the file cannot be read at all.
    """
    _, _, faults = _load(path, as_of, folder)
    return sorted(faults, key=lambda fault: (fault.line or 0, fault.message))


def open_case(
    path: Path, as_of: date | None = None, folder: Path | None = None
) -> tuple[Case, Archive]:
    """Read a case and open the archive as it stood on the case's as-of date.

    Args:
        path: the TOML file.
        as_of: overrides the file's as-of date.
        folder: an archive folder; by default the user's own if there is one, else what ships.

    Raises:
        CaseError: the first fault of the file, with its line.
    """
    case, archive, faults = _load(path, as_of, folder)
    if case is None or archive is None:
        first = min(faults, key=lambda fault: (fault.line or 0, fault.message))
        more = len(faults) - 1
        rest = f" ({more} more: `detente case check {path}` lists all)" if more else ""
        raise CaseError(f"{at(path, first.line)}: {first.message}{rest}")
    return case, archive
