"""Sheets in and out: TOML, spreadsheets, Genius XML and JSON scenarios."""
