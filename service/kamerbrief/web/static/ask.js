// Asking without leaving the page: sentences come as they are proven. Without this, the form gives the answer's page.
import { follow } from "./events.js";
import { watchLetters } from "./beside.js";
import { watchActions } from "./actions.js";

const form = document.getElementById("ask");
const thread = document.getElementById("thread");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!form.hasAttribute("aria-busy")) ask(event.submitter?.name === "example" ? event.submitter.value : "");
});
form.elements.question.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
let here = location.pathname + location.search;
window.addEventListener("popstate", () => location.pathname + location.search !== here && location.reload());
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelectorAll(".cite:hover, .cite:focus-within").forEach(close);
});
watchLetters(document.getElementById("beside"));
watchActions();

showExamples(document.getElementById("examples"));

/** Examples are looked for when the page is there already. */
async function showExamples(place) {
  const response = place && (await fetch(place.dataset.from, { headers: { Accept: "text/html" } }).catch(() => null));
  if (response?.ok) place.innerHTML = await response.text();
}

async function ask(example) {
  const sent = new URLSearchParams(new FormData(form));
  if (example) sent.set("question", example);
  const answer = begin(sent.get("question"));
  form.setAttribute("aria-busy", "true");
  try {
    const headers = { Accept: "text/event-stream, text/html" };
    const response = await fetch(form.action, { method: "POST", body: sent, headers });
    if (!response.ok) throw await response.text();
    await follow(response, (name, html) => told(answer, name, html));
    if (answer.hasAttribute("aria-busy")) throw "";
  } catch (problem) {
    fail(answer, typeof problem === "string" ? problem : "");
  } finally {
    form.removeAttribute("aria-busy");
  }
}

function begin(question) {
  const answer = document.getElementById("asked").content.firstElementChild.cloneNode(true);
  answer.querySelector(".answer__question").textContent = question;
  document.querySelectorAll(".ask__intro, #examples").forEach((one) => one.remove());
  thread.append(answer);
  form.elements.question.value = "";
  answer.scrollIntoView({ block: "start" });
  return answer;
}

function told(answer, name, html) {
  if (name === "sentence") {
    answer.querySelector(".answer__busy")?.remove();
    answer.querySelector(".answer__sentences").insertAdjacentHTML("beforeend", html);
  } else if (name === "done") {
    settle(answer);
    answer.insertAdjacentHTML("beforeend", html);
    const end = answer.querySelector(".answer__end");
    form.elements.after.value = end.dataset.after;
    const label = form.querySelector("[data-further]");
    label.textContent = label.dataset.further;
    go(end.dataset.address);
    document.title = `${answer.querySelector(".answer__question").textContent} · kamerbrief`;
  } else if (name === "problem") {
    fail(answer, html);
  }
}

function go(address) {
  history.pushState(null, "", address);
  here = address;
  for (const link of document.querySelectorAll(".page-header [hreflang]")) {
    const url = new URL(address, location);
    url.searchParams.set("lang", link.hreflang);
    link.href = url;
  }
}

function fail(answer, html) {
  settle(answer);
  if (html) answer.insertAdjacentHTML("beforeend", html);
  else answer.append(document.getElementById("lost").content.cloneNode(true));
  if (!form.elements.question.value) form.elements.question.value = answer.querySelector(".answer__question").textContent;
}

function settle(answer) {
  answer.querySelector(".answer__busy")?.remove();
  answer.removeAttribute("aria-busy");
}

function close(cite) {
  cite.classList.add("cite--closed");
  const again = () => cite.classList.remove("cite--closed");
  cite.addEventListener("mouseleave", again, { once: true });
  cite.addEventListener("focusout", again, { once: true });
}
