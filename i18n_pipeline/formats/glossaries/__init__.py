"""Glossary files ↔ entries: tables of ours, DeepL's and Google's, and TBX.

::

    table       bytes → rows of cells, each with its place
    sheet       whose table it is, and in which columns its languages stand
    listing     a sheet ↔ entries, read strictly
    editing     a file with other entries, every other byte kept
    foreign     entries → the tables of other programs
    tbx         entries ↔ TBX
"""
