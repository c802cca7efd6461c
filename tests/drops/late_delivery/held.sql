select contact_id, started_at from raw.contacts order by started_at
