"""Pictures of every page, for the documents: `make screenshots [IN=sv] [ONLY="start guide"]`.

A demo database of one fixed day is made in a temporary folder, the example school served from it,
and each page visited as the person who uses it. A picture of more than 250 kB is an error, and so
is one that shows another page than it says.
"""
