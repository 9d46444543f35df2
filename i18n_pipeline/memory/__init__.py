"""What a project remembers in `.i18n/`: it saves money and time; people's work is elsewhere."""

STORE_URL = "I18N_STORE_URL"
"""The environment's name for the address of the receipts that machines share. It is a secret."""


class Unusable(Exception):
    """What is kept cannot be read any more, in the middle of its use."""
