import json

from detente.dossier.blocks import Document
from detente.dossier.findings import Findings
from detente.dossier.render.data import SCHEMA, json_bytes


def test_json_carries_findings_figures_records_and_text(
    documents: dict[str, Document], findings: Findings
) -> None:
    document = documents["fr"]
    read = json.loads(json_bytes(document, findings))
    assert read["schema"] == SCHEMA
    assert read["language"] == "fr"
    assert read["as_of"] == "2018-11-20"
    assert read["findings"]["denominators"][0]["tier"] == "all accept"
    assert read["findings"]["tracks"][1]["moments"][0]["year"] == 1946
    assert [f["id"] for f in read["figures"]] == [f.anchor for f in document.figures()]
    assert all(f["rows"] and f["vega_lite"] for f in read["figures"])
    assert [r["number"] for r in read["records"]] == list(range(1, len(read["records"]) + 1))
    assert len(read["sections"]) == len(document.sections)


def test_findings_do_not_depend_on_the_language(
    documents: dict[str, Document], findings: Findings
) -> None:
    en, fr = (json.loads(json_bytes(documents[lang], findings)) for lang in ("en", "fr"))
    assert en["findings"] == fr["findings"]
