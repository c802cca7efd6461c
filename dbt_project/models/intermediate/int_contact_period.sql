{{ kpi_period('contacts', ref('int_contact_day')) }}
