// The right side: the picture of the very PDF page, its lines to be clicked.
import { act, desk, listen, select } from "./desk.js";
import { $, $$, h, put } from "./dom.js";
import * as lines from "./lines.js";

const root = $("#paper");
const ZOOMS = [["whole", "整页"], ["wide", "页宽"], ["large", "150%"]];
let zoom = localStorage.getItem("digest:zoom") || "wide";
let shownKey = "";
let wantedKey = "";
const sheet = h("div", { class: "a4" });
const image = h("img", { alt: "打印页预览，内容与左边条目相同" });
sheet.append(image);
const problem = h("div", { hidden: true });
root.append(problem, sheet);

listen((what) => {
  if (what === "all" || what === "page") draw();
  else if (what.startsWith("selected")) mark();
});

function draw() {
  const page = desk.page;
  facts(page);
  trouble(page);
  sheet.classList.toggle("stale", !page.fits);
  if (page.fits && page.key !== shownKey) show(page);
  else if (page.fits) mark();
}

// The old picture stays until the new one is decoded, so that nothing flickers.
async function show(page) {
  wantedKey = page.key;
  const fresh = new Image();
  fresh.src = `/api/pictures/${page.key}?scale=${scale()}`;
  try { await fresh.decode(); } catch { return; }
  if (wantedKey !== page.key) return;
  image.src = fresh.src;
  shownKey = page.key;
  for (const old of $$(".spot", sheet)) old.remove();
  for (const spot of page.spots) {
    const [left, top, width, height] = spot.box;
    sheet.append(h("button", { type: "button", class: "spot", tabindex: "-1", "aria-label": name(spot.key), data: { key: spot.key }, style: { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` }, onclick: () => clicked(spot.key), ondblclick: () => clicked(spot.key, true) }));
  }
  mark();
  root.dataset.drawn = page.key;
  document.dispatchEvent(new CustomEvent("page-drawn"));
}

const scale = () => (sheet.clientWidth * devicePixelRatio > 1250 ? 3 : sheet.clientWidth * devicePixelRatio > 900 ? 2 : 1.5);

function name(key) {
  const line = key.startsWith("line-") ? desk.view.sections.flatMap((section) => section.lines).find((each) => `line-${each.number}` === key) : null;
  return line ? `打印页上的：${line.text.slice(0, 20)}` : { title: "标题", point: "一句话", questions: "考一考", timeline: "时间轴", notes: "主管补充" }[key] || "单头";
}

function clicked(key, edit = false) {
  if (key.startsWith("line-")) {
    const number = Number(key.slice(5));
    select(number);
    if (edit) lines.begin(number); else lines.focusSelected();
  } else if (key === "questions") lines.unfold("ask");
  else $(`[data-field="${key}"] .say`)?.click();
}

function mark() {
  for (const each of $$(".spot", sheet)) each.classList.toggle("sel", each.dataset.key === `line-${desk.selected}`);
  const spot = $(".spot.sel", sheet);
  if (spot && zoom !== "whole") {
    const at = spot.offsetTop + sheet.offsetTop;
    if (at < root.scrollTop + 20 || at + spot.offsetHeight > root.scrollTop + root.clientHeight - 20) root.scrollTop = at - root.clientHeight / 3;
  }
}

function facts(page) {
  const chips = $("#page-facts");
  if (!page.fits) return put(chips, h("span", { class: "tag red" }, "放不下一页"));
  put(chips, h("span", { class: "tag green" }, "1 页 A4"), h("span", { class: "tag" }, `正文 ${page.size} 磅`), h("span", { class: "tag" }, `版面 ${Math.round(page.fill * 100)}%`),
    page.missing_glyphs.length ? h("span", { class: "tag red" }, `缺字：${page.missing_glyphs.join("")}`) : null);
}

function trouble(page) {
  problem.hidden = page.fits;
  if (page.fits) return;
  put(problem, h("div", { class: "problem", role: "alert" }, h("p", {}, page.problem), desk.editing ? null : h("p", { class: "row" }, h("button", { type: "button", class: "main", onclick: () => act("fit", {}, { words: "已取下分数最低的几条" }) }, "让它放得下"), h("span", { class: "hint" }, "取下分数最低、没有锁定的条目"))));
}

function zoomTo(next) {
  zoom = next;
  localStorage.setItem("digest:zoom", zoom);
  put($("#zoom"), ZOOMS.map(([key, title]) => h("button", { type: "button", "aria-pressed": String(key === zoom), onclick: () => zoomTo(key) }, title)));
  fit();
}

function fit() {
  const room = [root.clientWidth - 24, root.clientHeight - 24];
  const width = { whole: Math.min(room[0], room[1] * 210 / 297), wide: room[0], large: room[0] * 1.5 }[zoom];
  sheet.style.width = `${Math.max(200, width)}px`;
  mark();
}

new ResizeObserver(fit).observe(root);
zoomTo(zoom);
