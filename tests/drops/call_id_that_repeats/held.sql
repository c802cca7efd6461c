select contact_id from raw.contacts order by contact_id
