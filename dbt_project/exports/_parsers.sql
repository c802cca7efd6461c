-- Parsers for the expressions of the layouts in this folder. Each reads trimmed text and gives NULL for NULL.
-- A parser given text that it cannot read gives NULL too; ingest sees that its argument was not NULL and refuses the row.
-- Names starting with as_ are parsers; the ones starting with _ are their parts.

-- THE CENTRE'S TIME ZONE, such as 'Asia/Shanghai' or 'Europe/Berlin', stated here once for the systems that write UTC.
-- While it is null, their rows are refused and say so: hours and days would be wrong, and no file tells the zone.
create or replace macro centre_zone() as cast(null as varchar);

-- Usual spellings are told apart by a CASE, not by COALESCE, of which DuckDB computes parts for every row. An argument
-- that a macro names several times is given to a lambda: written out several times it would be planned and run as often.

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

-- 00:02:23, read without patterns; from 24 hours on it is no TIME and the patterns decide
create or replace macro _is_usual_clock(t) as strlen(t) = 8 and t < '24' and t like '__:__:__';

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

-- a clock time is told apart first: trying it as a number and failing would take longer than reading it
create or replace macro _said_seconds(t, number) as
case
    when _is_usual_clock(t) then epoch(try_cast(t as time))
    when contains(t, ':') then _clock_seconds(t)
    else coalesce(number, _worded_seconds(lower(t)))
end;

-- a bare number in seconds, or in the unit that is stated: 's', 'ms' or 'min'
create or replace macro _number_seconds(n, unit) as
case unit when 's' then n when 'ms' then n / 1000 when 'min' then n * 60 end;

create or replace macro as_seconds
(t) as _said_seconds(t, _plain_number(t)),
(t, unit) as _said_seconds(t, _number_seconds(_plain_number(t), unit));

-- what most systems write is compared as it is
create or replace macro as_yes_no(t) as
case
    when t = 'Y' then true
    when t = 'N' then false
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

-- the half of the day behind the time, as AM or PM: 1:15 p.m., 下午 1:15, 1:15PM; newer systems put a narrow blank before it
create or replace macro _half_of_day(t) as
case
    when contains(t, '午')
        then
            regexp_replace(
                regexp_replace(t, ' *上午 *([0-9]{1,2}:[0-9:]+)$', ' \1 AM'), ' *下午 *([0-9]{1,2}:[0-9:]+)$', ' \1 PM'
            )
    when t ilike '%m' or t ilike '%m.'
        then upper(regexp_replace(t, '([0-9])[ \x{00a0}\x{202f}]*([aApP])[.]? ?[mM][.]?$', '\1 \2M'))
    else t
end;

-- a cast to TIMESTAMP leaves out what it does not know, such as PM or +08 behind the time: the whole text is looked at
create or replace macro _year_first(t) as
case
    when ends_with(t, 'M')
        then try_strptime(replace(replace(t, '/', '-'), 'T', ' '), ['%Y-%m-%d %I:%M:%S %p', '%Y-%m-%d %I:%M %p'])
    when
        regexp_full_match(
            t, '[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}([T ] *[0-9]{1,2}(:[0-9]{1,2}(:[0-9]{1,2}([.][0-9]*)?)?)?)?'
        )
        then coalesce(
            try_cast(replace(t, '/', '-') as timestamp),
            try_strptime(replace(replace(t, '/', '-'), 'T', ' '), '%Y-%m-%d %H:%M')
        )
end;

-- %Y reads the two digits of 05/01/21 as the year 21
create or replace macro _sensible(moment) as
list_transform([moment], lambda m: case when year(m) between 1900 and 2199 then m end)[1];

-- the usual spellings first: each one tried in vain costs time
create or replace macro _day_first_of(t) as
coalesce(
    _sensible(try_strptime(t, ['%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d/%m/%Y'])),
    try_strptime(
        t,
        [
            -- %y before %Y: it reads 26 and leaves 2026 to the next, while %Y would read 26 as the year 26
            '%d/%m/%y %H:%M:%S', '%d/%m/%y %H:%M', '%d/%m/%y', '%d/%m/%y %I:%M:%S %p', '%d/%m/%y %I:%M %p',
            '%d/%m/%Y %I:%M:%S %p', '%d/%m/%Y %I:%M %p', '%d/%b/%y', '%d/%b/%Y', '%d/%b/%y %H:%M:%S',
            '%d/%b/%y %H:%M', '%d/%b/%Y %H:%M:%S', '%d/%b/%Y %H:%M', '%d/%b/%y %I:%M:%S %p', '%d/%b/%y %I:%M %p',
            '%d/%b/%Y %I:%M:%S %p', '%d/%b/%Y %I:%M %p', '%a, %d %b %Y %H:%M:%S', '%d %b %Y %H:%M:%S', '%d %b %Y'
        ]
    )
);

create or replace macro _day_first(t) as _day_first_of(replace(replace(t, '-', '/'), '.', '/'));

create or replace macro _month_first(t) as
try_strptime(
    replace(replace(t, '-', '/'), '.', '/'),
    [
        '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M', '%m/%d/%Y', '%m/%d/%y %I:%M:%S %p', '%m/%d/%y %I:%M %p',
        '%m/%d/%Y %I:%M:%S %p', '%m/%d/%Y %I:%M %p', '%b/%d/%Y', '%b %d, %Y'
    ]
);

create or replace macro _compact(t) as
case length(t)
    when 8 then try_strptime(t, '%Y%m%d')
    when 6 then try_strptime(t, '%y%m%d')
end;

create or replace macro _moment(t, day_order) as
case
    when regexp_matches(t, '^[0-9]{4}[-/]') then _sensible(_year_first(t))
    when day_order = 'dmy' then _sensible(_day_first(t))
    when day_order = 'mdy' then _sensible(_month_first(t))
    when day_order = 'ymd' and regexp_full_match(t, '[0-9]{8}|[0-9]{6}') then _compact(t)
end;

-- 2021-01-05 09:12:58, what most systems write, read without the patterns that the other spellings need
create or replace macro _is_usual_moment(t) as
strlen(t) = 19 and (starts_with(t, '20') or starts_with(t, '19')) and t like '____-__-__ __:__:__';

create or replace macro _any_moment(t, day_order) as
case
    when _is_usual_moment(t) then try_cast(t as timestamp)
    else list_transform(
        list_transform([_chinese_moment(t)], lambda plain: _half_of_day(plain)),
        lambda plain: _moment(plain, day_order)
    )[1]
end;

create or replace macro as_timestamp
(t, day_order) as _any_moment(t, day_order),
(t) as _any_moment(t, 'ymd');

create or replace macro as_date
(t, day_order) as cast(_any_moment(t, day_order) as date),
(t) as cast(_any_moment(t, 'ymd') as date);

-- the label of a line that sums up other lines, in the cell of a key or an agent: 小计, 王芳 合计, 出勤人数, Grand total,
-- East Total, Total: Answered, Average
create or replace macro _is_total_label(t) as
case
    when strlen(t) = length(t) and not t ilike '%total%' and not t ilike 'av%' then false
    when t like '%计%' or t like '%計%' or t like '%汇总%' or t like '%彙總%' or t like '%总和%' or t like '%平均%'
    or t like '%人数%' or t like '%人數%' or t ilike '%total%' or t ilike 'av%'
        then regexp_full_match(
            lower(t),
            '(.*[ _/-])?(sub[ _-]?|grand )?totals?[ :：]*|totals?( of | for |[:：]).*|(average|avg)[ .:：]*'
            || '|.*(小计|合计|总计|小計|合計|總計|汇总|彙總|总和|平均|平均值|人数|人數)[ :：)）]*'
        )
    else false
end;

-- A moment that the text places in the world: with Z or an offset, or without either in UTC. The session's zone never counts.
create or replace macro _instant(t) as
case
    when not regexp_full_match(
        t,
        '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?( ?Z| ?UTC| ?[+-][0-9]{2}:?[0-9]{2})?'
    ) then null
    when regexp_matches(t, ':.*[+-][0-9]{2}:?[0-9]{2}$')
        then try_cast(regexp_replace(t, ' ?([+-][0-9]{2}):?([0-9]{2})$', '\1:\2') as timestamptz)
    else try_cast(regexp_replace(t, ' ?(Z|UTC)$', '') || '+00:00' as timestamptz)
end;

create or replace macro _epoch_instant(t) as
case when regexp_full_match(t, '[0-9]{9,10}([.][0-9]+)?') then to_timestamp(try_cast(t as double)) end;

-- without a zone the time stays in UTC: a layout then refuses the row (see centre_zone)
create or replace macro _local(instant, zone) as _sensible(timezone(coalesce(zone, 'UTC'), instant));

create or replace macro as_local
(t) as _local(_instant(t), centre_zone()),
(t, zone) as _local(_instant(t), zone);

create or replace macro as_epoch
(t) as _local(_epoch_instant(t), centre_zone()),
(t, zone) as _local(_epoch_instant(t), zone);

-- 138-1234-5678, +86 138 1234 5678 and 013812345678 are one number
create or replace macro _bare_number(digits) as
case
    when regexp_full_match(digits, '(0086|86)1[0-9]{10}') then digits[-11:]
    when regexp_full_match(digits, '01[0-9]{10}') then digits[2:]
    else digits
end;

-- A key for a customer's number that is not the number. None for a number of which a part is hidden or was rounded by a
-- spreadsheet (138****5678, 1.38E+10): two customers would become one.
create or replace macro hashed_number(t) as
case
    when contains(t, '*') or regexp_full_match(t, '[0-9.]+[eE][+]?[0-9]+') then null
    when regexp_matches(t, '[0-9]') then 'c' || left(sha256(_bare_number(regexp_replace(t, '[^0-9]', '', 'g'))), 20)
    else 'c' || left(sha256(lower(t)), 20)
end;

-- The form of a Genesys Cloud evaluation is JSON beside the answers: the question with an id, and the group it stands in.
create or replace macro _genesys_groups(form) as
from_json(
    try_cast(form as json),
    '[{"name":"VARCHAR","questions":[{"id":"VARCHAR","text":"VARCHAR","isKill":"BOOLEAN","isCritical":"BOOLEAN",
    "answerOptions":[{"value":"DOUBLE"}]}]}]'
);

create or replace macro _genesys_question(form, asked) as
list_filter(
    flatten(list_transform(_genesys_groups(form), lambda part: part.questions)), lambda one: one.id = asked
)[1];

create or replace macro _genesys_group(form, asked) as
list_filter(
    _genesys_groups(form),
    lambda part: list_contains(list_transform(part.questions, lambda one: one.id), asked)
)[1];

-- Joiners without width carry meaning between letters from Arabic to Myanmar (U+0600 to U+109F) and nowhere else in an id.
create or replace macro _without_joiners(t) as
case
    when regexp_matches(t, '[\x{0600}-\x{109F}]') then t
    else regexp_replace(t, '[\x{200C}\x{200D}]', '', 'g')
end;

-- An id as everybody sees it: characters without width, soft hyphens and marks of direction are gone, blanks and hyphens
-- of any kind are plain ones, letters and digits of full width have the usual width, accents are one with their letter.
-- Nothing is folded that can be seen: case, leading zeros, ①, accents and other scripts tell ids apart.
create or replace macro _plain_id(t) as
case
    when strlen(t) = length(t) then t
    else nullif(
        trim(
            translate(
                regexp_replace(
                    regexp_replace(
                        _without_joiners(nfc_normalize(t)),
                        '[\x{00AD}\x{034F}\x{061C}\x{180E}\x{200B}\x{200E}\x{200F}\x{202A}-\x{202E}\x{2060}-\x{206F}'
                        || '\x{FE00}-\x{FE0F}\x{FEFF}\x{E0000}-\x{E0FFF}]',
                        '', 'g'
                    ),
                    '[\x{00A0}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}]', ' ', 'g'
                ),
                '‐‑ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ０１２３４５６７８９－＿',
                '--ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
            )
        ),
        ''
    )
end;
