{{ kpi_day('surveys', ref('int_survey')) }}
