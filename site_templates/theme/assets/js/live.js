/* Live charts: a chart of the page drawn again by Vega, whose marks answer when they are pointed at or walked through.

   What a mark tells stands in the page's own table: every row there names the rows of the chart's data it speaks of
   (data-fw-about), and every mark carries the number of its row. Nothing is written by Vega, nothing is worked out here.
   The drawing wears the page's colours by name, so it follows light and dark. No expression is compiled (ast), nothing
   is fetched (CLOSED). */
(() => {
  "use strict";
  const CLOSED = { load: refuse, sanitize: refuse, http: refuse, file: refuse };
  const MARKS = ["rect", "symbol", "rule", "text"]; // where the tip of a row points to, first wish first
  const shown = new WeakMap(); // figure → what is drawn in it

  function refuse() { return Promise.reject(new Error("charts load nothing")); }

  /** The table row that tells of a row of the chart's data. */
  function told(figure, about) {
    return [...figure.querySelectorAll("tr[data-fw-about]")].find((row) => row.dataset.fwAbout.split(" ").includes(String(about)));
  }

  function whole(chart) {
    const { vega, tables, values } = chart;
    return {
      ...vega,
      data: vega.data.map((table) => (table.name in tables ? { ...table, values: tables[table.name] } : table)),
      signals: vega.signals.map((signal) => (signal.name in values ? { ...signal, value: values[signal.name] } : signal)),
    };
  }

  function words(element) { return element.textContent.replace(/\s+/g, " ").trim(); }

  class Live {
    constructor(figure, button, chart) {
      Object.assign(this, { figure, button, chart, at: 0, anchor: 0 });
      this.headers = [...figure.querySelectorAll("details table thead th")].map(words);
      const title = words(figure.querySelector(".fw-headline"));
      this.stage = floorwalk.make("div", { class: "fw-live-stage", tabindex: "0", role: "application", "aria-label": `${title}. ${this.help}` });
      this.canvas = floorwalk.make("div", { class: "fw-live-canvas", "aria-hidden": "true" });
      this.tip = floorwalk.make("div", { class: "fw-live-tip", role: "status", hidden: "" });
      this.chosen = floorwalk.make("div", { class: "fw-live-chosen" });
      this.stage.append(this.canvas);
      this.box = floorwalk.make("div", { class: "fw-live-box" }, floorwalk.make("p", { class: "fw-quiet" }, this.help), this.stage, this.tip, this.chosen);
      this.stage.addEventListener("keydown", (event) => this.key(event));
      this.stage.addEventListener("blur", () => this.hide());
      this.stage.addEventListener("pointerdown", (event) => this.drag(event));
    }

    get help() { return floorwalk.say(this.chart.brush ? "live.help_brush" : "live.help"); }

    async draw(embed) {
      this.figure.querySelector(".fw-scroll").after(this.box);
      const { view } = await embed(this.canvas, whole(this.chart), {
        mode: "vega", renderer: "svg", ast: true, actions: false, defaultStyle: false, config: {}, loader: CLOSED,
        tooltip: (handler, event, item, value) => (value ? this.show(value, event.target) : this.hide()),
      });
      this.view = view;
      this.svg = this.canvas.querySelector("svg");
      this.svg.classList.add([...this.figure.querySelector(".fw-scroll > svg").classList].find((name) => name.startsWith("fw-w")));
      this.svg.removeAttribute("width");
      this.svg.removeAttribute("height");
      if (this.chart.brush) view.addSignalListener("brush", (name, value) => this.choose(value[this.chart.brush[1]]));
      this.figure.classList.add("fw-is-live");
      if (this.figure.querySelector(".fw-scroll-end")) this.stage.scrollLeft = this.stage.scrollWidth;
    }

    remove() {
      this.view?.finalize();
      this.box.remove();
      this.figure.classList.remove("fw-is-live");
    }

    /** Number of row → the element that stands for it, in the order of the data. */
    get stops() {
      const found = new Map();
      for (const element of this.canvas.querySelectorAll("path, rect, text, line")) {
        const item = element.__data__;
        const about = item?.tooltip;
        if (!about || !told(this.figure, about)) continue;
        const known = found.get(about);
        const rank = MARKS.indexOf(item.mark.marktype);
        if (!known || rank < known.rank) found.set(about, { element, rank });
      }
      return [...found].sort((a, b) => a[0] - b[0]).map(([about, { element }]) => ({ about, element }));
    }

    show(about, element) {
      const row = told(this.figure, about);
      if (!row) return this.hide();
      const cells = [...row.cells].map(words);
      const list = floorwalk.make("dl");
      cells.slice(1).forEach((cell, place) => list.append(floorwalk.make("dt", {}, this.headers[place + 1] ?? ""), floorwalk.make("dd", {}, cell)));
      this.tip.replaceChildren(floorwalk.make("strong", {}, cells[0]), list);
      this.tip.hidden = false;
      const mark = element.getBoundingClientRect();
      const stage = this.stage.getBoundingClientRect();
      const box = this.box.getBoundingClientRect();
      const [wide, tall] = [this.tip.offsetWidth, this.tip.offsetHeight];
      const middle = Math.min(Math.max(mark.left + mark.width / 2, stage.left), stage.right);
      const left = Math.min(Math.max(middle - stage.left - wide / 2, 0), Math.max(stage.width - wide, 0));
      const below = mark.bottom + 8;
      const fits = below + tall <= window.innerHeight || mark.top - 8 - tall < 0;
      this.tip.style.left = `${left + stage.left - box.left}px`;
      this.tip.style.top = `${(fits ? below : mark.top - 8 - tall) - box.top}px`;
    }

    hide() { this.tip.hidden = true; }

    key(event) {
      const stops = this.stops;
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") {
        if (this.tip.hidden) return; // the page's own Escape
        this.hide();
      } else if (stops.length && (step || event.key === "Home" || event.key === "End")) {
        const before = this.at;
        const next = event.key === "Home" ? 0 : event.key === "End" ? stops.length - 1 : this.tip.hidden ? before : before + step;
        this.at = Math.min(Math.max(next, 0), stops.length - 1);
        const { about, element } = stops[this.at];
        element.scrollIntoView({ block: "nearest", inline: "nearest" });
        this.show(about, element);
        if (this.chart.brush) this.extend(event.shiftKey ? before : this.at, stops);
      } else return;
      event.preventDefault();
      event.stopPropagation();
    }

    /** A stretch chosen with mouse or pen; a finger scrolls. */
    drag(event) {
      if (!this.chart.brush || event.pointerType === "touch" || event.button) return;
      const place = (moved) => new DOMPoint(moved.clientX, moved.clientY).matrixTransform(this.svg.getScreenCTM().inverse()).x - this.view.origin()[0];
      const start = place(event);
      const move = (moved) => this.view.signal("brush_x", Math.abs(place(moved) - start) < 3 ? [0, 0] : [start, place(moved)].map((x) => Math.min(Math.max(x, 0), this.view.width()))).run();
      const end = () => { this.stage.removeEventListener("pointermove", move); this.stage.removeEventListener("pointerup", end); this.stage.removeEventListener("pointercancel", end); };
      this.stage.setPointerCapture(event.pointerId);
      this.stage.addEventListener("pointermove", move);
      this.stage.addEventListener("pointerup", end);
      this.stage.addEventListener("pointercancel", end);
      move(event);
    }

    /** With Shift held the interval grows from where it was begun; without it there is none. */
    extend(start, stops) {
      if (start === this.at) this.anchor = this.at;
      const [table, field] = this.chart.brush;
      const rows = this.chart.tables[table];
      const x = this.view.scale("x");
      const places = [this.anchor, this.at].map((stop) => x(rows.find((row) => row.about === stops[stop].about)[field]));
      const chosen = start === this.at && this.anchor === this.at ? [0, 0] : [Math.min(...places) - 4, Math.max(...places) + 4];
      this.view.signal("brush_x", chosen).run();
    }

    /** Table rows of the interval, copied below the chart. */
    choose(interval) {
      const [table, field] = this.chart.brush;
      const rows = interval
        ? this.chart.tables[table].filter((row) => row[field] >= interval[0] && row[field] <= interval[1]).map((row) => told(this.figure, row.about)).filter(Boolean)
        : [];
      if (!rows.length) return this.chosen.replaceChildren();
      const said = floorwalk.say("live.chosen", { first: words(rows[0].cells[0]), last: words(rows[rows.length - 1].cells[0]), n: rows.length });
      const copy = floorwalk.make("table", { class: "fw-table" }, this.figure.querySelector("details table thead").cloneNode(true));
      const body = floorwalk.make("tbody");
      for (const row of rows) {
        const line = floorwalk.make("tr");
        for (const cell of row.cells) line.append(floorwalk.make(cell.tagName.toLowerCase(), cell.tagName === "TH" ? { scope: "row" } : {}, words(cell)));
        body.append(line);
      }
      for (const cell of copy.querySelectorAll("th")) cell.replaceChildren(words(cell));
      copy.append(body);
      this.chosen.replaceChildren(floorwalk.make("p", { role: "status" }, said), floorwalk.make("div", { class: "fw-wide", tabindex: "0" }, copy));
    }
  }

  async function begin(figure, button) {
    const name = button.dataset.fwLive;
    const [embed, chart] = await Promise.all([floorwalk.data("vega"), floorwalk.data(name)]);
    const live = new Live(figure, button, chart);
    await live.draw(embed);
    shown.set(figure, live);
    live.stage.focus({ preventScroll: true });
  }

  floorwalk.live = async (button) => {
    const figure = button.closest("figure");
    if (button.getAttribute("aria-busy") === "true") return;
    const live = shown.get(figure);
    if (live) {
      live.remove();
      shown.delete(figure);
      button.focus({ preventScroll: true });
    } else {
      button.setAttribute("aria-busy", "true");
      try {
        await begin(figure, button);
      } catch (error) {
        figure.querySelector(".fw-live-box")?.remove();
        button.after(floorwalk.make("span", { class: "fw-quiet", role: "status" }, ` ${floorwalk.say("live.failed")}`));
        button.disabled = true;
        console.warn(error);
      }
      button.removeAttribute("aria-busy");
    }
    const isLive = shown.has(figure);
    button.setAttribute("aria-pressed", String(isLive));
    button.textContent = floorwalk.say(isLive ? "live.back" : "live.open");
  };
})();
