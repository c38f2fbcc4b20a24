"""A document as HTML, PDF, DOCX, JSON or plain text.

Each module draws the blocks of `detente.dossier.blocks` and knows nothing of sections or findings.
`web` writes HTML, `paper` PDF through typst, `word` DOCX through python-docx, `text` Markdown.
"""
