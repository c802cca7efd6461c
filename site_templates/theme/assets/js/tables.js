/* Tables that can be put in order and filtered, and the small "Save" below every table and figure.

   Own code, not tablesort 5.7 (the kept library for plain pages): it makes headings focusable instead of giving them
   buttons, knows neither "as delivered" nor values that are always last, and reads no figures of two languages.
   What a cell means is read (cells.js) when somebody first asks for an order. */
(() => {
  "use strict";
  const SORTED_FROM = 4;
  const FILTERED_FROM = 8;
  const NEXT = { none: "ascending", ascending: "descending", descending: "none" };
  const { make, say } = floorwalk;
  let number = 0;
  let heard;

  /** Tell people who listen what has changed. */
  function announce(text) {
    if (!heard) document.body.append((heard = make("div", { class: "fw-heard", role: "status" })));
    heard.textContent = text;
  }

  const rowsOf = (table) => [...table.tBodies].flatMap((body) => [...body.rows]);
  const spans = (row) => [...row.cells].some((cell) => cell.colSpan > 1 || cell.rowSpan > 1);

  /** Whether rows may change places: one heading row, one body, no cell over several rows or columns. */
  function isPlain(table) {
    const heading = table.tHead?.rows;
    return !table.classList.contains("fw-unsorted") && heading?.length === 1 && table.tBodies.length === 1 &&
      !spans(heading[0]) && !rowsOf(table).some(spans);
  }

  // ---------- order
  function addSorting(table) {
    const delivered = rowsOf(table);
    for (const heading of table.tHead.rows[0].cells) {
      const name = heading.textContent.trim();
      if (heading.tagName !== "TH" || !name) continue;
      const mark = make("span", { class: "fw-order", "aria-hidden": "true" });
      const hasOwn = heading.querySelector("a, button, [tabindex], [data-fw-term]");
      const button = make("button", { type: "button", class: `fw-sort${hasOwn ? " fw-sort-beside" : ""}` });
      if (hasOwn) {
        button.setAttribute("aria-label", say("tables.sort", { column: name }));
        button.append(mark);
        heading.append(button);
      } else {
        button.append(...heading.childNodes, mark);
        heading.replaceChildren(button);
      }
      button.addEventListener("click", () => sort(table, heading, name, delivered));
    }
  }

  async function sort(table, heading, name, delivered) {
    await floorwalk.need("cells");
    const order = NEXT[heading.getAttribute("aria-sort") ?? "none"];
    const rows = order === "none" ? delivered : inOrder(delivered, heading.cellIndex, order === "ascending" ? 1 : -1);
    for (const cell of heading.parentNode.cells) cell.removeAttribute("aria-sort");
    if (order !== "none") heading.setAttribute("aria-sort", order);
    table.tBodies[0].append(...rows);
    announce(say(`tables.${order}`, { column: name }));
  }

  /** Rows by the cells of one column: figures or days before words, figures of one unit together, and nothing (–) last. */
  function inOrder(rows, column, sign) {
    const collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });
    const read = rows.map((row) => [row, row.cells[column] ? floorwalk.cells(row.cells[column]) : { kind: "nothing" }]);
    const said = read.filter(([, cell]) => cell.kind !== "nothing");
    const isMeasured = 2 * said.filter(([, cell]) => cell.value !== undefined).length > said.length;
    const place = (cell) => (cell.kind === "nothing" ? 2 : isMeasured && cell.value === undefined ? 1 : 0);
    const compare = (a, b) => {
      if (place(a) || place(b)) return place(a) - place(b) || (place(a) === 1 ? sign * collator.compare(a.text, b.text) : 0);
      if (!isMeasured) return sign * collator.compare(a.text, b.text);
      return a.kind === b.kind ? sign * (a.value - b.value) : a.kind.localeCompare(b.kind);
    };
    return read.sort(([, a], [, b]) => compare(a, b)).map(([row]) => row);
  }

  // ---------- filter
  const folded = (text) => text.normalize("NFKC").toLowerCase();

  function addFilter(table, place) {
    const rows = rowsOf(table);
    const texts = rows.map((row) => folded([...row.cells].map((cell) => cell.textContent).join(" ")));
    const id = `fw-filter-${++number}`;
    const box = make("input", { type: "search", id, autocomplete: "off", spellcheck: "false" });
    const count = make("span", { class: "fw-count", role: "status" });
    const show = () => {
      const words = folded(box.value).split(/\s+/).filter(Boolean);
      rows.forEach((row, index) => { row.hidden = !words.every((word) => texts[index].includes(word)); });
      const shown = rows.filter((row) => !row.hidden).length;
      count.textContent = words.length ? say("tables.count", { shown, all: rows.length }) : "";
    };
    box.addEventListener("input", show);
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !box.value) return;
      event.preventDefault();
      box.value = "";
      show();
    });
    place.before(make("div", { class: "fw-filter fw-scripts" }, make("label", { for: id }, say("tables.filter")), box, count));
  }

  // ---------- saving
  /** What the table or figure is called: its own headline or caption, else the heading above it. */
  function title(element) {
    const own = element.querySelector(".fw-headline, caption")?.textContent.trim();
    if (own) return own;
    const headings = [...document.querySelectorAll("h1, h2, h3")];
    return headings.findLast((each) => each.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)?.textContent.trim() ?? document.title;
  }

  function saving(element, kinds) {
    const id = `fw-save-${++number}`;
    const toggle = make("button", { type: "button", class: "fw-quiet-button", "aria-expanded": "false", "aria-controls": id }, say("save.save"));
    toggle.setAttribute("aria-label", say("save.what", { title: title(element) }));
    const choices = make("span", { id, class: "fw-choices", hidden: "" });
    for (const kind of kinds) {
      const choice = make("button", { type: "button", class: "fw-quiet-button", "data-fw-save": kind }, say(`save.${kind}`));
      choices.append(choice, " ");
    }
    choices.append(make("span", { class: "fw-saved", role: "status" }));
    const open = (isOpen) => {
      toggle.setAttribute("aria-expanded", String(isOpen));
      choices.hidden = !isOpen;
    };
    toggle.addEventListener("click", () => open(choices.hidden));
    const row = make("div", { class: "fw-tools fw-scripts" }, toggle, " ", choices);
    row.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || choices.hidden) return;
      open(false);
      toggle.focus();
    });
    return row;
  }

  floorwalk.tables = (part) => {
    for (const figure of part.querySelectorAll("figure.fw-figure")) {
      if (!figure.querySelector("table.fw-table")) continue;
      const isDrawn = figure.querySelector(".fw-scroll svg");
      figure.append(saving(figure, isDrawn ? ["csv", "xlsx", "svg", "png"] : ["csv", "xlsx"]));
    }
    for (const table of part.querySelectorAll("table.fw-table")) {
      const size = rowsOf(table).length;
      if (!table.tHead || !size || table.closest(".fw-paper, .fw-scripts, .fw-guide-scene, .fw-guide-pairs")) continue;
      const place = table.closest(".fw-wide") ?? table;
      if (!table.closest("figure.fw-figure")) place.after(saving(table, ["csv", "xlsx"]));
      if (!isPlain(table)) continue;
      if (size >= SORTED_FROM) addSorting(table);
      if (size >= FILTERED_FROM) addFilter(table, place);
    }
  };
  floorwalk.tables.title = title;
})();
