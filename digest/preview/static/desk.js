// The state of the review page: what the server last said, what is selected, and how changes are sent, one after the other.
import { get, post } from "./api.js";
import { open } from "./dialogs.js";
import { h, icon, say, toast } from "./dom.js";

export const desk = {
  id: Number(location.pathname.split("/").at(-1)),
  view: null, // the server's state
  source: null, // the left side, which never changes
  selected: null, // number of a line
  editing: null, // { key, close } of the open editor
  page: null, // the page shown: the saved one, or what typing would give
  saving: "saved",
  conflict: null,
};

const listeners = new Set();
export const listen = (run) => listeners.add(run);
export const redraw = (what = "all") => listeners.forEach((run) => run(what));

const channel = new BroadcastChannel("digest-review");
channel.onmessage = (event) => { if (event.data.draft === desk.id && event.data.version > desk.view?.draft.version) elsewhere(); };

export const path = (tail) => `/api/drafts/${desk.id}${tail}`;
export const allLines = () => desk.view.sections.flatMap((section) => section.lines.map((line) => ({ ...line, section: section.key })));
export const lineOf = (number) => allLines().find((line) => line.number === number) || null;

export async function load() {
  const [view, source] = await Promise.all([get(path("")), desk.source ? desk.source : get(path("/source"))]);
  desk.source = source;
  take(view);
}

function take(view, touched = undefined) {
  desk.view = view;
  desk.page = view.page;
  desk.conflict = null;
  const here = allLines().map((line) => line.number);
  if (touched !== undefined && touched !== null && here.includes(touched)) desk.selected = touched;
  if (!here.includes(desk.selected)) desk.selected = here[0] ?? null;
  redraw();
}

let chain = Promise.resolve();

// Changes wait for each other, so that quick keys do not conflict with themselves. Gives whether it was kept.
export function act(op, values = {}, { words = "", undoable = true, again = null } = {}) {
  const once_more = again || (() => act(op, values, { words, undoable }));
  chain = chain.then(() => run(() => change(op, values), { again: once_more, words, undoable }));
  return chain;
}

export function travel(by) {
  chain = chain.then(() => run(() => post(path("/travel"), { version: desk.view.draft.version, by }), { words: by < 0 ? "已撤销" : "已重做" }));
  return chain;
}

export function refill(again) {
  chain = chain.then(() => run(() => post(path("/refill"), { version: desk.view.draft.version, again }), { words: "已重新选句", undoable: true }));
  return chain;
}

async function change(op, values, confirmed = false, why = "") {
  const told = await post(path("/edits"), { version: desk.view.draft.version, op, values, confirmed, why });
  if (!told.confirm) return told;
  const word = await ask(told.confirm);
  return word === null ? null : change(op, values, true, word);
}

async function run(send, { again = null, words = "", undoable = false }) {
  saving("saving");
  try {
    const told = await send();
    saving("saved");
    if (!told) return false;
    take(told, told.touched);
    channel.postMessage({ draft: desk.id, version: told.draft.version });
    if (words && undoable) toast(words, { label: "撤销", action: () => travel(-1) });
    else if (words) say(words);
    return true;
  } catch (error) {
    saving("bad");
    if (error.kind === "VersionConflict") conflict(error, again);
    else toast(error.message, { bad: true });
    return false;
  }
}

export function saving(state) {
  desk.saving = state;
  redraw("saving");
}

function conflict(error, again) {
  desk.conflict = { text: error.message, current: error.current, again };
  redraw("banners");
}

export async function settle(again) {
  await load();
  saving("saved");
  if (again) again();
}

// Another window changed the draft: show it at once, unless something is being written here.
async function elsewhere() {
  if (desk.editing) {
    desk.conflict = { text: "这张单刚在另一个窗口改过。你正在改的内容还没有保存。", current: null, again: null };
    redraw("banners");
    return;
  }
  await load();
  toast("这张单刚在另一个窗口改过，已换成最新内容。");
}

export async function lookForNews() {
  if (!desk.view || document.hidden) return;
  try {
    const standing = await get(path("/standing"));
    if (standing.version > desk.view.draft.version) elsewhere();
  } catch { /* the next change will say it */ }
}

async function ask(findings) {
  const told = Object.values(findings).flat();
  const why = h("input", { maxlength: 120, placeholder: "可不填，例如：分行电话通知", "aria-label": "理由" });
  const answer = await open("与原文含义不同，确认这样写吗？", [
    h("ul", { class: "findings" }, told.map((each) => h("li", {}, icon("warn"), each.message))),
    h("p", {}, "确认后，纸面上这一条会标“网点改写”，并记入修改记录和审计日志。"),
    h("label", {}, "理由　", why),
  ], [{ label: "返回修改", value: false }, { label: "确认这样写", value: () => ({ why: why.value.trim() }), danger: true }]);
  return answer ? answer.why : null;
}

let last = null;

// What an edit would give, not kept. A later question cancels an earlier one; null when cancelled or in conflict.
export async function attempt(op, values) {
  last?.abort();
  last = new AbortController();
  try {
    return await post(path("/try"), { version: desk.view.draft.version, op, values }, last.signal);
  } catch (error) {
    return error.name === "AbortError" || error.kind === "VersionConflict" ? null : { error: error.message, findings: {}, runs: [], page: null };
  }
}

export function showPage(page) {
  desk.page = page;
  redraw("page");
}

export function select(number, { reveal = true } = {}) {
  desk.selected = number;
  redraw(reveal ? "selected" : "selected-quietly");
}
