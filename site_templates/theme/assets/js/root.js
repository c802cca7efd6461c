/* The page above the languages: goes on to the reader's language, without scripts it offers all of them as links.
   A language the browser names is looked up with its region or script first, then without (RFC 4647, "lookup"). */
(() => {
  "use strict";
  const { languages, reads } = document.documentElement.dataset;
  const pages = new Map(reads.split(" ").map((pair) => pair.split("=")));
  const page = (locale) => {
    const parts = locale.toLowerCase().split("-");
    while (parts.length && !pages.has(parts.join("-"))) parts.pop();
    return pages.get(parts.join("-"));
  };
  const wanted = (navigator.languages ?? [navigator.language]).map(page).find(Boolean);
  location.replace(`${wanted ?? languages.split(" ")[0]}/index.html`);
})();
