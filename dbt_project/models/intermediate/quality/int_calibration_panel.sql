-- The intraclass correlation needs every grader's score of every contact: of all sets of graders that scored a contact
-- together, the one with most ratings is the panel, and contacts that all of its members scored are its table.
with sets as (
    select
        form,
        measure,
        subject_id,
        graders,
        string_agg(grader, '|' order by grader) as members
    from {{ ref('int_calibration_rating') }}
    group by form, measure, subject_id, graders
),

counted as (
    select
        form,
        measure,
        members,
        graders,
        min(subject_id) as example,
        row_number() over (partition by form, measure order by count(*) * graders desc, graders desc, members) as place
    from sets
    group by form, measure, members, graders
),

panel as (
    select
        counted.form,
        counted.measure,
        counted.graders,
        ratings.grader
    from counted
    inner join {{ ref('int_calibration_rating') }} as ratings
        on counted.form = ratings.form and counted.measure = ratings.measure and counted.example = ratings.subject_id
    where counted.place = 1
)

select
    form,
    measure,
    subject_id,
    grader,
    points
from (
    select
        ratings.form,
        ratings.measure,
        ratings.subject_id,
        ratings.grader,
        ratings.points,
        panel.graders as members,
        count(*) over (partition by ratings.form, ratings.measure, ratings.subject_id) as present
    from {{ ref('int_calibration_rating') }} as ratings
    inner join panel
        on ratings.form = panel.form and ratings.measure = panel.measure and ratings.grader = panel.grader
) as placed
where present = members
