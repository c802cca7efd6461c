select started_at, talk_seconds from raw.contacts order by started_at
