"""`make bench`: what builds and taking files in cost at chosen sizes, measured from outside and never judged.

Belongs here: making data, watching, tables and bench/results.json. Does not belong here: a limit that a time must
keep (nothing here can fail for being slow), or tuning.
"""
