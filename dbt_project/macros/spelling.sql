{#- Recognising delivered texts by a list of spellings: any letter case, underscores as blanks, either apostrophe. A text is
    one of the spellings when its `spelling` occurs in their `spellings`, bars included; an empty text is '||'. -#}
{%- macro spelling(text) -%}
    '|' || {{ in_one_spelling('trim(' ~ text ~ ')') }} || '|'
{%- endmacro -%}

{#- `texts` are columns; each may hold several spellings separated by |. -#}
{%- macro spellings(texts) -%}
    '|' || {% for text in texts %}{{ in_one_spelling("coalesce(" ~ text ~ ", '')") }} || '|'{{ " || " if not loop.last }}{% endfor %}
{%- endmacro -%}

{%- macro in_one_spelling(text) -%}
    replace(replace(lower({{ text }}), '_', ' '), '’', '''')
{%- endmacro -%}
