"""The steps of a run, values in and values out, in data order.

take_in → update → leverage → pretranslate → build: each takes one locale's terms and catalog and
gives back new ones. Nothing here knows a path on disk, a clock or a socket.
"""
