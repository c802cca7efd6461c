"""Chooses what each page shows: one method per page kind, filling its context.

Belongs here: which rows, periods and charts stand on which page. Does not belong here: the shape of a context
(`contexts`), finding and linking rows (`finder`), any text (`fragments`, `answers`, `captions`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipelines.marts import Agent, Kpi, KpiSignal, Period, Team
from pipelines.site import areas, drawings
from pipelines.site.areas import passport
from pipelines.site.contexts import Agents, Data, Kpis, OneAgent, OneKpi, OneTeam, Overview, Teams
from pipelines.site.finder import Finder
from pipelines.site.model import CENTRE, grains
from pipelines.site.parts import Whole

CHARTS_OF_A_TEAM = 3
DOTS_OF_A_TEAM = 2
GRAINS = ("centre", "team", "agent", "queue", "channel", "reason")


class Selection(Finder):
    """Fills contexts for pages at one depth below the language root."""

    # ---------- pages that exist once
    def overview(self) -> Overview:
        """The centre at a glance."""
        site = self.site
        period = site.headline(CENTRE, CENTRE)
        columns = self.main("team")
        shown = [attention for attention in site.attention if attention.grain != "agent"]
        return Overview(
            status=self.status(),
            period=period,
            week=max((weeks[-1].period_start for weeks in self._weeks_of_the_centre() if weeks), default=None),
            cards=tuple(self.line(kpi_id, CENTRE, CENTRE, period) for kpi_id in self.main(CENTRE)),
            notices=self.notices(shown),
            columns=self.columns(columns),
            teams=tuple(self.row("team", team.team_id, columns, period) for team in self._teams_by_name()),
            agents=len(site.agents),
            whole=tuple(self._whole(period)),
            weeks_seen=self._weeks_seen(),
            teams_href=f"{self.root}teams/index.html",
            agents_href=f"{self.root}agents/index.html",
            sections=tuple(areas.sections(self, "overview")),
        )

    def _whole(self, period: Period | None) -> Iterator[Whole]:
        for kpi in self.site.delivered(CENTRE):
            whole = self.site.value(kpi.kpi_id, CENTRE, CENTRE, self.site.whole)
            if whole is not None:
                now = self.site.value(kpi.kpi_id, CENTRE, CENTRE, period)
                yield Whole(kpi.kpi_id, self.kpi_href(kpi.kpi_id), whole, now)

    def _weeks_of_the_centre(self) -> Iterator[Sequence[KpiSignal]]:
        return (self.site.series(kpi.kpi_id, CENTRE, CENTRE) for kpi in self.site.delivered(CENTRE))

    def _weeks_seen(self) -> int:
        return max(map(len, self._weeks_of_the_centre()), default=0)

    def _teams_by_name(self) -> list[Team]:
        return sorted(
            self.site.teams, key=lambda team: (self.site.entities["team", team.team_id].name_en, team.team_id)
        )

    def teams(self) -> Teams:
        """All teams."""
        columns, period = self.main("team"), self.site.headline(CENTRE, CENTRE)
        return Teams(
            status=self.status(),
            period=period,
            columns=self.columns(columns),
            teams=tuple((t, self.row("team", t.team_id, columns, period)) for t in self._teams_by_name()),
            notices=self.notices(attention for attention in self.site.attention if attention.grain == "team"),
            weeks_seen=self._weeks_seen(),
            agents=len(self.site.agents),
            agents_href=f"{self.root}agents/index.html",
        )

    def agents(self) -> Agents:
        """All agents, by name."""
        people = [
            (agent, self.link("agent", agent.agent_id), self.link("team", agent.team_id) if agent.team_id else None)
            for agent in self.site.agents
        ]
        return Agents(self.status(), tuple(sorted(people, key=lambda person: (person[1].name_en, person[0].agent_id))))

    def kpis(self) -> Kpis:
        """The catalogue."""
        site, period = self.site, self.site.headline(CENTRE, CENTRE)
        return Kpis(
            status=self.status(),
            period=period,
            delivered=tuple(
                (
                    kpi.kpi_id,
                    self.kpi_href(kpi.kpi_id),
                    site.value(kpi.kpi_id, CENTRE, CENTRE, period),
                    site.value(kpi.kpi_id, CENTRE, CENTRE, site.whole),
                )
                for kpi in site.kpis
                if kpi.is_delivered
            ),
            absent=tuple((kpi.kpi_id, self.kpi_href(kpi.kpi_id)) for kpi in site.kpis if not kpi.is_delivered),
        )

    def data(self) -> Data:
        """What was delivered and what was not."""
        site = self.site
        return Data(
            status=self.status(),
            deliveries=site.deliveries,
            refusals=site.refusals,
            doubts=site.doubts,
            states=tuple(state for state in site.states if not state.activity),
            unrecognised=site.unrecognised,
            absent=tuple(
                (kpi.kpi_id, self.kpi_href(kpi.kpi_id), listed(kpi.missing))
                for kpi in site.kpis
                if not kpi.is_delivered
            ),
            dictionary_href=passport.dictionary_href(self),
        )

    # ---------- pages that exist once per team, agent, KPI
    def team(self, entity: Team) -> OneTeam:
        """One team with its people."""
        site, team_id = self.site, entity.team_id
        people_period, columns = self._period_of_people(entity), self.main("agent")
        people = sorted(
            (self.site.entities["agent", agent.agent_id] for agent in site.agents if agent.team_id == team_id),
            key=lambda person: (person.name_en, person.entity_id),
        )
        ids = frozenset(person.entity_id for person in people)
        # a KPI without a good direction would only show that people do different work
        directed = [kpi_id for kpi_id in columns if site.kpi(kpi_id).better != "neutral"]
        funnels = (self.funnel(kpi_id, "agent", ids) for kpi_id in directed)
        dots = [self.dots(kpi_id, "agent", people, people_period) for kpi_id in directed]
        return replace(
            self.team_alone(entity),
            funnel=next((drawing for drawing in funnels if drawing), None),
            dots=tuple(drawing for drawing in dots if drawing)[:DOTS_OF_A_TEAM],
            agents=tuple(self.row("agent", person.entity_id, columns, people_period) for person in people),
            agents_period=people_period,
            sections=tuple(areas.sections(self, "team", entity)),
        )

    def team_alone(self, entity: Team) -> OneTeam:
        """One team and nobody in it, for readers who are shown no people."""
        site, team_id = self.site, entity.team_id
        main = self.main("team")
        events = tuple(
            event
            for event in site.events
            if event.scope == CENTRE or (event.scope, event.scope_id) == ("team", team_id)
        )
        xmr = [
            drawings.request_xmr(site.kpi(kpi_id), site.series(kpi_id, "team", team_id), events)
            for kpi_id in self._telling(main, "team", team_id)
        ]
        period = site.headline("team", team_id)
        return OneTeam(
            as_of=site.settled,
            leader=entity.leader,
            size=entity.agents,
            link=self.link("team", team_id),
            period=period,
            main=main,
            lines=self.lines("team", team_id, period),
            notices=self.notices(a for a in site.attention if (a.grain, a.entity_id) == ("team", team_id)),
            xmr=tuple(drawing for drawing in xmr if drawing),
            funnel=None,
            dots=(),
            columns=self.columns(self.main("agent")),
            agents=(),
            agents_period=None,
            sections=(),
            data_href=f"{self.root}data/index.html",
        )

    def _telling(self, kpi_ids: Sequence[str], grain: str, entity_id: str) -> list[str]:
        """The KPIs whose weeks are drawn: signals first, then those with a good direction; in catalogue order."""

        def urgency(kpi_id: str) -> tuple[bool, bool]:
            series = self.site.series(kpi_id, grain, entity_id)
            return series[-1].finding in ("common_cause", "too_few_points"), self.site.kpi(kpi_id).better == "neutral"

        drawn = [kpi_id for kpi_id in kpi_ids if self.site.series(kpi_id, grain, entity_id)]
        chosen = sorted(drawn, key=urgency)[:CHARTS_OF_A_TEAM]
        return [kpi_id for kpi_id in drawn if kpi_id in chosen]

    def _period_of_people(self, team: Team) -> Period | None:
        people = (agent.agent_id for agent in self.site.agents if agent.team_id == team.team_id)
        found = [self.site.headline("agent", agent_id) for agent_id in people]
        quarters = [period for period in found if period]
        return next((p for p in quarters if p.period_kind == "quarter"), quarters[0] if quarters else None)

    def agent(self, entity: Agent) -> OneAgent:
        """One person."""
        site, agent_id = self.site, entity.agent_id
        period = site.headline("agent", agent_id)
        return OneAgent(
            as_of=site.settled,
            hire_date=entity.hire_date,
            tenure_band=entity.tenure_band,
            first_day=entity.first_day,
            last_day=max(entity.first_day, min(entity.last_day, site.settled))
            if entity.first_day and entity.last_day and site.settled
            else entity.last_day,
            link=self.link("agent", agent_id),
            team=self.link("team", entity.team_id) if entity.team_id else None,
            role=self.link("role", entity.role) if entity.role else None,
            period=period,
            lines=self.lines("agent", agent_id, period),
            sections=tuple(areas.sections(self, "agent", entity)),
            data_href=f"{self.root}data/index.html",
        )

    def kpi(self, entity: Kpi) -> OneKpi:
        """One KPI."""
        site, kpi_id = self.site, entity.kpi_id
        periods = (site.latest("month"), site.latest("quarter"), site.whole)
        found = (site.value(kpi_id, CENTRE, CENTRE, period) for period in periods)
        of_centre = site.values.get((CENTRE, CENTRE), {}).get(kpi_id, {})
        series = site.series(kpi_id, CENTRE, CENTRE)
        strata_period = site.comparison
        return OneKpi(
            status=self.status(),
            kpi=entity,
            grains=tuple(grain for grain in GRAINS if grain in grains(entity)),
            figures=tuple(value for value in found if value),
            months=tuple(value for (kind, _), value in sorted(of_centre.items()) if kind == "month"),
            latest=series[-1] if series else None,
            xmr=drawings.request_xmr(entity, series, [event for event in site.events if event.scope == CENTRE]),
            distribution=drawings.request_distribution(
                entity,
                site.distributions.get((kpi_id, "agent"), ()),
                site.value(kpi_id, CENTRE, CENTRE, strata_period),
                strata_period,
            ),
            funnel=self.funnel(kpi_id, "agent", None),
            dots=self.dots(
                kpi_id,
                "team",
                sorted(site.of_grain("team"), key=lambda team: (team.name_en, team.entity_id)),
                strata_period,
            ),
            strata_period=strata_period,
            strata=tuple(self.strata(kpi_id, strata_period)),
            missing=tuple((self.table(name), name) for name in listed(entity.missing))
            if not entity.is_delivered
            else (),
            sections=tuple(areas.sections(self, "kpi", entity)),
        )


def listed(text: str) -> tuple[str, ...]:
    """Items of a mart's comma-separated column."""
    return tuple(part.strip() for part in text.split(",") if part.strip())
