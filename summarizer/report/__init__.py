"""Reports: a Summary or a CrossCheck as text for a terminal, and as Markdown."""
