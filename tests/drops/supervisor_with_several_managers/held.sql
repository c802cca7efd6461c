select team_id, manager, valid_from from raw.teams order by valid_from
