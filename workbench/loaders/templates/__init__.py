"""Hand-in templates: what people fill in, as a workbook or as a document, made from one declaration."""

from workbench.loaders.templates.form import write_form
from workbench.loaders.templates.sheet import write_template
from workbench.loaders.templates.template import TemplateError

__all__ = ["TemplateError", "write_form", "write_template"]
