-- What is taken out of words that people typed or said, before any model reads them (setting free_text = redacted).
-- redacted(t) gives the text with numbers and addresses that lead to a person replaced by a word in brackets, in the
-- text's language, at most 500 characters long. NULL for NULL.
-- Patterns run on RE2, which never backtracks; where a number carries a check digit, the check digit decides.
-- Names starting with _ are parts.

-- １３８ and ＋８６ as the signs a keyboard has; nothing else of the text changes
create or replace macro _plain_signs(t) as translate(t, '０１２３４５６７８９＋－＠．（）', '0123456789+-@.()');

create or replace macro _digits(t) as regexp_replace(t, '[^0-9Xx]', '', 'g');

-- bank cards: every second digit from the right counts double (Luhn); first digits of card networks, UnionPay among them
create or replace macro _luhn_sum(t) as
list_sum(
    list_transform(
        range(0, length(t)),
        lambda place:
        case
            when place % 2 = 0 then cast(t[length(t) - place] as integer)
            when cast(t[length(t) - place] as integer) > 4 then cast(t[length(t) - place] as integer) * 2 - 9
            else cast(t[length(t) - place] as integer) * 2
        end
    )
);

create or replace macro _is_bank_card(t) as
case
    when regexp_full_match(t, '(?:3[47][0-9]{13}|(?:4|5[1-5]|6[0-9]|2[2-7])[0-9]{14,17})') then _luhn_sum(t) % 10 = 0
    else false
end;

-- identity cards of 18 signs: province, born on a day that exists, check digit after GB 11643; the older ones have 15
create or replace macro _is_identity_card(t) as
case
    when regexp_full_match(t, '[1-8][0-9]{5}(?:18|19|20)[0-9]{9}[0-9Xx]')
        then
            try_strptime(t[7:14], '%Y%m%d') is not null
            and '10X98765432'[
                cast(
                    list_sum(
                        list_transform(
                            range(1, 18),
                            lambda place:
                            cast(t[place] as integer)
                            * [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2][place]
                        )
                    ) % 11 + 1 as bigint
                )
            ] = upper(t[18])
    when regexp_full_match(t, '[1-8][0-9]{14}') then try_strptime('19' || t[7:12], '%Y%m%d') is not null
    else false
end;

create or replace macro _is_telephone(t) as
regexp_full_match(t, '(?:(?:00)?86)?1[3-9][0-9]{9}|0(?:10|2[0-9]|[3-9][0-9]{2})[2-8][0-9]{6,7}');

-- pieces that might be a number with a check digit: runs of digits, or the groups in which cards are written
create or replace macro _number_pieces(t) as
list_concat(
    regexp_extract_all(
        t,
        '\b[0-9]{4}(?:[ -][0-9]{4}){3}(?:[ -][0-9]{1,3})?\b|\b3[47][0-9]{2}[ -][0-9]{6}[ -][0-9]{5}\b'
        || '|\b[1-8][0-9]{5}[ -][0-9]{8}[ -][0-9]{3}[0-9Xx]\b'
    ),
    regexp_extract_all(t, '[0-9]{10,}[Xx]?')
);

create or replace macro _without(t, pieces, word) as
list_reduce(pieces, lambda told, piece: replace(told, piece, word), t);

create or replace macro _without_numbers(t, telephone, identity, card) as
_without(
    _without(
        _without(
            t,
            list_filter(_number_pieces(t), lambda piece: _is_identity_card(_digits(piece))),
            identity
        ),
        list_filter(_number_pieces(t), lambda piece: _is_bank_card(_digits(piece))),
        card
    ),
    list_filter(_number_pieces(t), lambda piece: _is_telephone(_digits(piece))),
    telephone
);

-- telephone numbers as they are written for people: +86 138-0013-8000, (010) 6255 1234 转 8, +44 20 7946 0958
create or replace macro _without_written_telephones(t, word) as
regexp_replace(
    regexp_replace(
        t,
        '\+[1-9](?:[ .()-]{0,2}[0-9]){7,13}\b'
        || '|\b(?:(?:00)?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}\b',
        word,
        'g'
    ),
    '(?:\(0[1-9][0-9]{1,2}\) ?|\b0[1-9][0-9]{1,2}[ -])[2-8][0-9]{2,3}[ -]?[0-9]{4}\b'
    || '(?: ?(?:转|分机|ext\.?|x|-) ?[0-9]{1,6}\b)?',
    word,
    'g'
);

-- 幺三八零零幺三八零零零: how a number is read out, and how speech recognition writes it down
create or replace macro _without_spoken_numbers(t, word) as
regexp_replace(t, '[零〇一二三四五六七八九幺两](?:[ ，、]?[零〇一二三四五六七八九幺两]){6,}', word, 'g');

create or replace macro _without_addresses(t, word) as
regexp_replace(t, '[A-Za-z0-9._%+-]+ ?@ ?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+', word, 'g');

-- passports and travel permits by their form; any other only when the text says that one follows
create or replace macro _without_passports(t, word) as
regexp_replace(
    regexp_replace(t, '\b(?:[DdEeGg][0-9]{8}|[Ee][A-HJ-NP-Za-hj-np-z][0-9]{7}|[HhMm](?:[0-9]{10}|[0-9]{8}))\b', word, 'g'),
    '((?i:passport)(?: (?i:no|number))?[.:：# ]*(?:is )?|护照(?:号码?)?[:：是为 ]*)[A-Za-z]{0,2}[0-9]{6,9}\b',
    '\1' || word,
    'g'
);

create or replace macro _redacted(t, telephone, identity, card, address, passport, number) as
_without_spoken_numbers(
    _without_written_telephones(
        _without_numbers(_without_passports(_without_addresses(t, address), passport), telephone, identity, card),
        telephone
    ),
    number
);

create or replace macro _at_most(t, signs) as
case when length(t) > signs then rtrim(left(t, signs - 1)) || '…' else t end;

-- only texts with digits or an @ can hold any of it, and most have none
create or replace macro redacted(t) as
_at_most(
    case
        when not regexp_matches(t, '[0-9０-９@＠]|(?:[零〇一二三四五六七八九幺两][ ，、]?){7}') then t
        when regexp_matches(t, '\p{Han}')
            then
                _redacted(
                    _plain_signs(left(t, 10000)),
                    '［电话］', '［身份证号］', '［银行卡号］', '［邮箱］', '［护照号］', '［号码］'
                )
        else
            _redacted(
                _plain_signs(left(t, 10000)),
                '[phone]', '[identity card]', '[bank card]', '[e-mail]', '[passport]', '[number]'
            )
    end,
    500
);
