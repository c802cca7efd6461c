select queue, count(*) from raw.contacts group by queue
