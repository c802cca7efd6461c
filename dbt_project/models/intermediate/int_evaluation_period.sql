{{ kpi_period('evaluations', ref('int_evaluation_day')) }}
