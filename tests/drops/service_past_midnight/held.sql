select started_at, wait_seconds, talk_seconds from raw.contacts order by started_at
