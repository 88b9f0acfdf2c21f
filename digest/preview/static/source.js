// The left side: the source as text with what was chosen marked, or its own pages as pictures with the same marks.
import { act, allLines, desk, lineOf, listen, select } from "./desk.js";
import { $, $$, h, put, toast } from "./dom.js";

const root = $("#source");
const SVG = "http://www.w3.org/2000/svg";
let way = "text";
let large = false; // pages wider than the pane, so that their margins stay outside
let awaited = false; // the selected line's page is still on its way
let unitsOf = new Map(); // sentence → units
let drawn = "";
const sizes = new Map(); // page → [width, height] in points

listen((what) => {
  if (what === "all") draw();
  else if (what === "selected") light(true);
  else if (what === "selected-quietly") light(false);
});

function draw() {
  if (!drawn) usual();
  if (drawn !== way) {
    drawn = way;
    unitsOf = new Map();
    for (const unit of desk.source.units) for (const sentence of unit.sentences) unitsOf.set(sentence, [...(unitsOf.get(sentence) || []), unit]);
    tabs();
    put(root, way === "text" ? text() : pages());
    enlarge();
  }
  paint();
  light(false);
}

const paged = () => desk.source.pictured || desk.source.facsimile.length > 0;

// The document's own pages where it has some, unless the text was asked for last time.
function usual() {
  way = paged() && localStorage.getItem("digest:source") !== "text" ? "pages" : "text";
  large = root.clientWidth < 520;
}

function show(key) {
  way = key;
  localStorage.setItem("digest:source", key);
  draw();
}

function enlarge() {
  root.classList.toggle("large", large && way === "pages");
  root.scrollLeft = (root.scrollWidth - root.clientWidth) / 2;
}

function tabs() {
  const names = paged() ? [["pages", "原页"], ["text", "文字"]] : [];
  put($("#left-tabs"), names.map(([key, name]) => h("button", { type: "button", "aria-pressed": String(way === key), onclick: () => show(key) }, name)),
    way === "pages" ? h("button", { type: "button", "aria-pressed": String(large), title: "放大到版心", onclick: () => { large = !large; tabs(); enlarge(); } }, "放大") : null);
}

function text() {
  const out = [legend()];
  const body = h("div", { class: "text" });
  let part = null;
  let page = null;
  for (const passage of desk.source.passages) {
    if (passage.part !== part && desk.source.parts.length > 1) body.append(h("div", { class: "part" }, desk.source.parts[passage.part]?.title || ""));
    part = passage.part;
    if (passage.page && passage.page !== page && desk.source.pages > 1) body.append(h("div", { class: "page-mark" }, `第 ${passage.page} 页`));
    page = passage.page ?? page;
    const first = passage.runs[0]?.text || "";
    body.append(h("p", { class: [passage.heading && "heading", passage.row && "row"].filter(Boolean).join(" ") || null },
      passage.label && !first.startsWith(passage.label) ? `${passage.label} ` : null, passage.runs.map(run)));
  }
  out.push(body);
  return out;
}

function legend() {
  const key = (name, words) => h("span", {}, h("i", { class: name }), words);
  const doubt = desk.source.passages.some((passage) => passage.runs.some((each) => each.doubtful.length));
  return h("div", { class: "legend" }, key("k-on", "已上单"), key("k-left", "未上单，可换上"), doubt ? key("k-doubt", "识别没把握") : null);
}

function run(each) {
  const content = doubtful(each);
  if (each.sentence === null) return content;
  return h("span", { class: "s", data: { s: each.sentence } }, content);
}

function doubtful(each) {
  if (!each.doubtful.length) return each.text;
  const all = [...each.text];
  const parts = [];
  let place = 0;
  for (const [low, high] of each.doubtful) {
    parts.push(all.slice(place, low).join(""), h("span", { class: "doubt", title: "识别没把握，请对照原件" }, all.slice(low, high).join("")));
    place = high;
  }
  parts.push(all.slice(place).join(""));
  return parts;
}

// A page drawn from where its lines stand: true to place and size, in the letters of this PC.
function drawn_pages() {
  const box = h("div", { class: "pages" });
  for (const number of new Set(desk.source.facsimile.map((line) => line[0]))) {
    const lines = desk.source.facsimile.filter((line) => line[0] === number);
    const width = Math.max(595.3, ...lines.map((line) => line[3] + 20));
    const height = Math.max(841.9, ...lines.map((line) => line[4] + 20));
    sizes.set(number, [width, height]);
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", `原文第 ${number} 页`);
    for (const [, x0, top, x1, bottom, words] of lines) {
      const text = document.createElementNS(SVG, "text");
      for (const [name, value] of Object.entries({ x: x0, y: bottom - (bottom - top) * 0.16, "font-size": (bottom - top) * 0.92, textLength: x1 - x0, lengthAdjust: "spacingAndGlyphs" })) text.setAttribute(name, value);
      text.textContent = words;
      svg.append(text);
    }
    const page = h("div", { class: "sheet-page", data: { page: number } }, svg);
    box.append(page);
    spots(page);
  }
  return [legend(), box];
}

function pages() {
  if (desk.source.facsimile.length) return drawn_pages();
  const box = h("div", { class: "pages" });
  for (let number = 1; number <= desk.source.pages; number += 1) {
    const page = h("div", { class: "sheet-page", data: { page: number } });
    const image = h("img", { alt: `原文第 ${number} 页`, loading: "lazy", data: { src: `/api/sources/${desk.view.draft.source}/pages/${number}` } });
    page.append(image);
    box.append(page);
    near.observe(page);
  }
  return [legend(), box];
}

// Pages come when they are near the eye: each is drawn by a careful child process, which takes a moment.
const near = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) { near.unobserve(entry.target); fetchPage(entry.target); }
}, { root, rootMargin: "600px" });

async function fetchPage(page) {
  const image = $("img", page);
  const response = await fetch(image.dataset.src);
  if (!response.ok) return put(page, h("p", { class: "none" }, `第 ${page.dataset.page} 页画不出来，请看文字。`));
  sizes.set(Number(page.dataset.page), [Number(response.headers.get("x-page-width")), Number(response.headers.get("x-page-height"))]);
  image.src = URL.createObjectURL(await response.blob());
  image.onload = () => { URL.revokeObjectURL(image.src); spots(page); paint(); light(awaited); enlarge(); };
}

function spots(page) {
  const number = Number(page.dataset.page);
  const [width, height] = sizes.get(number);
  const doubts = new Set(desk.source.passages.flatMap((passage) => passage.runs.filter((each) => each.doubtful.length).map((each) => each.sentence)));
  for (const [sentence, at, x0, top, x1, bottom] of desk.source.boxes) {
    if (at !== number) continue;
    page.append(h("div", { class: ["spot", "s-spot", doubts.has(sentence) && "unsure"], title: doubts.has(sentence) ? "识别没把握，请对照原件" : null, data: { s: sentence }, style: { left: `${100 * x0 / width}%`, top: `${100 * top / height}%`, width: `${100 * (x1 - x0) / width}%`, height: `${100 * (bottom - top) / height}%` } }));
  }
}

function paint() {
  const on = new Set(allLines().flatMap((line) => line.sentences));
  const left = new Set(desk.view.left_out.flatMap((each) => desk.source.units[each.unit]?.sentences || []));
  for (const each of $$("[data-s]", root)) {
    const number = Number(each.dataset.s);
    each.classList.toggle("on", on.has(number));
    each.classList.toggle("left", !on.has(number) && left.has(number));
    each.classList.toggle("off", !on.has(number) && !left.has(number));
  }
}

function light(reveal) {
  const line = lineOf(desk.selected);
  const wanted = new Set(line?.sentences || []);
  let first = null;
  for (const each of $$("[data-s]", root)) {
    const lit = wanted.has(Number(each.dataset.s));
    each.classList.toggle("lit", lit);
    first ??= lit ? each : null;
  }
  awaited = way === "pages" && !first && reveal && Boolean(line?.page);
  if (awaited) first = $(`[data-page="${line.page}"]`, root);
  if (reveal && first) first.scrollIntoView({ block: awaited ? "start" : "center" });
}

root.addEventListener("click", (event) => {
  $(".ask-unit", root)?.remove();
  const hit = event.target.closest("[data-s]");
  if (!hit || String(getSelection()).length > 1) return;
  const sentence = Number(hit.dataset.s);
  const line = allLines().find((each) => each.sentences.includes(sentence));
  if (line) return select(line.number, { reveal: false });
  offer(hit, sentence);
});

// A sentence that is not on the sheet: why not, and a way to put it there.
function offer(hit, sentence) {
  const unit = (unitsOf.get(sentence) || [])[0];
  if (!unit) return toast("这一段不单独成条（标题、落款等）。");
  const put_on = () => { box.remove(); act("put", { unit: unit.number }, { words: "已放上" }); };
  const box = h("div", { class: "ask-unit", role: "dialog", "aria-label": "放上这一句" },
    h("p", {}, unit.why || desk.view.left_out.find((each) => each.unit === unit.number)?.why || "没有选上"),
    unit.reasons.length ? h("p", { class: "hint" }, `得分 ${unit.score}：${unit.reasons.slice(0, 6).join("，")}`) : null,
    h("div", { class: "row" }, h("button", { type: "button", class: "main", onclick: put_on }, "放上这一条"), h("button", { type: "button", onclick: () => box.remove() }, "关闭")));
  root.append(box);
  const at = hit.getBoundingClientRect();
  const home = root.getBoundingClientRect();
  box.style.top = `${at.bottom - home.top + root.scrollTop + 4}px`;
  box.style.left = `${Math.max(6, Math.min(at.left - home.left, root.clientWidth - box.offsetWidth - 6))}px`;
  $("button", box).focus();
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") { box.remove(); root.focus(); } });
}

// Find in the text: every hit is lit by the browser's own highlight, Enter goes from one to the next.
let hits = [];
let at = -1;

function find() {
  const words = $("#find").value.trim();
  hits = [];
  at = -1;
  if (words && way !== "text") { way = "text"; draw(); }
  if (words) {
    const walker = document.createTreeWalker($(".text", root), NodeFilter.SHOW_TEXT);
    const lower = words.toLowerCase();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let place = node.data.toLowerCase().indexOf(lower); place >= 0; place = node.data.toLowerCase().indexOf(lower, place + words.length)) {
        const range = new Range();
        range.setStart(node, place);
        range.setEnd(node, place + words.length);
        hits.push(range);
      }
    }
  }
  if (globalThis.CSS?.highlights) {
    if (hits.length) CSS.highlights.set("found", new Highlight(...hits)); else CSS.highlights.delete("found");
  }
  $("#find-count").textContent = words ? `${hits.length} 处` : "";
  if (hits.length) go(1);
}

function go(by) {
  if (!hits.length) return;
  at = (at + by + hits.length) % hits.length;
  const box = hits[at].getBoundingClientRect();
  root.scrollTop += box.top - root.getBoundingClientRect().top - root.clientHeight / 3;
  $("#find-count").textContent = `${at + 1}/${hits.length} 处`;
}

let timer = 0;
$("#find").addEventListener("input", (event) => { if (event.isComposing) return; clearTimeout(timer); timer = setTimeout(find, 150); });
$("#find").addEventListener("compositionend", find);
$("#find").addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Enter") { event.preventDefault(); go(event.shiftKey ? -1 : 1); }
  if (event.key === "Escape") { event.target.value = ""; find(); }
});
