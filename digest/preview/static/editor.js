// Writing: a field that opens in place, shows what it changes of the source while one types, and loses nothing on a reload.
import { act, attempt, desk, redraw, showPage } from "./desk.js";
import { $, bold, composing, h, icon, places, put } from "./dom.js";

const PAUSE = 220; // milliseconds after the last key before the page is drawn anew
const AIM = 45; // characters of a line that is read standing (domain: 3.3)

const pendingKey = () => `digest:pending:${desk.id}`;

export function pending() {
  try { return JSON.parse(localStorage.getItem(pendingKey())); } catch { return null; }
}

function remember(key, text) {
  try { localStorage.setItem(pendingKey(), JSON.stringify({ key, text, at: Date.now() })); } catch { /* a full or forbidden store loses only this comfort */ }
}

export const forget = () => localStorage.removeItem(pendingKey());

// What the editor does for a kind of field: the edit it makes, and its first text.
function start({ key, host, op, values, text, label, extra = [], multiline = true, onclose }) {
  if (desk.editing) desk.editing.close();
  const before = text;
  const saved = pending();
  const area = h(multiline ? "textarea" : "input", { value: saved?.key === key ? saved.text : text, "aria-label": label, spellcheck: "false", rows: multiline ? 2 : null });
  const findings = h("ul", { class: "findings" });
  const alarm = h("div", { role: "alert" }, findings);
  const compare = h("div", { class: "compare", hidden: true });
  const count = h("span", { class: "hint" });
  const box = h("div", { class: "editor", data: { key } }, area, h("div", { class: "tools" },
    h("button", { type: "button", class: "main", onclick: () => save() }, "保存"),
    h("button", { type: "button", onclick: () => close() }, "取消"),
    ...extra.map(({ label: name, title, run }) => h("button", { type: "button", title, onclick: () => run(tools) }, name)),
    h("span", { class: "space" }), count), alarm, compare);
  let timer = 0;
  let open = true;

  const tools = { area, save, close, get dirty() { return area.value !== before; }, toggle: () => marks() };

  function shape() {
    if (multiline) { area.style.height = "auto"; area.style.height = `${area.scrollHeight + 2}px`; }
    const length = [...area.value.trim()].length;
    count.textContent = key.startsWith("line") ? `${length} 字${length > AIM ? `，宜在 ${AIM} 字内` : ""}` : `${length} 字`;
  }

  async function look() {
    if (!open || composingNow) return;
    const told = await attempt(op, values(area.value));
    if (!told || !open) return;
    const found = told.error ? [{ message: told.error }] : Object.values(told.findings).flat();
    box.classList.toggle("bad", found.length > 0);
    area.setAttribute("aria-invalid", String(found.length > 0));
    put(findings, found.map((each) => h("li", {}, icon("warn"), each.message)));
    compare.hidden = !told.runs.length;
    if (told.runs.length) put(compare, h("b", {}, "与原文比较"), told.runs.map((run) => run.what === "same" ? run.text : h(run.what === "out" ? "del" : "ins", { class: run.what }, run.text)));
    if (told.page) showPage(told.page);
    box.scrollIntoView({ block: "nearest" });
  }

  let composingNow = false;
  area.addEventListener("compositionstart", () => { composingNow = true; });
  area.addEventListener("compositionend", () => { composingNow = false; typed(); });
  area.addEventListener("input", () => { if (!composingNow) typed(); });

  function typed() {
    shape();
    if (tools.dirty) remember(key, area.value); else forget();
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  }

  area.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); }
    else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && (multiline !== "notes" || event.altKey)) { event.preventDefault(); save(); }
    else if (event.key === "Enter" && event.ctrlKey) { event.preventDefault(); extra.find((each) => each.keys === "ctrl+enter")?.run(tools) ?? save(); }
    else if (event.ctrlKey && event.key.toLowerCase() === "b") { event.preventDefault(); extra.find((each) => each.keys === "ctrl+b")?.run(tools); }
    event.stopPropagation();
  });

  async function save() {
    clearTimeout(timer);
    if (!tools.dirty) return close();
    const kept = await act(op, values(area.value), { again: save });
    if (kept) { open = false; forget(); desk.editing = null; redraw(); onclose?.(true); } else if (open) area.focus();
    return kept;
  }

  function close() {
    clearTimeout(timer);
    open = false;
    forget();
    desk.editing = null;
    showPage(desk.view.page);
    redraw();
    onclose?.(false);
  }

  desk.editing = { key, close, box };
  host.replaceChildren(box);
  shape();
  area.focus();
  area.setSelectionRange?.(area.value.length, area.value.length);
  if (tools.dirty || key.startsWith("line") || key === "point") look();
  return tools;
}

export function editLine(line, host, onclose) {
  if (line.row) return editRow(line, host, onclose);
  const extra = [];
  if (!line.own && line.wordings.length) {
    line.wordings.forEach((name, rung) => extra.push({ label: name, title: `换成“${name}”的写法`, run: (tools) => swapWording(tools, line, rung, onclose) }));
  }
  if (line.edited) extra.push({ label: "还原", title: "还原成生成时的话", run: async (tools) => { tools.close(); await act("restore", { line: line.number }, { words: "已还原" }); onclose?.(true); } });
  extra.push({ label: "加粗", keys: "ctrl+b", title: "把选中的字加粗或取消加粗（Ctrl+B）", run: (tools) => toggleBold(tools, line) });
  extra.push({ label: "在光标处拆开", keys: "ctrl+enter", title: "Ctrl+Enter", run: (tools) => splitHere(tools, line, onclose) });
  return start({
    key: `line-${line.number}`, host, op: "reword", values: (text) => ({ line: line.number, text }), text: line.text,
    label: "这一条的文字", extra, onclose,
  });
}

async function swapWording(tools, line, rung, onclose) {
  tools.close();
  await act("rung", { line: line.number, rung }, { words: "已换长短" });
  onclose?.(true);
}

async function splitHere(tools, line, onclose) {
  const at = places(tools.area.value, tools.area.selectionStart);
  if (tools.dirty && !(await tools.save())) return;
  if (!tools.dirty) tools.close();
  await act("split", { line: line.number, at }, { words: "已拆成两条" });
  onclose?.(true);
}

async function toggleBold(tools, line) {
  const text = tools.area.value;
  const [low, high] = [places(text, tools.area.selectionStart), places(text, tools.area.selectionEnd)];
  if (low === high) return;
  if (tools.dirty && !(await tools.save())) return;
  const now = desk.view.sections.flatMap((section) => section.lines).find((each) => each.number === line.number);
  tools.close();
  await act("bold", { line: line.number, ranges: toggled(now.emphasis, low, high) }, { words: "已改加粗" });
}

export function toggled(ranges, low, high) {
  const inside = (place) => ranges.some(([first, last]) => first <= place && place < last);
  const all = [...Array(high - low).keys()].every((step) => inside(low + step));
  const rest = ranges.flatMap(([first, last]) => [[first, Math.min(last, low)], [Math.max(first, high), last]]).filter(([first, last]) => first < last);
  return all ? rest : [...rest, [low, high]].sort((one, other) => one[0] - other[0]);
}

function editRow(line, host, onclose) {
  if (desk.editing) desk.editing.close();
  const inputs = ["item", "standard", "due"].map((name) => h("input", { value: line.row[name], name }));
  const findings = h("ul", { class: "findings" });
  const alarm = h("div", { role: "alert" }, findings);
  const values = () => ({ line: line.number, item: inputs[0].value, standard: inputs[1].value, due: inputs[2].value });
  const box = h("div", { class: "editor" },
    h("div", { class: "cellrow" }, ["事项", "标准", "期限"].map((name, place) => h("label", {}, name, inputs[place]))),
    h("div", { class: "tools" }, h("button", { type: "button", class: "main", onclick: () => save() }, "保存"), h("button", { type: "button", onclick: () => close() }, "取消")),
    alarm, h("div", { class: "compare" }, h("b", {}, "原文"), line.source));
  let timer = 0;
  const look = async () => {
    const told = await attempt("row", values());
    if (!told) return;
    const found = told.error ? [{ message: told.error }] : Object.values(told.findings).flat();
    box.classList.toggle("bad", found.length > 0);
    put(findings, found.map((each) => h("li", {}, icon("warn"), each.message)));
    if (told.page) showPage(told.page);
  };
  const close = () => { desk.editing = null; showPage(desk.view.page); redraw(); onclose?.(false); };
  const save = async () => { if (await act("row", values(), { again: save })) { desk.editing = null; redraw(); onclose?.(true); } };
  box.addEventListener("input", (event) => { if (event.isComposing) return; clearTimeout(timer); timer = setTimeout(look, PAUSE); });
  box.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    if (event.key === "Escape") { event.preventDefault(); close(); } else if (event.key === "Enter" && event.target.tagName === "INPUT") { event.preventDefault(); save(); }
    event.stopPropagation();
  });
  desk.editing = { key: `line-${line.number}`, close, box };
  host.replaceChildren(box);
  inputs[0].focus();
}

export function editField({ key, op, label, text, host, values = (value) => ({ text: value }), multiline = true, onclose = null }) {
  return start({ key, host, op, values, text, label, multiline, onclose });
}

export const preview = (line) => h("span", {}, bold(line.text, line.emphasis));
export const editorBox = () => $(".editor");
