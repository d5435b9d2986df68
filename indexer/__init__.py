"""From page to index: sources, boilerplate, header, paragraphs, references, and the build."""
