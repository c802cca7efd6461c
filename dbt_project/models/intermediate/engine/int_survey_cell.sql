{{ standing_sums('surveys') }}
