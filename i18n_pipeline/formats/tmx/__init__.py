"""Translation memories: TMX 1.4b (www.gala-global.org/tmx-14b), read, written and cut.

::

    read_tmx   bytes → pairs of two languages   any TMX from 1.1 on (reader.py)
    write_tmx  units → bytes                    1.4b, the same for the same units (writer.py)
    without    bytes → bytes less some units    all other bytes stay (cutting.py)

What a unit says is in units.py, inline elements are in inline.py. Nothing is fetched: the document
type that every TMX may name is passed over, and one that declares something is refused.
"""

from i18n_pipeline.formats.tmx.cutting import without
from i18n_pipeline.formats.tmx.reader import LARGEST, Pair, Read, read_tmx
from i18n_pipeline.formats.tmx.units import Place, TmxUnit, Variant
from i18n_pipeline.formats.tmx.writer import can_be_written, write_tmx

__all__ = [
    "LARGEST",
    "Pair",
    "Place",
    "Read",
    "TmxUnit",
    "Variant",
    "can_be_written",
    "read_tmx",
    "without",
    "write_tmx",
]
