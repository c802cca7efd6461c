{{ kpi_day('evaluations', ref('int_evaluation')) }}
