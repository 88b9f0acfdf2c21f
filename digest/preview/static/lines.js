// The middle: fields, the lines by section, and what was left out; everything by keyboard as well.
import { act, allLines, desk, lineOf, listen, redraw, select } from "./desk.js";
import { choose, open } from "./dialogs.js";
import { editField, editLine, forget, pending } from "./editor.js";
import { $, $$, bold, composing, day, h, icon, put, toast } from "./dom.js";

const root = $("#lines");
let filter = "";
let unfolded = { head: false, left: false, ask: false };
let dragged = null;

listen((what) => {
  if (what === "all") draw();
  else if (what.startsWith("selected")) mark();
});

function draw() {
  if (desk.editing) return; // what is being written stays; it draws anew when it closes
  const focus = root.contains(document.activeElement) || document.activeElement === document.body;
  const top = root.scrollTop;
  const empty = desk.view.sections.filter((section) => !section.lines.length);
  put(root, head(), desk.view.sections.filter((section) => section.lines.length).map(sectionBox),
    empty.length ? h("div", { class: "empties", role: "group", "aria-label": "空栏" }, "空栏不印，可拖入：", empty.map(sectionBox)) : null, questionsBox(), leftBox());
  root.scrollTop = top;
  $("#count").textContent = `${allLines().length} 条，未上单 ${desk.view.left_out.length + desk.view.left_more} 条`;
  mark();
  if (focus && !document.querySelector("dialog[open]")) focusSelected();
}

export function focusSelected() {
  $(".line.sel .say", root)?.focus({ preventScroll: false });
}

function mark() {
  for (const each of $$(".line", root)) {
    const on = Number(each.dataset.line) === desk.selected;
    each.classList.toggle("sel", on);
    const say = $(".say", each);
    if (!say) continue;
    say.tabIndex = on ? 0 : -1;
    if (on) say.setAttribute("aria-current", "true"); else say.removeAttribute("aria-current");
    for (const button of $$(".acts button", each)) button.tabIndex = on ? 0 : -1;
  }
  $(".line.sel", root)?.scrollIntoView({ block: "nearest" });
}

function fold(key, title, note, body, { always = false } = {}) {
  const isOpen = unfolded[key] || always;
  const button = h("button", { type: "button", class: "link", "aria-expanded": String(isOpen), onclick: () => { unfolded[key] = !isOpen; draw(); $(`#fold-${key}`)?.focus(); }, id: `fold-${key}` }, title);
  return h("section", { class: "box", data: { fold: key } }, h("h3", {}, button, note), isOpen ? body() : null);
}

function head() {
  const view = desk.view;
  const missing = view.details.filter((each) => each.missing).map((each) => each.name);
  return h("section", { class: "box" },
    h("h3", {}, "单头", missing.length ? h("span", { class: "tag amber" }, `待补：${missing.join("、")}`) : null),
    h("div", { class: "fields" },
      field("title", "标题", view.title, "title"),
      field("point", "一句话", view.point.text, "point", view.point.deviation),
      h("div", { class: "strip", role: "group", "aria-label": "单头各格与时间轴" }, view.details.map(detail), view.milestones.map((each, place) =>
        h("span", { class: "cell day" }, h("span", {}, `${each.words || day(each.day).replace(/^\d+年/, "")} ${each.label}${each.computed ? "（推算）" : ""}`), h("button", { type: "button", "aria-label": `从时间轴去掉 ${day(each.day)} ${each.label}`, onclick: () => act("drop_day", { place }, { words: "已去掉日期" }) }, "×")))),
      field("notes", "主管补充", desk.view.notes, "notes", null, "（空着则印横线，供手写）")));
}

function field(key, name, text, op, deviation = null, empty = "（空）") {
  const host = h("div", { data: { field: key } });
  const say = h("button", { type: "button", class: "say", "aria-label": `${name}：${text || empty}，按回车修改`, onclick: () => begin() }, text || h("span", { class: "hint" }, empty));
  const begin = () => editField({ key, op, label: name, text, host, multiline: key === "notes" ? "notes" : key !== "title", onclose: () => $(`[data-field="${key}"] .say`, root)?.focus() });
  host.append(say);
  if (deviation) host.append(h("div", {}, h("span", { class: "tag red" }, "改写"), h("span", { class: "hint" }, ` ${deviation.messages.join("；")}`)));
  return h("div", { class: "field" }, h("span", { class: "name" }, name), host);
}

function detail(each, place) {
  const host = h("span", { class: "cell", data: { field: `detail-${place}` } });
  const text = each.missing ? "" : each.value;
  const begin = () => { host.classList.add("open"); editField({ key: `detail-${place}`, op: "detail", label: each.name, text, host, multiline: false, values: (value) => ({ name: each.name, text: value }), onclose: () => $(`[data-field="detail-${place}"] .say`, root)?.focus() }); };
  host.append(h("button", { type: "button", class: ["say", each.missing && "missing"], "aria-label": `${each.name}：${text || "待补"}，按回车修改`, onclick: begin }, h("i", {}, each.name), text || "待补", each.computed ? "（推算）" : null));
  return host;
}

function sectionBox(section) {
  const box = h("section", { class: ["box", section.key === "ban" && "ban", !section.lines.length && "empty"], data: { section: section.key }, "aria-label": section.title },
    h("h3", {}, section.title, section.lines.length ? h("span", { class: "hint" }, `${section.lines.length} 条`) : null),
    section.lines.length ? h("ol", {}, section.lines.map((line, place) => lineItem(line, section, place))) : null);
  box.addEventListener("dragover", (event) => { if (dragged) { event.preventDefault(); box.classList.add("over"); } });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => { event.preventDefault(); if (dragged) landed(section, section.lines.length); });
  return box;
}

function lineItem(line, section, place) {
  const host = h("div", {});
  const classes = ["line", line.own && "own", line.edited && "edited", line.deviation && "deviating"];
  const say = h("button", { type: "button", class: "say", tabindex: "-1", onclick: () => pick(line.number, item) },
    line.row ? h("span", { class: "cells" }, h("span", {}, line.row.item), h("span", {}, h("strong", {}, line.row.standard)), h("span", {}, line.row.due)) : bold(line.text, line.emphasis));
  host.append(say, meta(line), acts(line));
  const item = h("li", { class: classes, data: { line: line.number } }, h("span", { class: "drag", draggable: "true", title: "拖到别处", "aria-hidden": "true" }, icon("grip")), h("span", { class: "n", "aria-hidden": "true" }, printedNumber(line.number)), host);
  item.firstChild.addEventListener("dragstart", (event) => { dragged = { line: line.number }; event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", line.text); event.dataTransfer.setDragImage(item, 12, 12); requestAnimationFrame(() => item.classList.add("dragged")); });
  item.firstChild.addEventListener("dragend", () => { dragged = null; $$(".dragged, .before, .over", root).forEach((each) => each.classList.remove("dragged", "before", "over")); });
  item.addEventListener("dragover", (event) => { if (dragged) { event.preventDefault(); event.stopPropagation(); item.classList.add("before"); } });
  item.addEventListener("dragleave", () => item.classList.remove("before"));
  item.addEventListener("drop", (event) => { event.preventDefault(); event.stopPropagation(); if (dragged) landed(section, place); });
  return item;
}

function landed(section, place) {
  const it = dragged;
  dragged = null;
  if (it.line !== undefined) {
    const from = section.lines.findIndex((line) => line.number === it.line);
    const to = from >= 0 && from < place ? place - 1 : place;
    if (to !== from) act("move", { line: it.line, section: section.key, place: to });
  } else act("put", { ...it.put, section: section.key, place }, { words: "已放上" });
}

const printedNumber = (number) => {
  const keys = desk.view.page.spots.filter((spot) => spot.key.startsWith("line-")).map((spot) => spot.key);
  const place = keys.indexOf(`line-${number}`);
  return place < 0 ? "·" : String(place + 1);
};

function meta(line) {
  const told = [];
  if (line.own) told.push(h("span", { class: "tag violet" }, "网点补充"));
  if (line.deviation) told.push(h("span", { class: "tag red", title: line.deviation.messages.join("；") }, "网点改写"));
  else if (line.edited) told.push(h("span", { class: "tag blue" }, "已改字"));
  if (line.doubtful) told.push(h("span", { class: "tag amber" }, "请核对"));
  if (line.pinned) told.push(h("span", { class: "tag" }, "已锁定"));
  if (line.mark) told.push(h("span", {}, line.mark));
  if (line.roles.length) told.push(h("span", {}, line.roles.join("、")));
  if (line.due) told.push(h("span", {}, line.due));
  if (line.page) told.push(h("span", {}, `原文第 ${line.page} 页`));
  return h("div", { class: "meta" }, told);
}

function acts(line) {
  const button = (label, name, run, keys, more = {}) => h("button", { type: "button", tabindex: "-1", title: keys ? `${label}（${keys}）` : label, onclick: run, ...more }, icon(name), label);
  return h("div", { class: "acts", role: "group", "aria-label": "这一条的操作" },
    button("改字", "edit", () => begin(line.number), "回车"),
    button("取下", "out", () => drop(line.number), "Delete"),
    button("换一条", "swap", () => swapLine(line.number), "S"),
    button("移到", "move", () => moveTo(line.number), "M"),
    button(line.pinned ? "解锁" : "锁定", "pin", () => pin(line.number), "P", { "aria-pressed": String(line.pinned) }),
    button("岗位", "roles", () => rolesOf(line.number), "R"),
    line.row ? null : button("并下条", "merge", () => mergeLine(line.number), "G"));
}

export function begin(number) {
  const line = lineOf(number);
  const item = $(`.line[data-line="${number}"]`, root);
  if (!line || !item || desk.conflict) return;
  select(number);
  editLine(line, item.lastChild, () => { mark(); focusSelected(); });
}

const drop = (number) => act("drop", { line: number }, { words: "已取下" });
const pin = (number) => act("pin", { line: number, on: !lineOf(number).pinned });
const mergeLine = (number) => act("merge", { line: number }, { words: "已合并" });

async function moveTo(number) {
  const line = lineOf(number);
  const key = await choose("移到哪一栏？", desk.view.sections.map((section) => ({ label: section.title, value: section.key, note: section.lines.length ? `${section.lines.length} 条` : "空", current: section.key === line.section })));
  if (key === null || key === line.section) return focusSelected();
  const section = desk.view.sections.find((each) => each.key === key);
  await act("move", { line: number, section: key, place: section.lines.length }, { words: `已移到“${section.title}”` });
  focusSelected();
}

async function swapLine(number) {
  const choices = [...desk.view.shelf.map((each) => ({ label: each.text, note: "刚取下", value: { other: each.number } })),
    ...desk.view.left_out.filter((each) => !desk.view.shelf.some((line) => line.units.includes(each.unit))).map((each) => ({ label: each.text, note: [each.mark, each.why].filter(Boolean).join("，"), value: { unit: each.unit } }))];
  if (!choices.length) return toast("没有未上单的条目可换。");
  const value = await choose("换成哪一条？", choices, { filter: true, hint: `换下：${lineOf(number).text}` });
  if (value) await act("swap", { line: number, ...value }, { words: "已换上" });
  focusSelected();
}

async function rolesOf(number) {
  const line = lineOf(number);
  const names = [...new Set([...line.roles, ...desk.view.roles])];
  const boxes = names.map((name) => h("label", {}, h("input", { type: "checkbox", value: name, checked: line.roles.includes(name) }), ` ${name}`));
  const other = h("input", { placeholder: "其他岗位，用空格隔开", "aria-label": "其他岗位" });
  const got = await open("这一条是谁的事？", [h("p", { class: "hint" }, line.text), h("div", { class: "checks-row" }, boxes), h("p", {}, other)],
    [{ label: "取消", value: null }, { label: "确定", main: true, value: () => [...boxes.map((each) => each.firstChild).filter((each) => each.checked).map((each) => each.value), ...other.value.split(/[\s、，,]+/).filter(Boolean)] }]);
  if (got) await act("roles", { line: number, roles: got });
  focusSelected();
}

export async function addOwn() {
  const line = lineOf(desk.selected);
  const text = h("textarea", { rows: 3, maxlength: 300, "aria-label": "网点补充的内容", autofocus: true });
  const where = h("select", { "aria-label": "放在哪一栏" }, desk.view.sections.filter((section) => !section.table).map((section) => h("option", { value: section.key, selected: section.key === line?.section }, section.title)));
  const got = await open("网点补充一条", [h("p", { class: "hint" }, "印出来会标“网点补充”，与原文分得清。"), text, h("label", {}, "放在　", where)],
    [{ label: "取消", value: null }, { label: "加上", main: true, value: () => ({ text: text.value, section: where.value }), check: () => text.value.trim().length > 0 }]);
  if (!got) return focusSelected();
  const section = desk.view.sections.find((each) => each.key === got.section);
  const place = line?.section === got.section ? section.lines.findIndex((each) => each.number === line.number) + 1 : section.lines.length;
  await act("add", { ...got, place }, { words: "已加上" });
  focusSelected();
}

function questionsBox() {
  const asked = desk.view.questions;
  const body = () => h("div", { class: "fields" }, asked.map((each, place) => {
    const host = h("div", { data: { field: `ask-${place}` } });
    host.append(h("button", { type: "button", class: "say", onclick: () => askForm(place) }, `${place + 1}. ${each.question}`, h("span", { class: "hint" }, `　答：${each.answer || "（无）"}`)), each.stale ? h("span", { class: "tag amber" }, "对应的条目已改或已取下，请核对答案") : null,
      h("button", { type: "button", class: "link", onclick: () => act("drop_question", { place }, { words: "已去掉" }) }, "去掉"));
    return host;
  }), h("p", {}, h("button", { type: "button", onclick: () => askForm(asked.length) }, icon("plus"), "加一问")));
  const stale = asked.some((each) => each.stale);
  return fold("ask", "考一考", [h("span", { class: "hint" }, `${asked.length} 问`), stale ? h("span", { class: "tag amber" }, "有答案要核对") : null], body);
}

async function askForm(place) {
  const old = desk.view.questions[place] || { question: "", answer: "" };
  const question = h("input", { value: old.question, autofocus: true });
  const answer = h("input", { value: old.answer });
  const got = await open(place < desk.view.questions.length ? "改考题" : "加一问", [h("label", {}, "问", question), h("label", {}, "答（只印在主管用的一张上）", answer)].map((each) => { each.style.setProperty("display", "grid"); return each; }),
    [{ label: "取消", value: null }, { label: "确定", main: true, value: () => ({ question: question.value, answer: answer.value }) }]);
  if (got) act("ask", { place, ...got });
}

function leftBox() {
  const view = desk.view;
  const total = view.left_out.length + view.left_more;
  const body = () => {
    const words = h("input", { type: "search", value: filter, placeholder: "筛选未上单的条目", "aria-label": "筛选未上单的条目" });
    const list = h("ul", { class: "left-list" });
    const fill = () => put(list, rows());
    words.addEventListener("input", () => { filter = words.value.trim(); fill(); });
    fill();
    return h("div", {}, h("div", { class: "left-tools" }, words), list, view.left_more ? h("p", { class: "none" }, `另有 ${view.left_more} 条分数很低，请在原文里点选。`) : null);
  };
  const rows = () => {
    const shelved = (each) => { // the halves of a parted line have the same unit
      const same = view.shelf.filter((line) => line.units.includes(each.unit));
      return same.find((line) => line.text === each.text) || same[0];
    };
    const own = view.shelf.filter((line) => !line.units.length).map((line) => leftRow({ text: line.text, why: "刚取下的网点补充", mark: "", score: null }, { line: line.number }));
    return [...own, ...view.left_out.filter((each) => !filter || each.text.includes(filter) || each.mark.includes(filter)).map((each) => leftRow(each, shelved(each) ? { line: shelved(each).number } : { unit: each.unit }))];
  };
  return fold("left", "未上单", h("span", { class: "hint" }, `${total} 条：放不下、重复或与网点无关，可换上`), body);
}

function leftRow(each, value) {
  const item = h("li", { draggable: "true" }, h("span", {}, each.text), h("button", { type: "button", onclick: () => act("put", value, { words: "已放上" }) }, "放上"),
    h("span", { class: "meta" }, each.mark ? h("span", {}, each.mark) : null, h("span", {}, each.why), each.score === null ? null : h("span", {}, `${each.score} 分`)));
  item.addEventListener("dragstart", (event) => { dragged = { put: value }; event.dataTransfer.setData("text/plain", each.text); });
  item.addEventListener("dragend", () => { dragged = null; });
  return item;
}

function step(by) {
  const numbers = allLines().map((line) => line.number);
  const next = numbers[numbers.indexOf(desk.selected) + by];
  if (next !== undefined) { select(next); focusSelected(); }
}

// The buttons of the line that was selected before go away: what was clicked stays under the pointer all the same.
function pick(number, item) {
  const before = item.getBoundingClientRect().top;
  select(number);
  root.scrollTop += item.getBoundingClientRect().top - before;
  item.scrollIntoView({ block: "nearest" });
  $(".say", item).focus({ preventScroll: true });
}

// At the list's ends it cannot stay: the second click of a double click means the line of the first, whatever lies there by then.
const AGAIN = 500; // milliseconds, the usual double-click time of a desktop
let clicked = null;
root.addEventListener("click", (event) => {
  const again = clicked && event.timeStamp - clicked.at < AGAIN && Math.hypot(event.clientX - clicked.x, event.clientY - clicked.y) < 5;
  const item = event.detail && event.target.closest(".say") ? event.target.closest(".line") : null;
  if (again && !desk.editing) { event.preventDefault(); event.stopPropagation(); begin(clicked.number); }
  clicked = !again && item ? { number: Number(item.dataset.line), at: event.timeStamp, x: event.clientX, y: event.clientY } : null;
}, true);

// Up and down within the section, and over its edge into the next one that takes lines.
function shift(by) {
  const line = lineOf(desk.selected);
  const at = desk.view.sections.findIndex((section) => section.key === line.section);
  const place = desk.view.sections[at].lines.findIndex((each) => each.number === line.number) + by;
  if (place >= 0 && place < desk.view.sections[at].lines.length) return act("move", { line: line.number, section: line.section, place });
  const next = desk.view.sections.slice(by > 0 ? at + 1 : 0, by > 0 ? undefined : at).filter((section) => !section.table);
  const target = by > 0 ? next[0] : next.at(-1);
  if (target) return act("move", { line: line.number, section: target.key, place: by > 0 ? 0 : target.lines.length }, { words: `已移到“${target.title}”` });
}

root.addEventListener("keydown", (event) => {
  if (composing(event) || event.target.closest(".editor, input, textarea, select") || !event.target.closest(".line")) return;
  const bare = !event.ctrlKey && !event.metaKey && !event.altKey;
  const onText = event.target.classList.contains("say");
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const run = {
    ArrowDown: () => step(1), ArrowUp: () => step(-1), Home: () => { select(allLines()[0].number); focusSelected(); }, End: () => { select(allLines().at(-1).number); focusSelected(); },
    Enter: onText ? () => begin(desk.selected) : null, F2: () => begin(desk.selected), Delete: () => drop(desk.selected), Backspace: () => drop(desk.selected),
    s: () => swapLine(desk.selected), m: () => moveTo(desk.selected), p: () => pin(desk.selected), r: () => rolesOf(desk.selected), g: () => mergeLine(desk.selected), n: () => addOwn(),
  }[key];
  if (event.altKey && (key === "ArrowUp" || key === "ArrowDown")) { event.preventDefault(); shift(key === "ArrowDown" ? 1 : -1); }
  else if (bare && run) { event.preventDefault(); run(); }
});

// What was being written when the page went away is opened again, on the line it belongs to.
export function resume() {
  const saved = pending();
  if (!saved) return;
  const [kind, number] = saved.key.split("-");
  if (kind === "line" && lineOf(Number(number))) begin(Number(number));
  else if (["title", "point", "notes", "detail"].includes(kind)) $(`[data-field="${saved.key}"] .say`, root)?.click();
  else return forget();
  toast("已恢复上次没保存完的改动，请接着改或取消。");
}

export function unfold(key) {
  unfolded[key] = true;
  redraw();
}
