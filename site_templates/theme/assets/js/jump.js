/* Quick jump: a dialog that finds a page by id, name, part of a name, pinyin, initials, either Chinese script, English.
   All forms of a name are made by the build (assets/data/jump.js); here they are only compared. Combobox with a list box
   as in the WAI-ARIA Authoring Practices: focus stays in the field, aria-activedescendant tells what is chosen. */
(() => {
  "use strict";
  const SHOWN = 12;
  const { make, say } = floorwalk;
  let dialog, field, list, told, pages, found, chosen;

  /** Text without case, width and accents; ü is typed as v. */
  const normal = (text) => text.normalize("NFKC").toLowerCase().replace(/ü/g, "v")
    .normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
  const bare = (text) => normal(text).replace(/[\s·,，、()（）'’_-]+/g, "");
  /** Words of a name; Chinese and Latin letters that stand together are two words. */
  const words = (text) => normal(text).split(/[\s·,，、()（）'’_-]+|(?<=\p{sc=Han})(?=[a-z0-9])|(?<=[a-z0-9])(?=\p{sc=Han})/u).filter(Boolean);

  function read(groups) {
    return groups.flatMap(({ kind, from, to, entries }, order) => entries.map(([title, path, keys], place) => ({
      kind, order, place, title, href: new URL(from + path + to, floorwalk.root).href,
      names: [title, ...keys.split("|").filter(Boolean)].map((name) => {
        const parts = words(name);
        const starts = new Set();
        parts.reduce((at, part) => { starts.add(at); return at + part.length; }, 0);
        return { parts, starts, joined: parts.join(""), initials: parts.map((part) => part[0]).join("") };
      }),
    })));
  }

  /** How well a name fits, smaller is better: 0 whole, 1 begins so, 2 a word begins so, 3 initials, 4 anywhere. */
  function fit(name, query, parts) {
    if (name.joined === query) return 0;
    if (name.joined.startsWith(query)) return 1;
    const at = name.joined.indexOf(query);
    for (let next = at; next >= 0; next = name.joined.indexOf(query, next + 1)) if (name.starts.has(next)) return 2;
    if (parts.length > 1 && parts.every((part) => name.parts.some((word) => word.startsWith(part)))) return 2;
    if (query.length > 1 && name.initials.startsWith(query)) return 3;
    return at >= 0 ? 4 : 5;
  }

  function find(text) {
    const query = bare(text);
    if (!query) return [];
    const parts = words(text);
    return pages
      .map((page) => [Math.min(...page.names.map((name) => fit(name, query, parts))), page])
      .filter(([rank]) => rank < 5)
      .sort(([a, one], [b, other]) => a - b || one.order - other.order || one.place - other.place)
      .map(([, page]) => page);
  }

  function build() {
    field = make("input", {
      type: "text", role: "combobox", class: "fw-jump-field", id: "fw-jump-field", autocomplete: "off", spellcheck: "false",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "fw-jump-list", "aria-describedby": "fw-jump-told",
    });
    list = make("ul", { role: "listbox", id: "fw-jump-list", "aria-label": say("jump.title") });
    told = make("p", { id: "fw-jump-told", role: "status" });
    const close = make("button", { type: "button", class: "fw-jump-close" }, say("jump.close"));
    dialog = make(
      "dialog", { class: "fw-jump", "aria-label": say("jump.title") },
      make("div", { class: "fw-jump-head" }, make("label", { for: "fw-jump-field" }, say("jump.label")), close), field, list, told,
    );
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    field.addEventListener("input", show);
    field.addEventListener("keydown", press);
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // focus stays in the field
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) go(found[[...list.children].indexOf(option)], event);
    });
    document.body.append(dialog);
  }

  function show() {
    const all = find(field.value);
    found = all.slice(0, SHOWN);
    list.replaceChildren(...found.map((page, place) => make(
      "li", { role: "option", id: `fw-jump-${place}`, "aria-selected": "false" },
      make("span", { class: "fw-jump-name" }, page.title), make("span", { class: "fw-jump-kind" }, say(`jump.${page.kind}`)),
    )));
    field.setAttribute("aria-expanded", String(found.length > 0));
    choose(found.length ? 0 : -1);
    told.textContent = !bare(field.value) ? say("jump.hint")
      : all.length > SHOWN ? say("jump.more", { n: SHOWN })
      : all.length === 1 ? say("jump.one")
      : all.length ? say("jump.found", { n: all.length })
      : say("jump.none");
  }

  function choose(place) {
    chosen = place;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    if (place < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", `fw-jump-${place}`);
      list.children[place].scrollIntoView({ block: "nearest" });
    }
  }

  function press(event) {
    if (event.isComposing) return; // the keys belong to the input method
    const last = found.length - 1;
    if (event.key === "Enter" && found[chosen]) go(found[chosen], event);
    else if (event.key === "ArrowDown" && last >= 0) choose(chosen < last ? chosen + 1 : 0);
    else if (event.key === "ArrowUp" && last >= 0) choose(chosen > 0 ? chosen - 1 : last);
    else return;
    event.preventDefault();
  }

  function go(page, event) {
    if (event.ctrlKey || event.metaKey) return window.open(page.href, "_blank", "noopener");
    dialog.close();
    location.assign(page.href);
  }

  floorwalk.jump = async () => {
    pages ??= read(await floorwalk.data("jump"));
    if (!dialog) build();
    if (dialog.open) return;
    field.value = "";
    show();
    dialog.showModal();
    field.focus();
  };
})();
