"""The nightly run: what there is to translate becomes one pull request for each locale.

nightly.py goes from branch to branch, one_branch.py brings one up to date, bringing.py sees what it
brings, requesting.py has the hosting service show it.
"""

from i18n_pipeline.pipeline.delivering.nightly import deliver
from i18n_pipeline.pipeline.delivering.order import DeliveryOrder

__all__ = ["DeliveryOrder", "deliver"]
