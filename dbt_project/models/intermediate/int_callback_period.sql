{{ kpi_period('callbacks', ref('int_callback_day')) }}
