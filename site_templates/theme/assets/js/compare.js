/* Any two teams or any two periods side by side. Loaded on pages with [data-fw-compare]; what is chosen stands in the address after
   the #, so that a link shows the same. Every figure comes as text from assets/data/compare-*.js. */
(() => {
  "use strict";
  const SHAPES = { better: "◆", worse: "■", different: "▲", too_close_to_call: "●", too_few: "○" };
  const say = floorwalk.say;

  function parts(panel) {
    const found = {};
    for (const select of panel.querySelectorAll("[data-fw-part]")) found[select.dataset.fwPart] = select;
    return found;
  }

  function badge(shape, said) {
    const kind = { better: "better-than-target", worse: "worse-than-target" }[shape] ?? shape.replaceAll("_", "-");
    const mark = floorwalk.make("span", { "aria-hidden": "true" }, SHAPES[shape]);
    return floorwalk.make("span", { class: `fw-badge fw-mark--${kind}` }, mark, ` ${said}`);
  }

  /** A figure with its likely range below it. */
  function figure([value = "", range]) {
    if (!range) return [value];
    return [value, " ", floorwalk.make("br"), floorwalk.make("span", { class: "fw-finding" }, range)];
  }

  /** Two sides by name; rows: [kpi, [value, range], [value, range], [difference, range], badge]. */
  function table(kpis, one, other, rows) {
    const { make } = floorwalk;
    const range = say("compare.range");
    const heads = [[say("compare.measure")], [one, range], [other, range], [say("compare.difference"), range]];
    const head = make("tr", {}, ...heads.map((found) => make("th", { scope: "col" }, ...figure(found))));
    head.append(make("th", { scope: "col" }, say("compare.verdict")));
    const body = rows.map(([kpi, first, second, difference, verdict]) => {
      const [label, page] = kpis[kpi];
      const link = make("a", { href: new URL(page, floorwalk.root) }, label);
      const cells = [figure(first), figure(second), figure(difference), [verdict]];
      return make("tr", {}, make("th", { scope: "row" }, link), ...cells.map((cell) => make("td", {}, ...cell)));
    });
    return make("table", { class: "fw-table fw-board" }, make("thead", {}, head), make("tbody", {}, ...body));
  }

  const remarks = (keys) => keys.map((key) => floorwalk.make("p", { class: "fw-quiet" }, say(key)));

  /** Figures of an entity's file are places in its texts, one row per KPI in the file's order, 0 where there is none. */
  const textsOf = (own, row) => row.map((place) => own.texts[place]);

  /** Value and likely range of one KPI in a period. */
  function valueOf(own, stem, kpi) {
    return textsOf(own, own.values[stem]?.[own.kpis.indexOf(kpi)] || []);
  }

  /** Rows of a pair: [kpi, verdict, difference, its range]. */
  function rowsOf(own, pair) {
    return own.kpis.flatMap((kpi, place) => (pair.rows[place] ? [[kpi, ...textsOf(own, pair.rows[place])]] : []));
  }

  function show(panel, told, content = []) {
    const status = panel.querySelector("[role=status]");
    if (status.textContent !== told) status.textContent = told;
    panel.querySelector(".fw-compare-table").replaceChildren(...content);
  }

  /** What two teams have to say: { told, content, state }; nothing chosen, nothing told. */
  async function teams(panel) {
    const { one, other } = parts(panel);
    if (!one.value || !other.value) return { told: "" };
    if (one.value === other.value) return { told: say("compare.same") };
    // a pair stands in the file of the team that comes first by name, which is the order of the choices
    const [first, second] = [one, other].sort((a, b) => a.selectedIndex - b.selectedIndex);
    const [names, left, right] = await Promise.all(
      ["compare", `compare-${first.value}`, `compare-${second.value}`].map(floorwalk.data)
    );
    const pair = left.teams[second.value];
    if (!pair) return { told: say("compare.none") };
    const called = [first, second].map((select) => select.selectedOptions[0].text);
    const winner = { better: called[0], worse: called[1] };
    const rows = rowsOf(left, pair).map(([kpi, verdict, ...difference]) => {
      const said = winner[verdict]
        ? badge("better", say("compare.named.better", { name: winner[verdict] }))
        : badge(verdict, say(`compare.named.${verdict}`));
      const sides = [left, right].map((side) => valueOf(side, names.now, kpi));
      return [kpi, ...sides, difference, said];
    });
    const notes = [...(pair.fair ? ["compare.fair"] : []), "compare.many"];
    const content = [table(names.kpis, ...called, rows), ...remarks(notes)];
    return { told: pair.told, content, state: `teams=${one.value},${other.value}` };
  }

  const kindOf = (stem) => (stem.includes("Q") ? "quarter" : "month");

  /** A month meets only months, a quarter only quarters: the others cannot be chosen beside it. */
  function offer(period, against) {
    for (const group of against.querySelectorAll("optgroup")) {
      group.disabled = Boolean(period.value) && group.dataset.fwKind !== kindOf(period.value);
    }
  }

  /** Why two periods have nothing to show: only the newest of a kind are compared with each other, or nobody was there. */
  function missing(names, later, earlier) {
    const isOld = earlier < (names.oldest[kindOf(later)] ?? "");
    return isOld ? say("compare.older", { name: names.periods[earlier] }) : say("compare.none");
  }

  /** What two periods have to say. A pair stands once, told of the later period, whichever is chosen first. */
  async function periods(panel) {
    const { of, period, against } = parts(panel);
    offer(period, against);
    if (!period.value) return { told: "" };
    const whose = of?.value ?? panel.dataset.fwOf;
    const state = `periods=${whose},${period.value},${against.value}`;
    const [names, own] = await Promise.all([floorwalk.data("compare"), floorwalk.data(`compare-${whose}`)]);
    // "the period before" and "a year ago" depend on the other choice, so they stand there as words
    const other = against.value in names.periods ? against.value : names.before[period.value][against.value];
    if (!other) return { told: say("compare.none"), state };
    if (other === period.value) return { told: say("compare.itself", { name: names.periods[other] }), state };
    if (kindOf(other) !== kindOf(period.value)) return { told: say("compare.kinds"), state };
    const [earlier, later] = [period.value, other].sort();
    const found = own.periods[later]?.[earlier];
    if (!found) return { told: missing(names, later, earlier), state };
    const rows = rowsOf(own, found).map(([kpi, verdict, ...difference]) => {
      const sides = [later, earlier].map((stem) => valueOf(own, stem, kpi));
      const key = ["better", "worse"].includes(verdict) ? `compare.period.${verdict}` : `compare.named.${verdict}`;
      return [kpi, ...sides, difference, badge(verdict, say(key))];
    });
    const content = table(names.kpis, names.periods[later], names.periods[earlier], rows);
    return { told: found.told, content: [content, ...remarks(["compare.many", "compare.pairs"])], state };
  }

  function remember(state) {
    if (state && location.hash.slice(1) !== state) history.replaceState(null, "", `#${state}`);
  }

  /** What the address asks for, put into the panel's choices; true when it asks for this panel. */
  function restore(panel) {
    const [kind, wanted] = location.hash.slice(1).split("=");
    if (kind !== panel.dataset.fwCompare || !wanted) return false;
    const values = wanted.split(",");
    const selects = parts(panel);
    const order = kind === "teams" ? ["one", "other"] : ["of", "period", "against"];
    order.forEach((part, place) => {
      const select = selects[part];
      if (select && [...select.options].some((option) => option.value === values[place])) select.value = values[place];
    });
    return true;
  }

  const KINDS = { teams, periods };

  const turns = new WeakMap();

  async function update(panel, isAsked) {
    const turn = (turns.get(panel) ?? 0) + 1;
    turns.set(panel, turn);
    const { told, content, state } = await KINDS[panel.dataset.fwCompare](panel);
    // an answer that waited for its file must not replace that of a later choice
    if (turns.get(panel) !== turn) return;
    show(panel, told, content);
    if (isAsked) remember(state);
  }

  floorwalk.compare = (panel) => {
    if (panel.dataset.fwReady) return;
    panel.dataset.fwReady = "yes";
    const begin = (changed) => {
      const isAsked = restore(panel);
      // a choice made before this script arrived belongs in the address too
      update(panel, !changed && !location.hash).then(() => {
        if (isAsked && location.hash) panel.scrollIntoView({ block: "start" });
      });
    };
    panel.addEventListener("change", () => update(panel, true));
    window.addEventListener("hashchange", begin);
    begin();
  };
})();
