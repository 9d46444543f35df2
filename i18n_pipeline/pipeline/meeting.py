"""Where several machines share receipts: a run that asks brings its own level with theirs first.

Who only looks does so at this machine's, and opens no connection.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

from i18n_pipeline.memory import STORE_URL
from i18n_pipeline.pipeline.options import Order
from i18n_pipeline.providers.keys import find_key, is_set
from i18n_pipeline.values import replace
from i18n_pipeline.workspace import PRIVATE, Workspace


@contextmanager
def met(order: Order, workspace: Workspace, locales: Sequence[str]) -> Iterator[Order]:
    """The order, with the receipts of all who share a store, where the environment names one.

    Raises I18nError where they cannot be had: what they hold would be paid for again.
    """
    environment = order.around.environment
    if not (order.sends and is_set(environment, STORE_URL)):
        yield order
        return
    from i18n_pipeline.memory.postgres import Month, open_database
    from i18n_pipeline.memory.shared import Shared

    url = find_key(environment, STORE_URL, "a store of receipts").value
    month = Month(order.around.now[:7], workspace.config.budget.month_chars)
    database = open_database(url, time.sleep)
    with closing(Shared(workspace.root / PRIVATE, database, month, time.sleep)) as receipts:
        receipts.bring_level(locales)
        yield replace(order, receipts=receipts)
