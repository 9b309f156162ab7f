"""Reports: one View of a summary or a checked text, rendered as text, Markdown, HTML or annotations."""
