"""Known faults, and how well the rules find them: the checks prove themselves."""

from i18n_pipeline.checks.faults.amount import AMOUNT
from i18n_pipeline.checks.faults.blocks import BLOCKS
from i18n_pipeline.checks.faults.encoding import ENCODING
from i18n_pipeline.checks.faults.fault import Fault, Sound
from i18n_pipeline.checks.faults.figures import FIGURES
from i18n_pipeline.checks.faults.markup import MARKUP
from i18n_pipeline.checks.faults.measuring import FaultResult, Measured, measure
from i18n_pipeline.checks.faults.sense import SENSE
from i18n_pipeline.checks.faults.terms import TERMS
from i18n_pipeline.checks.faults.tongue import TONGUE
from i18n_pipeline.checks.faults.wrapping import WRAPPING
from i18n_pipeline.checks.faults.writing import WRITING

__all__ = ["FAULTS", "Fault", "FaultResult", "Measured", "Sound", "measure"]

FAULTS: tuple[Fault, ...] = (
    *MARKUP,
    *BLOCKS,
    *WRAPPING,
    *AMOUNT,
    *TONGUE,
    *TERMS,
    *FIGURES,
    *SENSE,
    *ENCODING,
    *WRITING,
)
"""Every known fault; of one that needs no text, such as a refusal, the text only says the rules."""
