// What a dossier's letters promise, and what changed, comes when it was found; without this a link shows it.
import { watchLetters } from "./beside.js";

const found = document.getElementById("found");

watchLetters(document.getElementById("beside"));
if ("unasked" in found.dataset) look();
else found.querySelector(".dossier__look a")?.addEventListener("click", (event) => {
  event.preventDefault();
  look();
});

async function look() {
  const link = found.querySelector(".dossier__look");
  const busy = found.querySelector(".dossier__busy");
  link.hidden = true;
  busy.hidden = false;
  const response = await fetch(found.dataset.found, { headers: { Accept: "text/html" } }).catch(() => null);
  const there = response?.ok && new DOMParser().parseFromString(await response.text(), "text/html").getElementById("found");
  if (there) {
    found.lang = there.lang;
    found.replaceChildren(...document.importNode(there, true).childNodes);
  } else {
    busy.hidden = true;
    link.hidden = false;
  }
}
