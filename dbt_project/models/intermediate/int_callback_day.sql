{{ kpi_day('callbacks', ref('int_callback')) }}
