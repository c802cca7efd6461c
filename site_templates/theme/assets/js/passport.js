/* Number passport: what a figure is, exactly, and the way to where it comes from.

   A click on a figure opens a small dialog beside it. For the keyboard, the button of the page's head makes every figure a
   button until Escape: a page with two hundred figures must not have two hundred stops for those who want none of them. */
(() => {
  "use strict";
  const { make } = window.floorwalk;
  const LINKED = "a, button, summary, label, dialog";
  let facts;
  let open; // { dialog, from }

  // ---------- the dialog
  async function show(figure) {
    facts ??= await floorwalk.data("passport");
    const kpi = facts.kpis[figure.dataset.kpi];
    if (!kpi) return;
    shut(false);
    const title = make("h2", { id: "fw-passport-title" }, kpi.name);
    const close = make("button", { type: "button", class: "fw-passport-close", "aria-label": floorwalk.say("passport.close") }, "×");
    const more = make("a", { href: new URL(`kpis/${figure.dataset.kpi}.html#passport`, floorwalk.root).href }, floorwalk.say("passport.more"));
    const dialog = make(
      "dialog",
      { class: "fw-passport", "aria-labelledby": title.id },
      close,
      title,
      make("p", { class: "fw-passport-figure" }, figure.textContent.trim()),
      lines(kpi, figure.dataset),
      make("p", { class: "fw-passport-meaning" }, kpi.meaning),
      make("p", {}, more),
    );
    close.addEventListener("click", () => shut());
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        shut();
      }
    });
    dialog.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !dialog.contains(event.relatedTarget)) shut(false);
    });
    document.body.append(dialog);
    open = { dialog, from: figure };
    figure.setAttribute("aria-expanded", "true");
    dialog.open = true; // not show(), which would move focus, and the page with it, before the dialog has its place
    place(dialog, figure);
    more.focus({ preventScroll: true });
  }

  function lines(kpi, { value, period }) {
    const exact = kpi.unit ? floorwalk.say("passport.as_held", { value, unit: kpi.unit }) : value;
    const rows = floorwalk.say("passport.until", { rows: kpi.rows, day: facts.until });
    const said = [
      ["passport.exact", exact],
      ["passport.period", facts.periods[period] ?? ""],
      ["passport.rows", rows],
      ["passport.range", kpi.range],
      ["passport.tests", kpi.guarded],
    ];
    const shown = said.filter(([, text]) => text);
    return make("dl", {}, ...shown.flatMap(([key, text]) => [make("dt", {}, floorwalk.say(key)), make("dd", {}, text)]));
  }

  /** Below the figure where there is room, else above; never beyond the window's sides. */
  function place(dialog, figure) {
    const at = figure.getBoundingClientRect();
    const own = dialog.getBoundingClientRect();
    const right = document.documentElement.clientWidth - own.width - 8;
    const isBelow = at.bottom + own.height + 8 < window.innerHeight || at.top < own.height + 8;
    dialog.style.left = `${window.scrollX + Math.max(8, Math.min(at.left, right))}px`;
    dialog.style.top = `${window.scrollY + (isBelow ? at.bottom + 6 : at.top - own.height - 6)}px`;
  }

  function shut(isBack = true) {
    if (!open) return;
    const { dialog, from } = open;
    open = undefined;
    dialog.remove();
    from.removeAttribute("aria-expanded");
    if (!isBack) return;
    if (from.tabIndex < 0) from.setAttribute("tabindex", "-1");
    from.focus({ preventScroll: true });
  }

  document.addEventListener("pointerdown", (event) => {
    if (open && !open.dialog.contains(event.target) && !open.from.contains(event.target)) shut(false);
  });

  // ---------- for the keyboard: figures as buttons
  const explaining = { button: undefined, figures: [] };
  const told = make("p", { class: "fw-passport-told", role: "status" });
  document.body.append(told);

  function begin(button) {
    explaining.button = button;
    const all = [...document.querySelectorAll(".fw-n[data-kpi]")];
    explaining.figures = all.filter((figure) => !figure.closest(LINKED) && figure.checkVisibility());
    for (const figure of explaining.figures) {
      figure.setAttribute("role", "button");
      figure.setAttribute("tabindex", "0");
      figure.setAttribute("aria-haspopup", "dialog");
    }
    if (!explaining.figures.length) {
      told.textContent = floorwalk.say("passport.none");
      explaining.button = undefined;
      return;
    }
    button.setAttribute("aria-pressed", "true");
    document.documentElement.classList.add("fw-explaining");
    told.textContent = floorwalk.say("passport.explaining");
  }

  function end() {
    for (const figure of explaining.figures) {
      for (const name of ["role", "tabindex", "aria-haspopup"]) figure.removeAttribute(name);
    }
    explaining.figures = [];
    explaining.button.setAttribute("aria-pressed", "false");
    explaining.button.focus();
    explaining.button = undefined;
    document.documentElement.classList.remove("fw-explaining");
    told.textContent = floorwalk.say("passport.ended");
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open) shut();
    else if (event.key === "Escape" && explaining.button) end();
    const figure = event.target.closest?.('.fw-n[role="button"]');
    if (figure && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      show(figure);
    }
  });

  floorwalk.passport = (element) => {
    if (element.matches("[data-fw-explain]")) {
      if (explaining.button) end();
      else begin(element);
      return undefined;
    }
    const isPicked = String(window.getSelection()).trim() !== "";
    if (element.closest(LINKED) || isPicked || !element.dataset.kpi) return undefined;
    if (open?.from === element) return shut();
    return show(element);
  };
})();
