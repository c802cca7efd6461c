/* What a measure or a term means, beside its name while the pointer or the focus is on it (WCAG 1.4.13: it can be pointed
   at, Escape puts it away, it stays until the reader leaves). Meanings come from assets/data/terms.js. */
(() => {
  "use strict";
  const WAIT = 250; // milliseconds before it opens under a passing pointer, and before it closes on the way to it
  const { make } = floorwalk;
  let tip, shownFor, described, timer, known;

  /** What an element is about: [name, meaning, more], or undefined. */
  function meaning(element) {
    const term = element.dataset.fwTerm ?? element.getAttribute("href")?.match(/glossary\.html#([a-z-]+)$/)?.[1];
    if (term) return known.terms[term];
    return known.kpis[element.getAttribute("href")?.match(/kpis\/([a-z0-9_]+)\.html/)?.[1]];
  }

  function build() {
    tip = make("div", { role: "tooltip", id: "fw-tip", class: "fw-tip", hidden: "" });
    tip.addEventListener("pointerenter", () => clearTimeout(timer));
    tip.addEventListener("pointerleave", later);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
    document.body.append(tip);
  }

  function show(element, focused) {
    const [name, text, more] = meaning(element);
    hide();
    tip.replaceChildren(make("b", {}, name), make("span", {}, text), ...(more ? [make("small", {}, more)] : []));
    tip.hidden = false;
    const at = element.getBoundingClientRect();
    const left = Math.min(at.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
    const below = at.bottom + tip.offsetHeight + 8 < innerHeight || at.top < tip.offsetHeight + 8;
    tip.style.left = `${Math.max(8, left) + scrollX}px`;
    tip.style.top = `${(below ? at.bottom + 4 : at.top - tip.offsetHeight - 4) + scrollY}px`;
    shownFor = element;
    described = focused ?? element;
    described.setAttribute("aria-describedby", [described.getAttribute("aria-describedby"), tip.id].filter(Boolean).join(" "));
  }

  function hide() {
    clearTimeout(timer);
    if (!shownFor) return;
    const others = described.getAttribute("aria-describedby").split(" ").filter((id) => id !== tip.id).join(" ");
    if (others) described.setAttribute("aria-describedby", others);
    else described.removeAttribute("aria-describedby");
    tip.hidden = true;
    shownFor = undefined;
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(hide, WAIT);
  }

  floorwalk.terms = async (element, event) => {
    if (event.pointerType === "touch") return; // a tap follows the link
    known ??= await floorwalk.data("terms");
    if (!tip) build();
    if (!meaning(element)) return;
    clearTimeout(timer);
    if (event.type === "focusin") {
      if (!event.target.contains(document.activeElement)) return; // it has moved on while the data came
      event.target.addEventListener("focusout", hide, { once: true });
      show(element, event.target);
    } else if (shownFor !== element && element.matches(":hover")) {
      timer = setTimeout(() => show(element), WAIT);
      element.addEventListener("pointerleave", later, { once: true });
    } else if (shownFor === element) element.addEventListener("pointerleave", later, { once: true });
  };
})();
