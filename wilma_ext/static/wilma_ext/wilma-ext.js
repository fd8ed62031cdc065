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

// A list in which pupils are selected: a box for the whole page, Shift for a range, the number told.
function selectMany(form) {
  const boxes = [...form.querySelectorAll("[name=pupil][type=checkbox]")];
  const head = form.querySelector("th");
  if (!boxes.length) return;
  const all = boxes[0].closest(".govuk-checkboxes").cloneNode(true);
  const [box, label] = all.querySelectorAll("input, label");
  box.removeAttribute("name");
  box.id = label.htmlFor = "pupil-all";
  label.firstChild.textContent = head.textContent;
  head.replaceChildren(all);
  const tell = () => {
    const number = boxes.filter((one) => one.checked).length;
    box.checked = number === boxes.length;
    box.indeterminate = number > 0 && !box.checked;
    form.querySelector("[data-wx-count]").textContent = number;
  };
  let last = -1;
  form.addEventListener("click", ({ target, shiftKey }) => {
    const place = boxes.indexOf(target);
    if (target === box) boxes.forEach((one) => { one.checked = box.checked; });
    else if (place < 0) return;
    else if (shiftKey && last >= 0) {
      const range = boxes.slice(Math.min(place, last), Math.max(place, last));
      range.forEach((one) => { one.checked = target.checked; });
    }
    if (place >= 0) last = place;
    tell();
  });
  tell();
}

// A bulk run is driven by pressing its button again and again; what has focus is never replaced.
// Between two chunks it rests, so that a family that answers meanwhile gets its turn.
async function drive(form) {
  const body = new URLSearchParams(new FormData(form));
  const [shown, told] = ["[data-wx-run]", "[data-wx-told]"].map((one) => document.querySelector(one));
  for (let said = 0; ; await new Promise((rested) => setTimeout(rested, 150))) {
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
    if (!answer?.ok) {
      told.className = "wx-lead";
      told.textContent = form.dataset.wxDrive;
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-wx-run]");
    if (!next) return window.location.replace(answer.url);
    shown.replaceChildren(...next.childNodes);
    if (Date.now() - said < 2000) continue;
    said = Date.now();
    told.textContent = shown.textContent.trim();
  }
}

// The answer to a posted search is left like the page before it, so that Back and reload ask nothing.
function forgetSearch() {
  if (document.querySelector(".wilma-ext form[role=search][method=post]")) {
    window.history.replaceState(null, "", window.location.href);
  }
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
    root.querySelectorAll("[data-wx-select]").forEach(selectMany);
    root.querySelectorAll("[data-wx-drive]").forEach(drive);
  }
  forgetSearch();
  if (document.querySelector(".wilma-ext")) window.addEventListener("pageshow", reloadRestored);
}

start();
