{{ kpi_day('workdays', ref('int_workday')) }}
