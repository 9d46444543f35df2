"""Propose a configuration from files that exist: paths and bytes in, the text of i18n.toml out.

layout finds the term files among paths, evidence reads them, roles, extensions and rewriting say
what they show, proposal puts it together and writing says it as TOML.
"""

from i18n_pipeline.stages.propose.homes import bare, homes
from i18n_pipeline.stages.propose.layout import Layout, layout_of, layouts
from i18n_pipeline.stages.propose.proposal import Proposal, propose
from i18n_pipeline.stages.propose.writing import as_toml

__all__ = [
    "Layout",
    "Proposal",
    "as_toml",
    "bare",
    "homes",
    "layout_of",
    "layouts",
    "propose",
]
