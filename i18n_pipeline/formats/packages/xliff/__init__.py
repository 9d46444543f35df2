"""XLIFF: 2.1 is written (writer.py), 2.x and 1.x are read (reader.py).

Facts: XLIFF 2.1 and 1.2 by OASIS. inline.py turns the placeholders of a text into codes;
second.py and first.py turn the codes of both generations back, with what contents.py has in common.
"""

from i18n_pipeline.formats.packages.xliff.reader import read_xliff
from i18n_pipeline.formats.packages.xliff.writer import write_xliff

__all__ = ["read_xliff", "write_xliff"]
