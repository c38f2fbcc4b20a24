"""The issues of a sheet, read and checked by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from detente.packages import sheet as model
from detente.packages.schema import Location, Place, RawOption, RawSheet, refuse
from detente.packages.sheet import Issue, Option


def refuse_twice(codes: Sequence[str], what: str, place: Place, key: str) -> None:
    """Refuse the second of two equal codes; ``key`` is the table they stand in."""
    seen: set[str] = set()
    for index, code in enumerate(codes):
        if code in seen:
            refuse(place((key, index)), f"the {what} “{code}” is named twice: name it once")
        seen.add(code)


def read_issues(raw: RawSheet, place: Place) -> tuple[Issue, ...]:
    """Turn the raw issues into issues with options, each named once.

    Raises:
        SheetError: no issue, no option, a code twice, or more than a sheet holds.
    """
    if not raw.issues:
        refuse(place(("issues",)), "there are no issues: add one with at least two options")
    refuse_twice([issue.code for issue in raw.issues], "issue", place, "issues")
    if len(raw.issues) > model.MOST_ISSUES:
        refuse(
            place(("issues", model.MOST_ISSUES)),
            f"{len(raw.issues)} issues are too many: a sheet holds at most {model.MOST_ISSUES}",
        )
    issues = []
    for index, issue in enumerate(raw.issues):
        where: Location = ("issues", index, "options")
        options = []
        for item in issue.options:
            option = RawOption(code=item) if isinstance(item, str) else item
            name = option.name or option.code
            options.append(Option(option.code, name, option.name_fr or name))
        if not options:
            refuse(place(where), f"the issue “{issue.code}” has no options: add at least one")
        if len(options) > model.MOST_OPTIONS:
            refuse(
                place(where),
                f"the issue “{issue.code}” has {len(options)} options: an issue holds at most "
                f"{model.MOST_OPTIONS}",
            )
        codes = [option.code for option in options]
        for code in codes:
            if codes.count(code) > 1:
                refuse(
                    place(where),
                    f"the option “{code}” of “{issue.code}” is named twice: name it once",
                )
            if "=" in code or "=" in issue.code:
                refuse(place(where), f"“{issue.code}” or “{code}” holds an “=”: take it out")
        name = issue.name or issue.code
        issues.append(Issue(issue.code, name, issue.name_fr or name, tuple(options), issue.topic))
    return tuple(issues)
