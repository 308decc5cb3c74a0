"""Hand-in templates: what people fill in, as a workbook or as a document, made from one declaration."""
