/* The page above the languages: goes on to the reader's language, without scripts it offers all of them as links. */
(() => {
  "use strict";
  const offered = document.documentElement.dataset.languages.split(" ");
  const wanted = (navigator.languages ?? [navigator.language]).map((locale) => locale.toLowerCase().split("-")[0]);
  location.replace(`${wanted.find((code) => offered.includes(code)) ?? offered[0]}/index.html`);
})();
