{{ kpi_period('surveys', ref('int_survey_day')) }}
