{{ standing_sums('evaluations') }}
