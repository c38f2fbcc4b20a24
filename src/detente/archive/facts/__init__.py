"""Hand-kept facts in small CSV files: states and their names, terms, opening days of sessions."""
