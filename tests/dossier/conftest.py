"""Findings made by hand, and the real ones of the Astana case, once a run."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from detente.dossier.blocks import Document
from detente.dossier.compose import compose
from detente.dossier.findings import Findings
from detente.dossier.pictures import Picture, draw
from detente.language import LANGUAGES

HERE = Path(__file__).parent


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"dossier_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


sample = _load("sample")


@pytest.fixture(scope="session")
def findings() -> Findings:
    made: Findings = sample.findings()
    return made


@pytest.fixture(scope="session")
def little_known() -> Findings:
    made: Findings = sample.little_known()
    return made


@pytest.fixture(scope="session")
def documents(findings: Findings) -> dict[str, Document]:
    return {lang: compose(findings, lang) for lang in LANGUAGES}


@pytest.fixture(scope="session")
def pictures(documents: dict[str, Document]) -> dict[str, dict[str, Picture]]:
    return {
        lang: {f.anchor: draw(f.chart, f.anchor, document.lang) for f in document.figures()}
        for lang, document in documents.items()
    }
