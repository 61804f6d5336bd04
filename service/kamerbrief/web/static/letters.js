// Adding files one by one, with what became of each, without leaving the list. Without this the form adds them at once.
const form = document.getElementById("add");
const state = document.getElementById("adding");
const added = document.getElementById("added");
const bar = document.querySelector(".adding__bar");
const drop = form.querySelector(".drop");
let waiting = [];
let done = 0;
let busy = false;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  take(form.elements.files.files);
  form.reset();
});
for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("drop--over");
  });
}
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("drop--over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  take(event.dataTransfer.files);
});

async function take(files) {
  waiting.push(...files);
  if (busy) return;
  busy = true;
  bar.hidden = false;
  while (waiting.length) {
    const file = waiting.shift();
    bar.max = done + waiting.length + 1;
    bar.value = done;
    state.textContent = state.dataset.busy.replace("{number}", done + 1).replace("{count}", bar.max).replace("{name}", file.name);
    added.prepend(...(await send(file)));
    done += 1;
  }
  bar.value = bar.max = done;
  state.textContent = state.dataset.done.replace("{count}", done);
  busy = false;
}

/** Lines that say what became of a file. */
async function send(file) {
  const body = new FormData();
  body.append("files", file, file.name);
  const headers = { Accept: "text/html", "X-CSRF-Token": form.dataset.token };
  try {
    const response = await fetch(form.action, { method: "POST", body, headers });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const lines = [...page.querySelectorAll("[data-outcomes] > li")];
    if (lines.length) return lines;
    return [failed(file, page.querySelector(".alert p")?.textContent ?? state.dataset.lost)];
  } catch {
    return [failed(file, state.dataset.lost)];
  }
}

function failed(file, reason) {
  const line = document.createElement("li");
  line.className = "outcome outcome--bad";
  const name = document.createElement("strong");
  name.textContent = file.name;
  line.append(name, ` ${reason}`);
  return line;
}
