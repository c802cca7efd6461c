/* A figure as a picture that stands alone: title, chart, key, source and day of the data, colours and type resolved.

   floorwalk.picture.svg(figure) and .png(figure) are promises of a Blob. Drawn as the reader sees it, light or dark. */
(() => {
  "use strict";
  const SPACE = "http://www.w3.org/2000/svg";
  const MARGIN = 16;
  const SCALE = 2;
  const INHERITED = ["fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray",
    "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "font-family", "font-size", "font-weight",
    "font-style", "font-variant-numeric", "text-anchor", "visibility", "paint-order", "letter-spacing", "direction",
    "marker-start", "marker-mid", "marker-end", "color"];
  const OWN = { opacity: "1", display: "inline", "dominant-baseline": "auto", "clip-path": "none", mask: "none", "stop-color": "", "stop-opacity": "1", "mix-blend-mode": "normal" };

  const node = (tag, attributes, ...children) => {
    const made = document.createElementNS(SPACE, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  /** Write what the page's style sheets say into the copy, where it differs from what is inherited anyway. */
  function resolve(shown, copy, inherited) {
    const style = getComputedStyle(shown);
    const own = {};
    for (const name of INHERITED) own[name] = style.getPropertyValue(name);
    const kept = Object.entries(own).filter(([name, value]) => value && value !== inherited[name]);
    for (const [name, usual] of Object.entries(OWN)) {
      const value = style.getPropertyValue(name);
      const counts = name.startsWith("stop-") ? shown.tagName === "stop" : value && value !== usual && !(name === "display" && value !== "none");
      if (counts) kept.push([name, value]);
    }
    for (const name of ["class", "style", "tabindex", "role"]) copy.removeAttribute(name);
    for (const [name] of [...copy.attributes].map((each) => [each.name])) if (name.startsWith("data-") || name.startsWith("aria-")) copy.removeAttribute(name);
    for (const name of [...INHERITED, ...Object.keys(OWN)]) copy.removeAttribute(name);
    copy.setAttribute("style", kept.map(([name, value]) => `${name}:${value.replaceAll('"', "'")}`).join(";"));
    if (!kept.length) copy.removeAttribute("style");
    [...shown.children].forEach((child, index) => resolve(child, copy.children[index], own));
  }

  /** The lines of a text at most `width` wide; Chinese breaks anywhere, other words at spaces. */
  function lines(text, font, width) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = font;
    const made = [""];
    for (const word of text.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+/g) ?? []) {
      const longer = made.at(-1) + word;
      if (made.at(-1) && pen.measureText(longer.trimEnd()).width > width) made.push(word);
      else made[made.length - 1] = longer;
    }
    return made.map((line) => line.trim()).filter(Boolean);
  }

  const spoken = (element) => (element?.innerText ?? "").replace(/\s+/g, " ").trim();

  function size(svg) {
    const view = svg.viewBox.baseVal;
    return view?.width ? { width: view.width, height: view.height } : svg.getBoundingClientRect();
  }

  /** A drawing of the page, copied with what its style sheets say, at a place. */
  function placed(svg, x, y, { width, height }) {
    const copy = svg.cloneNode(true);
    resolve(svg, copy, {});
    for (const [name, value] of Object.entries({ x, y, width, height })) copy.setAttribute(name, value);
    return copy;
  }

  /** Marks and what they mean, beside each other as long as they fit; returns the height reached. */
  function writeKey(picture, figure, top, inner, family, ink) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `12px ${family}`;
    let x = MARGIN;
    let y = top;
    const entries = [...figure.querySelectorAll(".fw-key > li")];
    for (const entry of entries) {
      const mark = entry.querySelector("svg");
      const box = mark ? size(mark) : { width: 0, height: 0 };
      const text = floorwalk.cells.text(entry);
      const wide = box.width + 6 + pen.measureText(text).width;
      if (x > MARGIN && x + wide > MARGIN + inner) [x, y] = [MARGIN, y + 20];
      if (mark) picture.append(placed(mark, x, y + 9 - box.height / 2, box));
      picture.append(node("text", { x: x + box.width + 6, y: y + 13, fill: ink, "font-size": 12 }, text));
      x += wide + 16;
    }
    return entries.length ? y + 28 : y;
  }

  function build(figure) {
    const charts = [...figure.querySelectorAll(".fw-scroll svg")].filter((svg) => !svg.parentElement.closest("svg"));
    const page = getComputedStyle(document.documentElement);
    const colour = (name) => page.getPropertyValue(`--fw-${name}`).trim();
    const family = getComputedStyle(charts[0]).fontFamily.replaceAll('"', "'");
    const sizes = charts.map(size);
    const inner = Math.max(...sizes.map((size) => size.width));
    const width = inner + 2 * MARGIN;
    const picture = node("svg", { xmlns: SPACE });
    let y = MARGIN;
    const write = (text, size, weight, ink) => {
      for (const line of lines(text, `${weight} ${size}px ${family}`, inner)) {
        y += Math.round(size * 1.4);
        picture.append(node("text", { x: MARGIN, y: y - Math.round(size * 0.35), fill: ink, "font-size": size, "font-weight": weight }, line));
      }
    };
    write(spoken(figure.querySelector(".fw-headline")), 17, 600, colour("ink"));
    write(spoken(figure.querySelector(".fw-subtitle")), 13, 400, colour("muted"));
    y = writeKey(picture, figure, y + 4, inner, family, colour("ink"));
    charts.forEach((svg, index) => {
      picture.append(placed(svg, MARGIN, y, sizes[index]));
      y += sizes[index].height + 8;
    });
    for (const note of figure.querySelectorAll(".fw-notes > li")) write(spoken(note), 12, 400, colour("muted"));
    write(spoken(figure.querySelector(".fw-source")), 12, 400, colour("muted"));
    y += MARGIN;
    picture.setAttribute("width", width);
    picture.setAttribute("height", y);
    picture.setAttribute("viewBox", `0 0 ${width} ${y}`);
    picture.setAttribute("font-family", family);
    picture.setAttribute("lang", document.documentElement.lang);
    picture.prepend(node("title", {}, spoken(figure.querySelector(".fw-headline"))), node("rect", { width, height: y, fill: colour("surface") }));
    return { text: new XMLSerializer().serializeToString(picture), width, height: y };
  }

  async function png(figure) {
    const { text, width, height } = build(figure);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`; // the policy allows no blob here
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(width * SCALE);
    canvas.height = Math.ceil(height * SCALE);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture came"))), "image/png"));
  }

  floorwalk.picture = {
    svg: async (figure) => new Blob([build(figure).text], { type: "image/svg+xml" }),
    png,
  };
})();
