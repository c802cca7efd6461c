{{ standing_sums('callbacks') }}
