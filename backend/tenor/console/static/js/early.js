// What a person does before a page's scripts are there is kept, and done once they are. Stands alone, before all others.
(() => {
  const kept = [];
  const kinds = ["click", "submit", "input", "change"];

  /** Forms with an address are the browser's own; buttons inside them come as the submission they cause. */
  function keep(event) {
    const target = event.type === "click" ? event.target.closest("button") : event.target;
    if (!target || (event.type === "click" && target.type === "submit" && target.form)) return;
    if (event.type === "submit") {
      if (target.hasAttribute("action")) return;
      event.preventDefault();
    }
    kept.push({ kind: event.type, target, submitter: event.submitter });
  }

  function again({ kind, target, submitter }) {
    if (!target.isConnected) return;
    if (kind === "click") target.click();
    else if (kind === "submit") target.requestSubmit(submitter);
    else target.dispatchEvent(new Event(kind, { bubbles: true }));
  }

  for (const kind of kinds) addEventListener(kind, keep, true);
  document.addEventListener("DOMContentLoaded", () => {
    if (!("wired" in document.documentElement.dataset)) return; // the scripts did not come: no form may send itself
    for (const kind of kinds) removeEventListener(kind, keep, true);
    for (const done of kept) again(done);
  });
})();
