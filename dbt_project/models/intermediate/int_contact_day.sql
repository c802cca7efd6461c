{{ kpi_day('contacts', ref('int_contact')) }}
