/* Saving what a page shows: a table as CSV or Excel, a figure also as a picture. Answers [data-fw-save="<kind>"].

   Rows are saved as they stand: filtered and in the order chosen. Figures keep the value behind them, not its rounding.
   Nothing from data becomes a formula: CSV marks such text with an apostrophe, Excel gets it as typed text. */
(() => {
  "use strict";
  const { make, say } = floorwalk;
  const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  const RISKY = /^[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20\u2212]/; // full-width forms start a formula in Chinese Excel, too
  let library;

  /** The site's own copy of a library, loaded when it is first needed. */
  function vendored(name) {
    library ??= new Promise((done, failed) => {
      const script = make("script", { src: new URL(`assets/vendor/${name}`, floorwalk.root) });
      script.onload = done;
      script.onerror = () => { library = undefined; failed(new Error(`${name} could not be read`)); };
      document.head.append(script);
    });
    return library;
  }

  /** Headings and rows of cells as they are shown; cells over several columns leave the others empty. */
  function grid(table) {
    const line = (row) => [...row.cells].flatMap((cell) => [floorwalk.cells(cell), ...Array(cell.colSpan - 1).fill({ kind: "nothing", whole: true })]);
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !row.hidden);
    const headings = [...table.tHead.rows].at(-1);
    return { headings: line(headings).map((cell) => cell.text ?? ""), rows: rows.map(line) };
  }

  const isFigure = (cell) => cell.whole && ["number", "share", "seconds"].includes(cell.kind);

  // ---------- CSV
  const quoted = (text) => `"${(RISKY.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

  function csvCell(cell) {
    if (cell.kind === "nothing") return "";
    if (isFigure(cell)) return cell.raw;
    return cell.kind === "day" ? cell.raw : quoted(cell.text);
  }

  function csv({ headings, rows }) {
    const lines = [headings.map(quoted), ...rows.map((row) => row.map(csvCell))];
    return new Blob(["\ufeff", ...lines.map((line) => `${line.join(",")}\r\n`)], { type: "text/csv;charset=utf-8" });
  }

  // ---------- Excel
  function format(cell) {
    const decimals = cell.decimals ? `.${"0".repeat(cell.decimals)}` : "";
    if (cell.kind === "share") return `0${decimals}%`;
    if (cell.kind === "seconds") return '#,##0.0##" s"';
    if (Math.abs((cell.shown ?? cell.value) - cell.value) > 10 ** -(cell.decimals ?? 0)) return "0.0000##"; // shown per thousand
    return `${cell.isGrouped ? "#,##0" : "0"}${decimals}`;
  }

  const asText = (text) => text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_"); // Excel reads _x0041_ as A

  function xlsxCell(cell) {
    if (cell.kind === "nothing") return null;
    if (isFigure(cell)) return { value: cell.value, type: Number, format: format(cell) };
    if (cell.kind === "day") return { value: new Date(cell.value), type: Date, format: "yyyy-mm-dd" };
    return { value: asText(cell.text), type: String, wrap: cell.text.length > 40, alignVertical: "top" };
  }

  const column = (index) => (index < 26 ? "" : column(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));
  const width = (text) => [...text].reduce((sum, sign) => sum + (sign > "\u2e80" ? 2 : 1), 0);

  async function xlsx({ headings, rows }, title, isNamed) {
    await vendored("write-excel-file.min.js");
    const data = [
      headings.map((text) => ({ value: asText(text), type: String, fontWeight: "bold", wrap: true, alignVertical: "top" })),
      ...rows.map((row) => row.map(xlsxCell)),
    ];
    const columns = headings.map((text, index) => {
      const widest = Math.max(width(text) * 0.6, ...rows.map((row) => width((row[index] ?? {}).text ?? "")));
      return { width: Math.min(44, Math.max(9, widest + 3)) };
    });
    const filter = `<autoFilter ref="A1:${column(headings.length - 1)}${data.length}"/>`;
    const filtering = { files: { transform: { "xl/worksheets/sheet{id}.xml": { transform: (xml) => xml.replace("</sheetData>", `</sheetData>${filter}`) } } } };
    const sheet = title.replace(/[\\/?*[\]:]/g, " ").replace(/^'+|'+$/g, "").slice(0, 31).trim() || "1";
    const options = { sheet, columns, stickyRowsCount: 1, stickyColumnsCount: isNamed ? 1 : 0 };
    return new Blob([await window.writeXlsxFile(data, options, { features: [filtering] }).toBlob()], { type: XLSX });
  }

  // ---------- all kinds
  const short = (text) => (text.length > 70 ? text.slice(0, 70).replace(/ \S*$/, "") : text);

  /** A name that every file system takes: page, what it shows, day of the data. */
  function fileName(parts, ending) {
    const clean = parts.filter(Boolean).map((part) => part.replace(/[\\/:*?"<>|\p{C}]+/gu, " ").replace(/\s+/g, " ").trim()).map(short);
    return `${[...new Set(clean)].join(" - ").replace(/^\.+/, "")}.${ending}`;
  }

  function download(blob, name) {
    const url = URL.createObjectURL(blob);
    const link = make("a", { href: url, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  }

  async function made(kind, figure, table, title) {
    if (kind === "svg") return floorwalk.picture.svg(figure);
    if (kind === "png") return floorwalk.picture.png(figure);
    return kind === "csv" ? csv(grid(table)) : xlsx(grid(table), title, table.tBodies[0].rows[0].cells[0]?.tagName === "TH");
  }

  floorwalk.save = async (button) => {
    const kind = button.dataset.fwSave;
    const row = button.closest(".fw-tools");
    const figure = row.closest("figure.fw-figure");
    const beside = figure ?? row.previousElementSibling;
    const table = beside.matches("table") ? beside : beside.querySelector("table.fw-table");
    const title = floorwalk.tables.title(figure ?? table);
    const asOf = (beside.closest("[data-as-of]") ?? document.querySelector("[data-as-of]"))?.dataset.asOf;
    const said = row.querySelector(".fw-saved");
    said.textContent = "";
    try {
      await floorwalk.need("cells");
      if (kind === "svg" || kind === "png") await floorwalk.need("picture");
      const name = fileName([document.querySelector("h1")?.textContent, title, asOf], kind);
      download(await made(kind, figure, table, title), name);
      said.textContent = say("save.done");
    } catch (fault) {
      said.textContent = say("save.failed");
      throw fault;
    }
  };
})();
