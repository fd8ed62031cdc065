"""The domain: consent, welfare group, matrix, activation, decision and look-up.

Nothing here knows of a web request or asks a clock: the instant is an argument.
"""
