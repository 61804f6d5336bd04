// A letter beside what cites it, where there is room; else its link is followed as any other.
const wide = window.matchMedia("(min-width: 64rem)");

/** Opens links with `data-letter` in this panel. */
export function watchLetters(panel) {
  let opener = null;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-letter]");
    if (!link || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!panel.contains(link)) mark((opener = link));
    open(panel, link);
  });
  const close = () => {
    if (panel.hidden) return;
    panel.hidden = true;
    panel.parentElement.classList.remove("ask--beside");
    mark(null);
    opener?.focus();
  };
  panel.querySelector("[data-close]").addEventListener("click", close);
  panel.addEventListener("keydown", (event) => event.key === "Escape" && close());
  wide.addEventListener("change", close);
}

async function open(panel, link) {
  const url = new URL(link.href);
  const inside = panel.contains(link);
  const response = await fetch(url, { headers: { Accept: "text/html" } }).catch(() => null);
  const page = response?.ok && new DOMParser().parseFromString(await response.text(), "text/html");
  const letter = page && page.getElementById("letter");
  if (!letter) {
    location.assign(url);
    return;
  }
  panel.querySelector(".beside__letter").replaceChildren(document.importNode(letter, true));
  panel.querySelector(".beside__ways").replaceChildren(...page.querySelectorAll(".ways"));
  panel.querySelector(".beside__open").href = url;
  panel.hidden = false;
  panel.parentElement.classList.add("ask--beside");
  const target = document.getElementById(decodeURIComponent(url.hash.slice(1)));
  scrollTo(panel, target);
  ((inside && panel.querySelector(".ways [aria-current]")) || panel).focus({ preventScroll: true });
}

/** Brings a place into the middle of the panel, and leaves the page where it is. */
function scrollTo(panel, target) {
  if (!target) panel.scrollTo(0, 0);
  if (!target) return;
  const below = target.getBoundingClientRect().top - panel.getBoundingClientRect().top;
  panel.scrollTo({ top: panel.scrollTop + below - panel.clientHeight / 3, behavior: "instant" });
}

function mark(link) {
  document.querySelectorAll("a[data-letter][aria-current]").forEach((one) => one.removeAttribute("aria-current"));
  link?.setAttribute("aria-current", "true");
}
