// What can be done with an answer, without leaving it: copying goes to the clipboard, a verdict is sent.

export function watchActions() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-copy]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    copy(link);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-feedback]")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });
}

async function copy(link) {
  const told = link.closest("[data-copy-done]").querySelector(".actions__told");
  told.textContent = "";
  const forms = new Map();
  for (const form of new Set(["text", link.dataset.copy])) forms.set(form, await got(link.href, form));
  if ([...forms.values()].includes(null)) return location.assign(link.href);
  // By the event, and not by navigator.clipboard, which takes a word processor's footnotes out, and is not there without TLS.
  const write = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", forms.get(forms.has("markdown") ? "markdown" : "text"));
    if (forms.has("html")) event.clipboardData.setData("text/html", forms.get("html"));
  };
  document.addEventListener("copy", write, { once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", write);
  if (!done) return location.assign(link.href);
  told.textContent = link.closest("[data-copy-done]").dataset.copyDone;
}

async function got(address, form) {
  const url = new URL(address);
  url.searchParams.set("form", form);
  const response = await fetch(url, { headers: { Accept: "text/html" } }).catch(() => null);
  return response?.ok ? response.text() : null;
}

async function send(form, button) {
  const sent = new URLSearchParams(new FormData(form));
  sent.set("verdict", button.value);
  const response = await fetch(form.action, { method: "POST", body: sent, headers: { Accept: "text/html" } }).catch(() => null);
  if (!response?.ok) return location.assign(form.closest("[data-address]").dataset.address);
  const told = document.createElement("p");
  told.setAttribute("role", "status");
  told.tabIndex = -1;
  told.textContent = form.dataset.thanks;
  form.replaceWith(told);
  told.focus();
}
