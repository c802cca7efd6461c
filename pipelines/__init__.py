"""Machinery of Floorwalk: takes exports in, runs dbt, writes the site.

Belongs here: moving, checking, rendering and publishing. Does not belong here: what a KPI means (`dbt_project`),
what a page says (`site_templates`).
"""
