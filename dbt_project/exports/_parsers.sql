-- Parsers for the expressions of the layouts in this folder. Each reads trimmed text and gives NULL for NULL.
-- A parser given text that it cannot read gives NULL too; ingest sees that its argument was not NULL and refuses the row.
-- Valid in DuckDB 1.5 and 2.0. Names starting with as_ are parsers; the ones starting with _ are their parts.

-- 'inf' and 'nan' cast to DOUBLE without an error; they are no numbers of a call centre
create or replace macro _finite(x) as case when isfinite(x) then x end;

create or replace macro _plain_number(t) as
coalesce(
    _finite(try_cast(t as double)),
    case
        when contains(t, ',') and regexp_full_match(t, '[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?')
            then try_cast(replace(t, ',', '') as double)
    end
);

create or replace macro as_number(t) as
case
    when not ends_with(t, '%') then _plain_number(t)
    else _plain_number(trim(t[:-2])) / 100
end;

-- h:mm:ss(.fff), where the hours may exceed 24, or m:ss
create or replace macro _clock_seconds(t) as
case
    when regexp_full_match(t, '[0-9]{1,5}:[0-5]?[0-9]:[0-5]?[0-9](\.[0-9]+)?')
        then
            split_part(t, ':', 1)::double * 3600 + split_part(t, ':', 2)::double * 60 + split_part(t, ':', 3)::double
    when regexp_full_match(t, '[0-9]{1,5}:[0-5]?[0-9](\.[0-9]+)?')
        then split_part(t, ':', 1)::double * 60 + split_part(t, ':', 2)::double
end;

-- 00:02:23 without patterns; from 24 hours on it is no TIME and the patterns decide
create or replace macro _usual_clock_seconds(t) as
case when strlen(t) = 8 and t like '__:__:__' then epoch(try_cast(t as time)) end;

create or replace macro _part(t, pattern) as
coalesce(try_cast(regexp_extract(t, pattern, 1) as double), 0);

create or replace macro _worded_seconds(t) as
case
    when t <> '' and regexp_full_match(
        t, '([0-9]+ *(h|小时|时) *)?([0-9]+ *(m|min|分钟|分) *)?([0-9]+(\.[0-9]+)? *(s|sec|秒))?'
    )
        then
            _part(t, '([0-9]+) *(?:h|小时|时)') * 3600
            + _part(t, '([0-9]+) *(?:m|min|分钟|分)') * 60
            + _part(t, '([0-9.]+) *(?:s|sec|秒)')
end;

create or replace macro as_seconds(t) as
coalesce(
    _plain_number(t),
    case
        when contains(t, ':') then coalesce(_usual_clock_seconds(t), _clock_seconds(t))
        else _worded_seconds(lower(t))
    end
);

create or replace macro as_yes_no(t) as
case
    when lower(t) in ('y', 'yes', 'true', 't', '1', '1.0', '是') then true
    when lower(t) in ('n', 'no', 'false', 'f', '0', '0.0', '否') then false
end;

-- 2021年1月5日 9时12分 -> 2021-1-5 9:12; other texts stay as they are
create or replace macro _chinese_moment(t) as
case
    when contains(t, '年')
        then
            rtrim(
                replace(
                    replace(
                        replace(
                            replace(replace(replace(replace(t, '年', '-'), '月', '-'), '日', ' '), '时', ':'), '点', ':'
                        ),
                        '分', ':'
                    ),
                    '秒', ''
                ),
                ': '
            )
    else t
end;

create or replace macro _year_first(t) as
case
    when regexp_matches(t, '([zZ]|[0-9][+-][0-9]{2}(:?[0-9]{2})?)$') and contains(t, ':') then null
    when t[5:5] in ('-', '/') and (t[8:8] in ('-', '/') or t[7:7] in ('-', '/'))
        then coalesce(
            try_cast(replace(t, '/', '-') as timestamp),
            try_strptime(replace(replace(t, '/', '-'), 'T', ' '), '%Y-%m-%d %H:%M')
        )
end;

create or replace macro _day_first(t) as
try_strptime(
    replace(replace(t, '-', '/'), '.', '/'),
    [
        '%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d/%m/%Y', '%d/%b/%y', '%d/%b/%Y', '%d/%b/%Y %H:%M:%S',
        '%d/%b/%Y %H:%M', '%d/%b/%y %H:%M:%S', '%d/%b/%y %H:%M'
    ]
);

create or replace macro _month_first(t) as
try_strptime(
    replace(replace(t, '-', '/'), '.', '/'),
    [
        '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M', '%m/%d/%Y', '%m/%d/%Y %I:%M:%S %p', '%m/%d/%Y %I:%M %p',
        '%b/%d/%Y', '%b %d, %Y'
    ]
);

create or replace macro _compact(t) as
case length(t)
    when 8 then try_strptime(t, '%Y%m%d')
    when 6 then try_strptime(t, '%y%m%d')
end;

-- %Y reads the two digits of 05/01/21 as the year 21
create or replace macro _sensible(moment) as case when year(moment) between 1900 and 2199 then moment end;

create or replace macro _moment(t, day_order) as
case
    when regexp_matches(t, '^[0-9]{4}[-/]') then _sensible(_year_first(t))
    when day_order = 'dmy' then _sensible(_day_first(t))
    when day_order = 'mdy' then _sensible(_month_first(t))
    when day_order = 'ymd' and regexp_full_match(t, '[0-9]{8}|[0-9]{6}') then _compact(t)
end;

-- 2021-01-05 09:12:58, what most systems write, without the patterns that the other spellings need
create or replace macro _usual_moment(t) as
case
    when
        strlen(t) = 19 and (starts_with(t, '20') or starts_with(t, '19')) and t like '____-__-__ __:__:__'
        then try_cast(t as timestamp)
end;

create or replace macro _any_moment(t, day_order) as
coalesce(_usual_moment(t), _moment(_chinese_moment(t), day_order));

create or replace macro as_timestamp
(t, day_order) as _any_moment(t, day_order),
(t) as _any_moment(t, 'ymd');

create or replace macro as_date
(t, day_order) as cast(_any_moment(t, day_order) as date),
(t) as cast(_any_moment(t, 'ymd') as date);
