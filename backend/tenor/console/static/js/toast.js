// Short words at the edge that go by themselves.
export function toast(text, kind = "plain") {
  const made = document.createElement("p");
  made.className = `toast toast-${kind}`;
  made.textContent = text;
  document.getElementById("toasts").append(made);
  setTimeout(() => made.remove(), kind === "bad" ? 9000 : 4000);
}
