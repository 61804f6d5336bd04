// A briefing that is being made is followed until it is there; one that is read opens letters beside it, and prints.
import { watchLetters } from "./beside.js";

const job = document.getElementById("job");
const panel = document.getElementById("beside");
const print = document.querySelector("[data-print]");

if (job) followJob();
if (panel) watchLetters(panel);
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

function followJob() {
  const events = new EventSource(job.dataset.events);
  const bar = job.querySelector("progress");
  events.addEventListener("progress", (event) => {
    const { done, letters, letter } = JSON.parse(event.data);
    bar.max = letters;
    bar.value = done;
    job.querySelector(".job__text").textContent = job.dataset.progress.replace("{done}", done).replace("{letters}", letters);
    const line = document.createElement("li");
    line.textContent = letter;
    job.querySelector(".job__letters").prepend(line);
  });
  const over = () => {
    events.close();
    location.reload();
  };
  events.addEventListener("done", over);
  events.addEventListener("problem", over);
}
