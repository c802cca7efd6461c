"""The one line with the centre's time zone: what is wrong in it is said with its place; two days of a year differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.errors import Exit, FloorwalkError
from pipelines.ingest.reasons import ROW_REASONS
from pipelines.ingest.zone import PARSERS, zone_line
from tests.unit.vendor_centre import UNSTATED, VendorCentre, read_as

LINE = f"{PARSERS}, line 7"


def _stated(centre: VendorCentre, line: str) -> None:
    """Edit the line as a person would."""
    file = centre.project / "exports" / "_parsers.sql"
    file.write_text(file.read_text(encoding="utf-8").replace(UNSTATED, line), encoding="utf-8")


def test_the_words_of_a_refusal_name_the_file_and_the_line_to_edit(project: Path) -> None:
    assert zone_line((project / PARSERS).read_text(encoding="utf-8")) == 7
    assert ROW_REASONS["no_time_zone"].endswith(LINE)


@pytest.mark.parametrize(
    ("zone", "what", "fix"),
    [
        ("'Asia/Shangai';", "'Asia/Shangai' is no time zone", "write 'Asia/Shanghai' there"),
        ("'europe/berlin';", "'europe/berlin' is no time zone", "write 'Europe/Berlin' there"),
        ("'Shanghai';", "'Shanghai' is no time zone", "write 'Asia/Shanghai' there"),
        ("'CST';", "'CST' is no time zone", "write an area with its city, such as 'Asia/Shanghai'"),
        ("'+08:00';", "'+08:00' is no time zone", "write an area with its city, such as 'Asia/Shanghai'"),
        ("Asia/Shanghai;", "the time zone of the centre cannot be read", "as 'Asia/Shanghai';"),
        ("'Asia/Shanghai'", "the time zone of the centre cannot be read", "as 'Asia/Shanghai';"),
    ],
)
def test_a_zone_that_is_none_is_refused_with_its_place_and_the_nearest_right_name(
    zone: str, what: str, fix: str, tmp_path: Path
) -> None:
    centre = VendorCentre(tmp_path, zone=None)
    centre.deliver_sample("amazon_connect_contacts", "contacts.json")
    _stated(centre, UNSTATED.replace("cast(null as varchar);", zone))
    with pytest.raises(FloorwalkError) as refused:
        centre.take_in()
    assert refused.value.exit_code is Exit.USAGE
    [problem] = refused.value.problems
    assert (problem.where, problem.what) == (LINE, what)
    assert fix in problem.fix


def test_another_fault_of_the_file_is_told_with_its_line(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    file = centre.project / "exports" / "_parsers.sql"
    file.write_text(file.read_text(encoding="utf-8") + "create or replace macro half(\n", encoding="utf-8")
    with pytest.raises(FloorwalkError) as refused:
        centre.take_in()
    assert "the file cannot be read as SQL" in str(refused.value)


def test_after_the_one_line_is_edited_the_kept_originals_are_read_again_by_themselves(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path, zone=None)
    file = centre.deliver_sample("amazon_connect_contacts", "contacts.json")
    assert read_as(centre.take_in()) == {("amazon_connect_contacts", "contacts", 0, 2, 0)}
    file.unlink()
    _stated(centre, UNSTATED.replace("cast(null as varchar);", "'Asia/Shanghai';"))
    intake = centre.take_in()
    assert read_as(intake) == {("amazon_connect_contacts", "contacts", 2, 0, 0)}
    assert centre.reasons("contacts") == []
    assert centre.select(intake, "select min(started_at)::varchar from raw.contacts") == [("2026-03-04 09:00:00",)]


CONTACT = (
    '{{"ContactId": "c-{number}", "Channel": "VOICE", "InitiationMethod": "INBOUND", '
    '"InitiationTimestamp": "{moment}", "Queue": {{"Name": "Billing", "Duration": 90}}}}\n'
)
OF_SPRING = {"2026-03-29T00:59:59Z": "01:59:59", "2026-03-29T01:00:00Z": "03:00:00"}
OF_AUTUMN = {
    "2026-10-24T23:30:00Z": "01:30:00",
    "2026-10-25T00:30:00Z": "02:30:00",
    "2026-10-25T01:30:00Z": "02:30:00",
    "2026-10-25T02:00:00Z": "03:00:00",
}


@pytest.mark.parametrize("moments", [OF_SPRING, OF_AUTUMN])
def test_where_clocks_change_the_missing_hour_is_left_out_and_the_doubled_one_keeps_every_contact(
    moments: dict[str, str], tmp_path: Path
) -> None:
    centre = VendorCentre(tmp_path, zone="Europe/Berlin")
    lines = [CONTACT.format(number=number, moment=moment) for number, moment in enumerate(moments)]
    centre.deliver("contacts.jsonl", "".join(lines))
    intake = centre.take_in()
    found = centre.select(intake, "select strftime(started_at, '%H:%M:%S') from raw.contacts order by contact_id")
    assert [time for (time,) in found] == list(moments.values())


def test_a_state_that_spans_the_doubled_hour_keeps_its_true_length(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path, zone="Europe/Berlin")
    first, second = centre.sample("amazon_connect_agent_events").splitlines()
    day = [line.replace("2026-03-04T01", "2026-10-25T00").replace("2026-03-04T02", "2026-10-25T01") for line in
           (first, second)]  # fmt: skip
    centre.deliver("events.jsonl", "".join(line + "\n" for line in day))
    intake = centre.take_in()
    found = centre.select(intake, "select started_at::varchar, minutes from raw.agent_states")
    assert found == [("2026-10-25 02:00:00", 90.0)]
