// What scripts say, in the page's language, from the data block of base.html.
const held = JSON.parse(document.getElementById("texts").textContent);

export function t(key, values = {}) {
  const text = held[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
