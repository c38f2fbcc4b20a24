"""A case's findings put together, and rendered.

`gather` asks the archive and the methods and returns plain `Findings`; `compose` turns them into a
`Document` of typed blocks in one language; `write_dossier` draws it as HTML, PDF, DOCX and JSON. A
section is a file in `sections`, a format a file in `render`; neither knows the other
(docs/dossier.md).
"""

from detente.dossier.blocks import Document
from detente.dossier.compose import compose
from detente.dossier.files import FORMATS, render, write_dossier
from detente.dossier.findings import Findings
from detente.dossier.gather import gather

__all__ = ["FORMATS", "Document", "Findings", "compose", "gather", "render", "write_dossier"]
