"""What is done by hand, apart from a run: terminology, accounts, repairs, and the checks' own test.

::

    termbase, accepting     what the terminology holds and lacks; adding what a person accepts
    renaming                a term is called otherwise, in units and glossary
    interchange             terminology from the files of other programs, and into them
    pushing, memorising     terms and reviewed texts of a project into its account at DeepL
    edited                  what edits of the sources mean: for what waits, and since a revision
    doctoring               damaged texts are repaired
    self_testing            known faults are put into reviewed texts: do the checks find them?
"""
