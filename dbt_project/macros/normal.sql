{#- Normal, beta and chi-square distributions in plain SQL, because no supported engine has them all without an extension.
    An argument is inlined many times: pass a column name or a short expression, and compute anything longer in a CTE.
    All of them give NULL for NULL and for NaN; DuckDB sorts NaN above every number, so it would pass for certainty.
    METHOD.md section 4.6. Checked against the reference sets norm, beta_cdf and clamp_moments in tests/method. -#}

{%- macro is_nan(x) -%}
    {{ return(adapter.dispatch('is_nan')(x)) }}
{%- endmacro -%}
{%- macro default__is_nan(x) -%}
    isnan({{ x }})
{%- endmacro -%}

{#- Polynomial in x by Horner's rule, coefficients from the highest power down. -#}
{%- macro polynomial(coefficients, x) -%}
    {{ "(" * (coefficients | length - 1) }}{{ coefficients[0] }}
    {%- for coefficient in coefficients[1:] %} * {{ x }} + {{ coefficient }}){% endfor -%}
{%- endmacro -%}

{#- Share of a standard normal that lies beyond x to the right, for x >= 0: Hart (1968) algorithm 5666 as given by
    West (2005), a continued fraction in the far tail. Largest absolute error 2.2e-16. -#}
{%- macro norm_upper_tail(x) -%}
    case
        when {{ x }} > 37e0 then 0e0
        when {{ x }} < 7.07106781186547e0
            then
                exp(-{{ x }} * {{ x }} / 2e0)
                * {{ polynomial([
                    '3.52624965998911e-2', '0.700383064443688e0', '6.37396220353165e0', '33.912866078383e0',
                    '112.079291497871e0', '221.213596169931e0', '220.206867912376e0',
                ], x) }}
                / {{ polynomial([
                    '8.83883476483184e-2', '1.75566716318264e0', '16.064177579207e0', '86.7807322029461e0',
                    '296.564248779674e0', '637.333633378831e0', '793.826512519948e0', '440.413735824752e0',
                ], x) }}
        else
            exp(-{{ x }} * {{ x }} / 2e0)
            / ({{ x }} + 1e0 / ({{ x }} + 2e0 / ({{ x }} + 3e0 / ({{ x }} + 4e0 / ({{ x }} + 0.65e0)))))
            / 2.506628274631000502e0
    end
{%- endmacro -%}

{#- P(Z <= x) of a standard normal Z; x in standard deviations. -#}
{%- macro norm_cdf(x) -%}
    {%- set size = 'abs(cast(' ~ x ~ ' as double))' -%}
    case
        when ({{ x }}) is null or {{ is_nan('cast(' ~ x ~ ' as double)') }} then null
        when ({{ x }}) > 0 then 1e0 - {{ norm_upper_tail(size) }}
        else {{ norm_upper_tail(size) }}
    end
{%- endmacro -%}

{#- Density of a standard normal at x. -#}
{%- macro norm_pdf(x) -%}
    exp(-cast({{ x }} as double) * cast({{ x }} as double) / 2e0) / 2.506628274631000502e0
{%- endmacro -%}

{#- The x with P(Z <= x) = p, NULL outside (0, 1): Wichura (1988), algorithm AS 241, relative error about 1e-16. METHOD.md
    names Acklam's shorter formula; its 1e-9 is not enough for the reference set mde. -#}
{%- macro norm_ppf(p) -%}
    {%- set q = '(cast(' ~ p ~ ' as double) - 0.5e0)' -%}
    {%- set tail = 'sqrt(-ln(least(cast(' ~ p ~ ' as double), 1e0 - cast(' ~ p ~ ' as double))))' -%}
    case
        when ({{ p }}) is null or {{ is_nan('cast(' ~ p ~ ' as double)') }} or ({{ p }}) <= 0 or ({{ p }}) >= 1 then null
        when abs({{ q }}) <= 0.425e0
            then {{ q }} * {{ norm_ppf_ratio('middle', '(0.180625e0 - ' ~ q ~ ' * ' ~ q ~ ')') }}
        when {{ tail }} <= 5e0 then sign({{ q }}) * {{ norm_ppf_ratio('tail', '(' ~ tail ~ ' - 1.6e0)') }}
        else sign({{ q }}) * {{ norm_ppf_ratio('far_tail', '(' ~ tail ~ ' - 5e0)') }}
    end
{%- endmacro -%}

{%- macro norm_ppf_ratio(part, r) -%}
    {%- set numerator = {
        'middle': [
            '2.5090809287301226727e3', '3.3430575583588128105e4', '6.7265770927008700853e4', '4.5921953931549871457e4',
            '1.3731693765509461125e4', '1.9715909503065514427e3', '1.3314166789178437745e2', '3.3871328727963666080e0',
        ],
        'tail': [
            '7.74545014278341407640e-4', '2.27238449892691845833e-2', '2.41780725177450611770e-1',
            '1.27045825245236838258e0', '3.64784832476320460504e0', '5.76949722146069140550e0',
            '4.63033784615654529590e0', '1.42343711074968357734e0',
        ],
        'far_tail': [
            '2.01033439929228813265e-7', '2.71155556874348757815e-5', '1.24266094738807843860e-3',
            '2.65321895265761230930e-2', '2.96560571828504891230e-1', '1.78482653991729133580e0',
            '5.46378491116411436990e0', '6.65790464350110377720e0',
        ],
    } -%}
    {%- set denominator = {
        'middle': [
            '5.2264952788528545610e3', '2.8729085735721942674e4', '3.9307895800092710610e4', '2.1213794301586595867e4',
            '5.3941960214247511077e3', '6.8718700749205790830e2', '4.2313330701600911252e1', '1e0',
        ],
        'tail': [
            '1.05075007164441684324e-9', '5.47593808499534494600e-4', '1.51986665636164571966e-2',
            '1.48103976427480074590e-1', '6.89767334985100004550e-1', '1.67638483018380384940e0',
            '2.05319162663775882187e0', '1e0',
        ],
        'far_tail': [
            '2.04426310338993978564e-15', '1.42151175831644588870e-7', '1.84631831751005468180e-5',
            '7.86869131145613259100e-4', '1.48753612908506148525e-2', '1.36929880922735805310e-1',
            '5.99832206555887937690e-1', '1e0',
        ],
    } -%}
    {{ polynomial(numerator[part], r) }} / {{ polynomial(denominator[part], r) }}
{%- endmacro -%}

{#- Mean of clip(X, lowest, highest) where X is normal with mean m and standard deviation s; without spread X is m. -#}
{%- macro clamp_mean(m, s, lowest, highest) -%}
    {%- set below = '((' ~ lowest ~ ' - ' ~ m ~ ') / ' ~ s ~ ')' -%}
    {%- set above = '((' ~ highest ~ ' - ' ~ m ~ ') / ' ~ s ~ ')' -%}
    case
        when {{ m }} is null then null
        when {{ s }} is null or {{ s }} <= 0 then least(greatest({{ m }}, {{ lowest }}), {{ highest }})
        else
            {{ lowest }} * {{ norm_cdf(below) }}
            + {{ highest }} * (1e0 - {{ norm_cdf(above) }})
            + {{ m }} * ({{ norm_cdf(above) }} - {{ norm_cdf(below) }})
            + {{ s }} * ({{ norm_pdf(below) }} - {{ norm_pdf(above) }})
    end
{%- endmacro -%}

{#- Mean of the square of the same; its variance is clamp_m2 - clamp_mean^2. -#}
{%- macro clamp_m2(m, s, lowest, highest) -%}
    {%- set below = '((' ~ lowest ~ ' - ' ~ m ~ ') / ' ~ s ~ ')' -%}
    {%- set above = '((' ~ highest ~ ' - ' ~ m ~ ') / ' ~ s ~ ')' -%}
    case
        when {{ m }} is null then null
        when {{ s }} is null or {{ s }} <= 0
            then least(greatest({{ m }}, {{ lowest }}), {{ highest }}) * least(greatest({{ m }}, {{ lowest }}), {{ highest }})
        else
            {{ lowest }} * {{ lowest }} * {{ norm_cdf(below) }}
            + {{ highest }} * {{ highest }} * (1e0 - {{ norm_cdf(above) }})
            + ({{ m }} * {{ m }} + {{ s }} * {{ s }}) * ({{ norm_cdf(above) }} - {{ norm_cdf(below) }})
            + {{ s }} * (({{ m }} + {{ lowest }}) * {{ norm_pdf(below) }} - ({{ m }} + {{ highest }}) * {{ norm_pdf(above) }})
    end
{%- endmacro -%}

{#- Chi-square statistic q on df degrees of freedom as a standard normal (Wilson and Hilferty 1931). -#}
{%- macro chi2_z(q, df) -%}
    ((power(greatest({{ q }}, 0e0) / {{ df }}, 1e0 / 3e0) - (1e0 - 2e0 / (9e0 * {{ df }}))) / sqrt(2e0 / (9e0 * {{ df }})))
{%- endmacro -%}

{#- P(chi-square > q); largest error .003. NULL without a degree of freedom. -#}
{%- macro chi2_upper_tail(q, df) -%}
    case when {{ q }} is not null and {{ df }} > 0 then {{ norm_cdf('-' ~ chi2_z(q, 'nullif(' ~ df ~ ', 0)')) }} end
{%- endmacro -%}

{#- P(B > x) of a Beta(a, b) variable as a standard normal: Peizer and Pratt (1968), by way of P(Binomial <= a - 1). -#}
{%- macro beta_z(x, a, b) -%}
    (
        {{ a }} - 1e0 / 3e0 - ({{ a }} + {{ b }} - 2e0 / 3e0) * {{ x }}
        + 0.02e0 * ((1e0 - {{ x }}) / {{ a }} - {{ x }} / {{ b }} + (0.5e0 - {{ x }}) / ({{ a }} + {{ b }}))
    )
    / sqrt(({{ a }} + {{ b }} - 5e0 / 6e0) * {{ x }} * (1e0 - {{ x }}))
    * sqrt(
        1e0
        + (1e0 - {{ x }}) * {{ peizer_pratt_g('(' ~ a ~ ' - 0.5e0) / (' ~ a ~ ' + ' ~ b ~ ' - 1e0) / ' ~ x) }}
        + {{ x }} * {{ peizer_pratt_g('(' ~ b ~ ' - 0.5e0) / (' ~ a ~ ' + ' ~ b ~ ' - 1e0) / (1e0 - ' ~ x ~ ')') }}
    )
{%- endmacro -%}

{%- macro peizer_pratt_g(t) -%}
    case
        when {{ t }} <= 0e0 then 1e0
        when abs({{ t }} - 1e0) < 1e-4 then (1e0 - {{ t }}) / 3e0 + (1e0 - {{ t }}) * (1e0 - {{ t }}) / 6e0
        else (1e0 - ({{ t }}) * ({{ t }}) + 2e0 * ({{ t }}) * ln({{ t }})) / ((1e0 - {{ t }}) * (1e0 - {{ t }}))
    end
{%- endmacro -%}

{#- P(B <= x) of a Beta(a, b) variable, a and b at least 1 (else NULL): error below 1.2e-4 from 5 on, 8e-4 from 2 on. All
    three arguments must be names of DOUBLE columns. Long: for many rows compute beta_z in a CTE, then norm_cdf('-z'). -#}
{%- macro beta_cdf(x, a, b) -%}
    case
        when {{ x }} is null or {{ is_nan(x) }} or not coalesce({{ a }} >= 1 and {{ b }} >= 1, false) then null
        when {{ x }} <= 0 then 0e0
        when {{ x }} >= 1 then 1e0
        else {{ norm_cdf('-(' ~ beta_z(x, a, b) ~ ')') }}
    end
{%- endmacro -%}
