"""CTranslate2: translation models that the user has on this machine, no network, no key."""
