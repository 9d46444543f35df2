"""What is done by hand, apart from a run: terminology, accounts, repairs, and the checks' own test.

::

    termbase, accepting     what the terminology holds and lacks; adding what a person accepts
    renaming                a term is called otherwise, in units and glossary
    interchange             terminology from the files of other programs, and into them
    pushing, memorising     terms and reviewed texts of a project into its account at DeepL
    edited                  what edits of the sources mean: for what waits, and since a revision
    doctoring               damaged texts are repaired
    rejecting, answers      drafts that are not to come back, among them what receipts hold
    unpublishing            a page goes back to its last_reviewed bytes, or away
    looking, pages          which texts are live, and like one of them
    moving, moving_pages, moving_locale   a term gets another slug in every locale
    selecting               which units and drafts the words of a command line mean
    self_testing            known faults are put into reviewed texts: do the checks find them?
"""
