// Before paper: the confirmations; then the very PDF to the printer, or a file; then who got it.
import { get, post } from "./api.js";
import { desk, path } from "./desk.js";
import { open } from "./dialogs.js";
import { h, moment, toast } from "./dom.js";

export async function printSheet() {
  if (desk.editing) return toast("还有一条正在改，请先保存或取消。", { bad: true });
  let told;
  try { told = await get(path("/checks")); } catch (error) { return toast(error.message, { bad: true }); }
  const ticks = told.checks.map((check) => tick(check));
  const copies = h("input", { type: "number", min: "1", max: "60", value: "10", id: "copies" });
  const error = h("p", { class: "error", role: "alert" });
  const all = () => ticks.every((each) => each.box.checked);
  const need = () => { if (all()) return true; error.textContent = "请逐项确认后再印。"; ticks.find((each) => !each.box.checked).box.focus(); return false; };
  let dialog = null;
  const way = (label, value) => h("button", { type: "button", data: { value }, onclick: () => { if (need()) dialog.finish(value); } }, label);
  const exports = h("div", { id: "exports", role: "group", "aria-label": "导出" }, h("span", { class: "hint" }, "或导出"), way("PDF", "save"), way("Word", "docx"), told.restricted ? null : way("手机版 HTML", "html"), way("数据 JSON", "json"), way("主管用（带答案）", "answers"));
  const asked = open("打印前请逐项确认", [
    h("ul", { class: "ticks" }, ticks.map((each) => each.item)),
    told.restricted ? h("label", { for: "copies" }, "编号份数　", copies, h("span", { class: "hint" }, "　每份印上自己的编号")) : null,
    error, exports,
  ], [{ label: "取消", value: null }, { label: "打印", value: "print", main: true, check: need }]);
  dialog = [...document.querySelectorAll("dialog")].at(-1);
  const answer = await asked;
  if (!answer) return;
  try {
    const issue = await post(path("/issues"), { version: desk.view.draft.version, ticks: told.checks.map((check) => check.key), copies: told.restricted ? Number(copies.value) : 0 });
    deliver(issue, answer);
    if (["print", "save"].includes(answer)) toast("已定稿留存。发放后请登记。", { label: "登记发放", action: () => handOut(issue) });
  } catch (failure) {
    toast(failure.message, { bad: true });
  }
}

function tick(check) {
  const box = h("input", { type: "checkbox", id: `tick-${check.key}` });
  const about = check.details.length ? h("ul", { class: "about" }, check.details.slice(0, 12).map((each) => h("li", {}, each)), check.details.length > 12 ? h("li", {}, `…共 ${check.details.length} 处`) : null) : null;
  return { box, item: h("li", {}, h("label", {}, box, h("span", {}, check.text)), about) };
}

function deliver(issue, way) {
  if (way === "print") return printFrame(`/api/printing/${issue.id}`);
  const href = way === "save" ? `/api/printing/${issue.id}?save=1` : `/api/issues/${issue.id}/${way}`;
  fetchFile(href);
}

async function fetchFile(href) {
  const response = await fetch(href);
  if (!response.ok) {
    const told = await response.json().catch(() => ({ error: "没有生成，请再试。" }));
    return toast(told.error, { bad: true });
  }
  const name = decodeURIComponent((response.headers.get("content-disposition") || "").split("filename*=UTF-8''")[1] || "sheet");
  const url = URL.createObjectURL(await response.blob());
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 30000);
}

// The browser's own PDF viewer prints what it holds: no margins, no scaling of ours in between.
function printFrame(href) {
  document.querySelector("iframe.printing")?.remove();
  const frame = h("iframe", { class: "printing", title: "打印", src: href, "aria-hidden": "true", tabindex: "-1" });
  frame.addEventListener("load", () => {
    try { frame.contentWindow.focus(); frame.contentWindow.print(); } catch { window.open(href, "_blank", "noopener"); }
  });
  document.body.append(frame);
}

export async function handOut(issue) {
  const today = new Date();
  const iso = `${today.getFullYear()}-${String(today.getMonth() + 1).padStart(2, "0")}-${String(today.getDate()).padStart(2, "0")}`;
  const fields = { day: h("input", { type: "date", value: iso }), meeting: h("input", { value: desk.view?.meetings?.[0] || "晨会", list: "meetings" }), note: h("input", {}) };
  const names = h("textarea", { rows: 4, placeholder: "一行一个名字，或用顿号、空格隔开" });
  const list = h("datalist", { id: "meetings" }, (desk.view?.meetings || ["晨会"]).map((name) => h("option", { value: name })));
  const row = (label, input) => h("label", { style: { display: "grid" } }, label, input);
  const got = await open("登记发放", [row("日期", fields.day), row("场合", fields.meeting), row(issue.copies ? `领用人（按编号 001 起，共 ${issue.copies} 份）` : "签到人", names), row("备注", fields.note), list],
    [{ label: "以后再登记", value: null }, { label: "登记", main: true, value: () => ({ day: fields.day.value, meeting: fields.meeting.value, note: fields.note.value, names: names.value.split(/[\s、，,；;]+/).filter(Boolean) }) }]);
  if (!got) return;
  try { await post(`/api/issues/${issue.id}/hand-outs`, got); toast("已登记发放。"); } catch (error) { toast(error.message, { bad: true }); }
}

export async function showVersions() {
  const issues = await get(path("/issues"));
  const body = issues.length ? h("ul", { class: "log" }, issues.map((issue) => h("li", {}, h("strong", {}, `第 ${issue.number} 版`), `　${moment(issue.at)}　${issue.who}${issue.copies ? `　${issue.copies} 份` : ""}`,
    h("div", { class: "row" }, h("button", { type: "button", onclick: () => fetchFile(`/api/printing/${issue.id}?save=1`) }, "PDF"), h("button", { type: "button", onclick: () => compare(issue) }, "与现在比较"), h("button", { type: "button", onclick: () => handOut(issue) }, "登记发放"), h("button", { type: "button", onclick: () => showHandOuts(issue) }, "发放记录"))))) : h("p", {}, "还没有定稿。打印或导出时会自动留存一版。");
  open("定稿版本", body, [{ label: "关闭", value: null }], { wide: true });
}

const WORDS = { added: "新增", removed: "取下", moved: "换栏", reworded: "改字", field: "改" };

async function compare(issue) {
  const changes = await get(`/api/issues/${issue.id}/compare/0`);
  const body = changes.length ? h("ul", { class: "log" }, changes.map((each) => h("li", {}, h("span", { class: "tag blue" }, WORDS[each.what]), ` ${each.section}　`,
    each.runs.length ? each.runs.map((run) => run.what === "same" ? run.text : h(run.what === "out" ? "del" : "ins", { class: run.what }, run.text)) : each.after || h("del", { class: "out" }, each.before)))) : h("p", {}, "没有差别。");
  open(`第 ${issue.number} 版与现在`, body, [{ label: "关闭", value: null }], { wide: true });
}

async function showHandOuts(issue) {
  const found = await get(`/api/issues/${issue.id}/hand-outs/list`);
  const body = found.length ? h("ul", { class: "log" }, found.map((each) => h("li", {}, h("strong", {}, `${each.day} ${each.meeting}`), each.note ? `　${each.note}` : "",
    h("table", {}, h("tbody", {}, each.signatures.map((name, place) => h("tr", {}, h("td", {}, name.copy || String(place + 1)), h("td", {}, name.name), h("td", {}, name.copy ? returned(each, place, name) : ""))))))) ) : h("p", {}, "还没有登记。");
  open("发放记录", body, [{ label: "关闭", value: null }], { wide: true });
}

function returned(record, place, name) {
  if (name.returned) return `${name.returned} 已收回`;
  const button = h("button", { type: "button", onclick: async () => { await post(`/api/hand-outs/${record.id}/${place}/return`); button.replaceWith("已收回"); } }, "收回");
  return button;
}
