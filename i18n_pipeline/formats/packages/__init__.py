"""Work packages: units on their way to translators and back, in files of other programs.

::

    package.py    what goes out and what comes back, whatever the form
    xliff/        XLIFF 2.1 out; 2.x and 1.x back
    sheet.py      CSV for spreadsheets, out and back
    bundle.py     one PO file, out and back
    forms.py      the forms by their names, and which one a file has

A package says of every unit what it was exported from: its id is a hash of its place and its
source, and a hash of the translation it had stands beside it.
"""

from i18n_pipeline.formats.packages.forms import (
    ENDINGS,
    FORMS,
    form_named,
    read_package,
    write_package,
)
from i18n_pipeline.formats.packages.package import (
    Exported,
    Package,
    ReadPackage,
    Returned,
    Sent,
    target_hash,
    unit_id,
)

__all__ = [
    "ENDINGS",
    "FORMS",
    "Exported",
    "Package",
    "ReadPackage",
    "Returned",
    "Sent",
    "form_named",
    "read_package",
    "target_hash",
    "unit_id",
    "write_package",
]
