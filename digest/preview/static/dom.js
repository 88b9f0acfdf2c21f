// Elements out of values: text is always set as text, never as markup.
const SVG = "http://www.w3.org/2000/svg";

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "class") element.className = Array.isArray(value) ? value.filter(Boolean).join(" ") : value;
  else if (name === "data") Object.assign(element.dataset, value);
  else if (name === "style") for (const [property, each] of Object.entries(value)) element.style.setProperty(property, each);
  else if (["value", "checked", "disabled", "selected", "readOnly", "indeterminate"].includes(name)) element[name] = value;
  else element.setAttribute(name, value === true ? "" : String(value));
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

export function put(element, ...children) {
  element.replaceChildren(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// Enter and shortcuts while an input method composes belong to the input method (229 is what older engines report).
export const composing = (event) => event.isComposing || event.keyCode === 229;

export function say(text) {
  const live = $("#live");
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = text; });
}

export function toast(text, { bad = false, action = null, label = "" } = {}) {
  const box = h("div", { class: ["toast", bad && "bad"], role: bad ? "alert" : null }, text);
  const close = () => box.remove();
  if (action) box.append(h("button", { type: "button", onclick: () => { close(); action(); } }, label));
  $("#toasts").replaceChildren(box);
  if (!bad) say(text);
  setTimeout(close, bad ? 9000 : 5000);
}

export function day(iso) {
  if (!iso) return "";
  const [year, month, date] = iso.slice(0, 10).split("-").map(Number);
  return `${year}年${month}月${date}日`;
}

export function moment(iso) {
  const at = new Date(iso);
  const two = (number) => String(number).padStart(2, "0");
  const today = new Date().toDateString() === at.toDateString();
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}`;
  return today ? clock : `${at.getMonth() + 1}月${at.getDate()}日 ${clock}`;
}

export function bold(text, ranges) {
  const all = [...text];
  const parts = [];
  let place = 0;
  for (const [low, high] of ranges) {
    if (low > place) parts.push(all.slice(place, low).join(""));
    parts.push(h("strong", {}, all.slice(low, high).join("")));
    place = high;
  }
  parts.push(all.slice(place).join(""));
  return parts;
}

// Python counts characters, JavaScript UTF-16 units; they differ for characters such as 𬱖.
export const places = (text, index) => [...text.slice(0, index)].length;
