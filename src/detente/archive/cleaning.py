"""How raw cells become values: titles without their tails, lists, dates; the same for every reader.

The cleaning is SQL macros, so that a million rows are cleaned by DuckDB and not by Python.
"""

from __future__ import annotations

from importlib import resources

import duckdb

_TAIL = (
    r"[\s:,]*res\w+\s*/?\s*(ad+opted\s+)?by\s+the\s+General\s+Assem\w*[.\s]*$"
    r"|[\s:,]*res\w+\s*/\s*adopted\s*[.\s]*$"
)
_COUNCIL_TITLE = r"^Security Council resolution\s*(?:\d+\s*\(\d{4}\))?\s*\[(?:on\s+)?(.*)\]\s*$"

_MACROS = (
    # A cell's text with single blanks, NULL where nothing is left.
    r"CREATE OR REPLACE MACRO tidy_text(x) AS "
    r"nullif(trim(regexp_replace(x, '\s+', ' ', 'g')), '')",
    # 'A title : resolution / adopted by the General Assembly' -> 'A title'.
    "CREATE OR REPLACE MACRO ga_title(x) AS "
    f"tidy_text(regexp_replace(tidy_text(x), '{_TAIL}', '', 'i'))",
    # 'Security Council resolution 678 (1990) [on the situation ...]' -> 'The situation ...'.
    "CREATE OR REPLACE MACRO sc_title_core(x) AS coalesce("
    f"nullif(regexp_extract(tidy_text(x), '{_COUNCIL_TITLE}', 1), ''), tidy_text(x))",
    "CREATE OR REPLACE MACRO sc_title(x) AS upper(sc_title_core(x)[1]) || sc_title_core(x)[2:]",
    # 'A/32/251 91 Question of Namibia. | A/32/251 92 ...' -> 'Question of Namibia | ...'.
    "CREATE OR REPLACE MACRO agenda_item(x) AS trim(regexp_replace(regexp_replace(trim(x), "
    r"'^(A/\S+\s+(\d+\s?[a-z]*(\.\d+)?\s+|[IVX]+\s+)?|Agenda item\s+\d+\s*(\([a-z]+\)\s*)*)', ''), "
    r"'\.$', ''))",
    "CREATE OR REPLACE MACRO ga_agenda(x) AS tidy_text(array_to_string(list_distinct_sorted("
    "list_transform(string_split(x, '|'), lambda i: agenda_item(tidy_text(i)))), ' | '))",
    # The Council's agenda cells are often only places in an index: 'S/66 [215]'.
    r"CREATE OR REPLACE MACRO sc_agenda(x) AS CASE WHEN regexp_full_match(trim(x), "
    r"'S/?\d+(\s*\[.*\])?') THEN NULL ELSE tidy_text(x) END",
    # 'APARTHEID | NAMIBIA QUESTION' -> ['APARTHEID', 'NAMIBIA QUESTION']; NULL stays NULL.
    "CREATE OR REPLACE MACRO cell_list(x, mark) AS CASE WHEN tidy_text(x) IS NOT NULL THEN "
    "list_filter(list_transform(string_split(x, mark), lambda i: tidy_text(i)), "
    "lambda i: i IS NOT NULL) END",
)


def install(con: duckdb.DuckDBPyConnection) -> None:
    """Define the cleaning macros and load the hand-kept facts as tables ``fact_…``."""
    con.execute(
        "CREATE OR REPLACE MACRO list_distinct_sorted(l) AS list_filter(l, lambda i, n: "
        "i IS NOT NULL AND list_position(l, i) = n)"
    )
    for macro in _MACROS:
        con.execute(macro)
    folder = resources.files("detente") / "archive" / "facts"
    for name in (
        "states",
        "state_names",
        "aliases",
        "codes",
        "terms",
        "sessions",
        "procedure_dates",
        "turning_points",
    ):
        path = str(folder / f"{name}.csv").replace("'", "''")
        con.execute(f"CREATE OR REPLACE TABLE fact_{name} AS FROM read_csv('{path}', header=true)")
