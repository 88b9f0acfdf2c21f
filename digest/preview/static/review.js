// The review page as a whole: top bar, notices, keys that work everywhere, and the widths of the three columns.
import { get, post } from "./api.js";
import { act, desk, listen, load, lookForNews, path, refill, settle, travel } from "./desk.js";
import { menu, open } from "./dialogs.js";
import { $, composing, h, moment, put, toast } from "./dom.js";
import { addOwn, focusSelected, resume } from "./lines.js";
import "./paper.js";
import { printSheet, showVersions } from "./printing.js";
import "./source.js";

const KEYS = [
  ["↑ ↓", "上一条、下一条"], ["Alt+↑ ↓", "移动这一条（越过栏边进入下一栏）"], ["回车 / F2", "改字"], ["Delete", "取下"], ["S", "换成未上单的一条"], ["M", "移到别的栏"], ["P", "锁定 / 解锁"],
  ["R", "岗位"], ["G", "并入下一条"], ["N", "网点补充"], ["Ctrl+B", "（改字时）加粗选中的字"], ["Ctrl+回车", "（改字时）在光标处拆成两条"], ["Ctrl+Z / Ctrl+Y", "撤销 / 重做"], ["/", "查找原文"], ["F6", "在原文、条目、打印页之间切换"], ["Ctrl+P", "打印"], ["?", "这张表"],
];

listen((what) => {
  if (what === "all") { bar(); banners(); }
  if (what === "all" || what === "saving") saved();
  if (what === "banners") banners();
});

function bar() {
  const view = desk.view;
  document.title = `${view.title} · 审阅`;
  $("#file").textContent = desk.source.name;
  $("#file").title = desk.source.name;
  options($("#kind"), view.kinds.map((kind) => [kind, kind]), view.kind);
  options($("#template"), view.templates.map((each) => [each.name, each.title]), view.template);
  for (const [id, word, label] of [["#undo", view.undo, "撤销"], ["#redo", view.redo, "重做"]]) {
    $(id).disabled = !word;
    $(id).title = word ? `${label}：${word}` : label;
    $(id).setAttribute("aria-label", word ? `${label}：${word}` : label);
  }
}

function options(select, pairs, value) {
  if (select.options.length !== pairs.length) put(select, pairs.map(([key, title]) => h("option", { value: key }, title)));
  select.value = value;
}

function saved() {
  const box = $("#saved");
  box.classList.toggle("bad", desk.saving === "bad");
  box.textContent = { saving: "正在保存…", bad: "没有保存", saved: desk.view ? `已保存 ${moment(desk.view.draft.at)}` : "" }[desk.saving];
}

let dismissed = false;

function banners() {
  const view = desk.view;
  const found = [];
  if (desk.conflict) found.push(banner("red", conflictWords(), h("button", { type: "button", onclick: () => settle(null) }, "载入最新"), desk.conflict.again ? h("button", { type: "button", onclick: () => settle(desk.conflict.again) }, "载入最新，再做一次我的改动") : null));
  if (view.light === "orange") found.push(banner("", "受限文件：按份编号、签名领用、用后收回，不导出手机版；打印时须确认传达范围。"));
  for (const link of view.links.filter((each) => each.relation !== "引用")) found.push(banner("blue", linkWords(link), h("button", { type: "button", onclick: () => window.open(`/archive#source-${link.source}`, "_blank", "noopener") }, "对照查看")));
  if (view.sure.confidence < 0.6 && view.draft.version === 1) found.push(banner("", `来文类型拿不准（猜是“${view.kind}”${view.sure.second ? `，也可能是“${view.sure.second}”` : ""}），点一下就定。`, ...[view.kind, view.sure.second].filter(Boolean).map((kind) => h("button", { type: "button", onclick: () => choose(kind) }, kind))));
  for (const alarm of view.balance.alarms) found.push(banner("red", alarm));
  if (view.circulate) found.push(banner("", "没有读到限期必办的事项，或主要是别家的职责，建议传阅即可；请对照原文确认。"));
  const hints = [...view.notices, ...(view.missing.length ? [`这类来文通常应有、但没找到：${view.missing.join("、")}。原文没有就不会印。`] : [])];
  if (hints.length && !dismissed) found.push(hintBanner(hints));
  put($("#banners"), found);
}

// Several hints take one line; all of them are one press away.
function hintBanner(hints) {
  const all = () => open("请留意", h("ul", { class: "log" }, hints.map((each) => h("li", {}, each))), [{ label: "关闭", value: null, main: true }]);
  const close = h("button", { type: "button", onclick: () => { dismissed = true; banners(); } }, "知道了");
  return h("div", { class: "banner short" }, h("span", { class: "words", title: hints.join("\n") }, `请留意${hints.length > 1 ? `（${hints.length}）` : ""}：${hints.join("；")}`), h("button", { type: "button", onclick: all }, "全部"), close);
}

const banner = (kind, words, ...buttons) => h("div", { class: ["banner", kind], role: kind === "red" ? "alert" : null }, h("span", { class: "words" }, words), buttons);

function conflictWords() {
  const now = desk.conflict.current;
  return desk.conflict.text + (now ? `（${moment(now.at)}）` : "");
}

const linkWords = (link) => (link.outgoing ? `本件${link.relation}了历史库里的` : `注意：本件已被历史库里的`) + `《${link.title}》${link.doc_number ? `（${link.doc_number}）` : ""}` + (link.outgoing ? "，旧的学习单请收回。" : `${link.relation}。`);

$("#kind").addEventListener("change", (event) => choose(event.target.value));
$("#template").addEventListener("change", async (event) => { if (!(await act("template", { text: event.target.value }))) event.target.value = desk.view.template; });
$("#undo").addEventListener("click", () => travel(-1));
$("#redo").addEventListener("click", () => travel(1));
$("#print").addEventListener("click", printSheet);
$("#add").addEventListener("click", addOwn);
$("#keys").addEventListener("click", showKeys);
$("#more").addEventListener("click", (event) => menu(event.currentTarget, [
  { label: "修改记录…", run: showHistory },
  { label: "定稿版本、发放登记…", run: showVersions },
  { label: "读回改过的 Word…", run: () => importWord() },
  { label: "重新选句（保留锁定和网点补充）", run: () => refill(true) },
  { label: "另起一张新单", run: fresh },
  { label: "下载原文件", run: () => { location.href = `/api/sources/${desk.view.draft.source}/file`; } },
  { label: "显示 / 隐藏原文（窄屏）", run: () => $(".desk").classList.toggle("show-left") },
  { label: "快捷键", keys: "?", run: showKeys },
]));

async function choose(kind) {
  const kept = await act("kind", { text: kind });
  $("#kind").value = desk.view.kind;
  if (kept) toast(`类型定为“${desk.view.kind}”。`, { label: "按新情况重新选句", action: () => refill(false) });
}

function showKeys() {
  open("快捷键", h("table", {}, h("tbody", {}, KEYS.map(([key, words]) => h("tr", {}, h("td", {}, h("kbd", {}, key)), h("td", {}, words))))), [{ label: "关闭", value: null, main: true }]);
}

async function showHistory() {
  const rows = await get(path("/history"));
  open("修改记录", h("ul", { class: "log" }, rows.map((row) => h("li", {}, `第 ${row.version} 版　${moment(row.at)}　${row.who}　`, h("strong", {}, row.label), row.confirmed ? h("div", {}, h("span", { class: "tag red" }, "确认过的改写"), ` ${row.confirmed}`) : null))), [{ label: "关闭", value: null, main: true }], { wide: true });
}

async function fresh() {
  const told = await post(`/api/sources/${desk.view.draft.source}/drafts`);
  location.href = `/review/${told.draft}`;
}

async function importWord() {
  const { importWord: run } = await import("./importing.js");
  run();
}

document.addEventListener("keydown", (event) => {
  if (composing(event) || document.querySelector("dialog[open]")) return;
  const writing = event.target.closest("input, textarea, select");
  const control = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (control && key === "p") { event.preventDefault(); printSheet(); }
  else if (control && key === "s") { event.preventDefault(); toast("每次改动都已自动保存。"); }
  else if (control && !writing && key === "z") { event.preventDefault(); travel(event.shiftKey ? 1 : -1); }
  else if (control && !writing && key === "y") { event.preventDefault(); travel(1); }
  else if (event.key === "F6") { event.preventDefault(); cycle(event.shiftKey ? -1 : 1); }
  else if (!writing && event.key === "/") { event.preventDefault(); $("#find").focus(); }
  else if (!writing && event.key === "?") { event.preventDefault(); showKeys(); }
});

function cycle(by) {
  const panes = ["#source", "#lines", "#paper"];
  const here = panes.findIndex((id) => $(id).contains(document.activeElement));
  const next = panes[(here + by + panes.length) % panes.length];
  if (next === "#lines") focusSelected(); else $(next).focus();
}

function widths() {
  for (const [grip, name, side] of [["#grip-left", "--left", 1], ["#grip-right", "--right", -1]]) {
    const element = $(grip);
    const columns = $(".desk");
    const set = (percent) => {
      const kept = Math.max(15, Math.min(60, percent));
      columns.style.setProperty(name, `${kept}%`);
      element.setAttribute("aria-valuenow", String(Math.round(kept)));
      localStorage.setItem(`digest:${name}`, String(kept));
    };
    const stored = Number(localStorage.getItem(`digest:${name}`));
    if (stored) set(stored);
    element.addEventListener("pointerdown", (event) => {
      element.setPointerCapture(event.pointerId);
      const move = (moved) => { const box = columns.getBoundingClientRect(); set(100 * (side > 0 ? moved.clientX - box.left : box.right - moved.clientX) / box.width); };
      element.addEventListener("pointermove", move);
      element.addEventListener("pointerup", () => element.removeEventListener("pointermove", move), { once: true });
    });
    element.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -2, ArrowRight: 2 }[event.key];
      if (by) { event.preventDefault(); set(Number(element.getAttribute("aria-valuenow")) + by * side); }
    });
  }
}

document.addEventListener("visibilitychange", lookForNews);
window.addEventListener("focus", lookForNews);
widths();
try {
  await load();
  resume();
  if (!desk.editing) focusSelected();
  document.body.dataset.ready = "yes";
} catch (error) {
  put($("#banners"), banner("red", error.message, h("a", { href: "/" }, "回到首页")));
}
