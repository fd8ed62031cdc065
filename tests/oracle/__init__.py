"""Who may see what, in plain Python, written from the documents alone.

Nothing here imports the package under test: the two are compared on random worlds.
"""
