/* What all scripts of the site share: loading the others when they are needed. Every page is whole without any of them.

   A feature is a file assets/js/<name>.js that sets floorwalk.<name> = (element, event) => …; TRIGGERS says what loads it.
   Data made by the build are files assets/data/<name>.js, written by pipelines/site/scripts.py; they are scripts, not
   JSON, so that they can be read from a folder too, where fetching is forbidden. */
(() => {
  "use strict";
  const root = new URL("../../", document.currentScript.src); // the language's root
  const loading = {};
  const given = {};

  // names of measures are known by where they lead: no bytes in the page
  const TERMS = '[data-fw-term], .md-content a[href*="kpis/"], .md-content a[href*="glossary.html#"]';
  const TRIGGERS = [
    // [event, what it happens to, the feature that answers]
    ["click", "[data-fw-jump]", "jump"],
    ["pointerover", TERMS, "terms"],
    ["focusin", TERMS, "terms"],
    ["click", ".fw-n, [data-fw-explain]", "passport"],
    ["click", "[data-fw-live]", "live"],
    ["click", "[data-fw-save]", "save"],
  ];

  function load(path) {
    loading[path] ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = new URL(path, root);
      script.onload = done;
      script.onerror = () => failed(new Error(`${path} could not be read`));
      document.head.append(script);
    });
    return loading[path];
  }

  const floorwalk = (window.floorwalk = {
    root,
    /** Called by data files. */
    give: (name, value) => { given[name] = value; },
    /** Promise of the content of assets/data/<name>.js. */
    data: (name) => load(`assets/data/${name}.js`).then(() => given[name]),
    /** Promise that resolves when the feature's function and the words of scripts are there. */
    need: (name) => Promise.all([load(`assets/js/${name}.js`), floorwalk.data("words")]).then(() => floorwalk[name]),
    /** A sentence in the page's language, {placeholders} filled. Only after `need`. */
    say: (key, values = {}) => given.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]),
    /** Make an element: tag, attributes, children (strings become text, never markup). */
    make: (tag, attributes = {}, ...children) => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      element.append(...children);
      return element;
    },
  });

  for (const [event, selector, feature] of TRIGGERS) {
    document.addEventListener(event, (happened) => {
      const element = happened.target.closest?.(selector);
      if (element) floorwalk.need(feature).then((answer) => answer(element, happened));
    });
  }
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      floorwalk.need("jump").then((answer) => answer(null, event));
    }
  });
  // What only works with scripts is hidden in the page until here (css: .fw-scripts).
  document.documentElement.classList.add("fw-has-scripts");
  const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(work, 200));
  whenIdle(() => {
    // The theme wraps tables of documents in boxes that scroll; nobody could reach one with the keyboard.
    for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) {
      if (box.scrollWidth > box.clientWidth && !box.querySelector("a, button, input")) box.tabIndex = 0;
    }
    for (const panel of document.querySelectorAll("[data-fw-compare]")) {
      floorwalk.need("compare").then((answer) => answer(panel, null));
    }
    if (document.querySelector("table.fw-table")) floorwalk.need("tables").then((answer) => answer(document, null));
  });
})();
