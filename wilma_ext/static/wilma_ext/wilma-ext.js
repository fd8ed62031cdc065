// Progressive enhancement only: every page works without this file.

const RELEASE_AFTER = 20000;
const sent = new WeakSet();

// A page with errors is read from its error summary on.
function focusErrorSummary(root) {
  const summary = root.querySelector("[data-wx-error-summary]");
  if (!summary) return;
  summary.setAttribute("tabindex", "-1");
  summary.addEventListener("blur", () => summary.removeAttribute("tabindex"), { once: true });
  summary.focus();
}

// A link of the summary leads to the field itself with its label in view.
function followErrorLink(event) {
  const link = event.target.closest("[data-wx-error-summary] a[href^='#']");
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  const legend = field.closest("fieldset")?.querySelector("legend");
  const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  (field.matches("[type=radio], [type=checkbox]") && legend || label || field).scrollIntoView();
  field.focus({ preventScroll: true });
}

// A form is sent once; its button says that saving goes on.
function sendOnce(event) {
  const form = event.target;
  if (form.method !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  const button = event.submitter;
  if (!button) return;
  button.setAttribute("aria-disabled", "true");
  const text = button.textContent;
  if (button.dataset.wxBusy) button.textContent = button.dataset.wxBusy;
  // Where sending was broken off the page stays, and may be sent again.
  window.setTimeout(() => {
    sent.delete(form);
    button.removeAttribute("aria-disabled");
    button.textContent = text;
  }, RELEASE_AFTER);
}

// A page out of the browser's Back cache may show what is no longer permitted.
function reloadRestored(event) {
  if (event.persisted) window.location.reload();
}

function start() {
  for (const root of document.querySelectorAll(".wilma-ext")) {
    focusErrorSummary(root);
    root.addEventListener("click", followErrorLink);
    root.addEventListener("submit", sendOnce);
  }
  if (document.querySelector(".wilma-ext")) window.addEventListener("pageshow", reloadRestored);
}

start();
