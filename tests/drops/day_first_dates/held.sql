select contact_id, started_at::date from raw.contacts order by contact_id
