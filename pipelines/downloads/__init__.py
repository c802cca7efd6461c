"""Files the site offers for download, one module per kind of file.

Belongs here: turning rows and headings that are already text, numbers and dates into the bytes of a file. Does not
belong here: which rows a file holds or what its headings say (`site`), arithmetic (`dbt_project`).
"""
