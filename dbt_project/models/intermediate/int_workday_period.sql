{{ kpi_period('workdays', ref('int_workday_day')) }}
