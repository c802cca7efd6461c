/* What a cell of a table holds: floorwalk.cells(cell) is {kind, text, value, raw, decimals, whole}.

   kind      "nothing" (empty or –), "number", "share" (of 1), "seconds", "day", "period" (sorts by its begin), "range"
             (sorts by its low end) or "text"
   value     number to sort by; days and periods in milliseconds, UTC
   raw       the figure as the page's data-value has it, else `value` as text; days as 2024-03-31
   decimals  decimals of the figure as it is shown; isGrouped says whether thousands are set apart
   shown     the figure as it is shown, where the page has its data-value
   whole     whether the figure is all the cell says, marks aside
   The writings are those of pipelines/figures.py in all languages of the site. */
(() => {
  "use strict";
  const NUMBER = /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/;
  const DURATION = /^([+-]?)(?:([\d,]+) ?(?:h|小[时時]) ?)?(?:(\d+) ?(?:min|分[钟鐘]?) ?)?(?:([\d,]+(?:\.(\d+))?) ?(?:s|秒))?$/;
  const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
  const QUARTERS = "一二三四";

  /** The text of an element as somebody reads it aloud: pictures by their name, nothing that scripts added. */
  function textOf(element) {
    const parts = [];
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) parts.push(node.data);
      if (node.nodeType !== Node.ELEMENT_NODE || node.matches(".fw-scripts, [aria-hidden='true'], [hidden]")) return;
      if (node !== element && node.matches("[role='img']")) parts.push(` ${node.getAttribute("aria-label") ?? ""} `);
      else if (!(node instanceof SVGElement)) {
        const isBlock = /^(BR|P|DIV|LI|DD|DT|UL)$/.test(node.tagName) || node.matches(".fw-finding");
        if (isBlock) parts.push(" ");
        node.childNodes.forEach(walk);
        if (isBlock) parts.push(" ");
      }
    };
    walk(element);
    return parts.join("").replace(/\s+/g, " ").trim();
  }

  const plain = (text) => Number(text.replaceAll(",", ""));
  const exact = (x) => Number(x.toPrecision(12)); // 12.3 / 100 is 0.123
  const day = (year, month, number) => Date.UTC(Number(year), month, Number(number));

  function figure(text) {
    const number = NUMBER.exec(text);
    if (number) return { kind: "number", value: plain(text), decimals: number[1]?.length ?? 0, isGrouped: text.includes(",") };
    const share = /^(.+?) ?%$/.exec(text);
    const percent = share && NUMBER.exec(share[1]);
    if (percent) return { kind: "share", value: exact(plain(share[1]) / 100), decimals: percent[1]?.length ?? 0 };
    const points = /^(.+?) ?(?:percentage points|[个個]百分[点點])$/.exec(text);
    if (points) return figure(points[1]);
    const clock = /^(\d+):([0-5]\d)$/.exec(text);
    if (clock) return { kind: "seconds", value: 60 * clock[1] + Number(clock[2]), decimals: 0 };
    const parts = DURATION.exec(text);
    if (!parts || !(parts[2] ?? parts[3] ?? parts[4])) return null;
    const [hours, minutes, seconds] = [parts[2], parts[3], parts[4]].map((part) => plain(part ?? "0"));
    const sign = parts[1] === "-" ? -1 : 1;
    return { kind: "seconds", value: sign * exact(3600 * hours + 60 * minutes + seconds), decimals: parts[5]?.length ?? 0 };
  }

  function time(text) {
    let found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(text);
    if (found) return { kind: "day", value: day(found[1], found[2] - 1, found[3]) };
    found = /^(\d{1,2}) ([A-Za-z]{3,9}) (\d{4})$/.exec(text);
    if (found) return named(found[3], found[2], found[1], "day");
    found = /^([A-Za-z]{3,9}) (\d{4})$/.exec(text);
    if (found) return named(found[2], found[1], 1, "period");
    found = /^(\d{4})年(\d{1,2})月$/.exec(text);
    if (found) return { kind: "period", value: day(found[1], found[2] - 1, 1) };
    found = /^Q([1-4]) (\d{4})$/.exec(text);
    if (found) return { kind: "period", value: day(found[2], 3 * (found[1] - 1), 1) };
    found = /^(\d{4})年第([一二三四])季度?$/.exec(text);
    if (found) return { kind: "period", value: day(found[1], 3 * QUARTERS.indexOf(found[2]), 1) };
    found = /^week of (.+)$/.exec(text) ?? /^(.+)[当當][周週]$/.exec(text) ?? /^(.+日|.+ \d{4}) ?\d\d:\d\d:\d\d$/.exec(text);
    const begin = found && time(found[1]);
    return begin && { kind: "period", value: begin.value };
  }

  function named(year, name, number, kind) {
    const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase());
    return month < 0 ? null : { kind, value: day(year, month, number) };
  }

  function read(text) {
    const found = figure(text) ?? time(text);
    if (found) return found;
    const begin = /^(.+?)(?: to |～| ?至)(.+)$/.exec(text)?.[1];
    const low = begin && (figure(begin) ?? time(begin));
    return low ? { kind: low.kind === "day" || low.kind === "period" ? "period" : "range", value: low.value } : { kind: "text" };
  }

  const cells = (cell) => {
    const text = textOf(cell);
    if (text === "" || text === "–") return { kind: "nothing", text: "", whole: true };
    const figures = cell.querySelectorAll(".fw-n[data-value]");
    if (figures.length === 1) {
      const shown = read(textOf(figures[0]).replaceAll("\u2212", "-"));
      const { value: raw } = figures[0].dataset;
      const marks = [...cell.querySelectorAll("[role='img']")].map((mark) => mark.getAttribute("aria-label") ?? "");
      const rest = [textOf(figures[0]), ...marks].reduce((left, part) => left.replace(part, ""), text);
      const kind = ["share", "seconds"].includes(shown.kind) ? shown.kind : "number";
      return { ...shown, kind, text, shown: shown.value, value: Number(raw), raw, whole: rest.trim() === "" };
    }
    const times = cell.querySelectorAll("time[datetime]");
    const read_text = times.length === 1 ? times[0].dateTime.slice(0, 10) : text.replaceAll("\u2212", "-").replace(/ ?[◆■●○]$/, "");
    const found = { text, ...read(read_text), whole: true };
    if (found.kind === "day") found.raw = new Date(found.value).toISOString().slice(0, 10);
    else if (found.value !== undefined) found.raw = String(found.value);
    return found;
  };
  cells.text = textOf;
  floorwalk.cells = cells;
})();
