{{ standing_sums('contacts') }}
