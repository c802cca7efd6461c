select contact_id, source_line from raw.contacts order by contact_id
