{{ standing_sums('workdays') }}
