// The archive: search with highlights, filters, what is near, versions, hand-outs and links of a source.
import "./top.js";
import { get, remove } from "./api.js";
import { coming } from "./coming.js";
import { confirm, open } from "./dialogs.js";
import { $, composing, day, h, moment, put, toast } from "./dom.js";
import { handOut } from "./printing.js";

const manager = document.querySelector('meta[name="role"]').content === "manager";
const KINDS = ["制度办法", "工作通知", "通报", "风险提示", "系统上线", "操作规程", "营销活动", "检查整改", "反诈反洗钱账户", "消保投诉", "安保", "适老化"];
const ROLES = ["柜员", "大堂经理", "客户经理", "理财经理", "运营主管", "网点负责人", "负责人", "保安"];
const WHAT = { source: ["来文", ""], draft: ["学习单", "blue"], issue: ["已印发", "green"] };
let skip = 0;

$("#kind").append(...KINDS.map((kind) => h("option", {}, kind)));
$("#role").append(...ROLES.map((role) => h("option", {}, role)));

async function search(more = false) {
  skip = more ? skip + 40 : 0;
  const query = new URLSearchParams({ skip });
  for (const id of ["words", "kind", "role", "since", "until", "what"]) if ($(`#${id}`).value) query.set(id, $(`#${id}`).value);
  let hits;
  try { hits = await get(`/api/archive?${query}`); } catch (error) { return toast(error.message, { bad: true }); }
  const list = $("#hits");
  list.dataset.empty = $("#words").value ? "没有找到。换个说法，或减少条件再试。" : "历史库还是空的。";
  const rows = hits.map(row);
  if (more) list.append(...rows); else put(list, rows);
  $("#hits-count").textContent = $("#words").value ? `找到 ${list.children.length} 条${hits.length === 40 ? "以上" : ""}` : "";
  $("#more-hits").hidden = hits.length < 40;
}

function row(hit) {
  const [word, colour] = WHAT[hit.what];
  const title = hit.what === "issue" ? `${hit.title}（第 ${hit.issue.number} 版）` : hit.title;
  return h("li", {},
    h("div", {}, h("span", { class: ["tag", colour] }, word), " ", hit.draft ? h("a", { class: "title", href: `/review/${hit.draft}` }, title) : h("span", { class: "title" }, title)),
    h("div", { class: "meta" }, h("span", {}, hit.kind), hit.doc_number && hit.what !== "source" ? h("span", {}, hit.doc_number) : null, hit.effective ? h("span", {}, `施行 ${day(hit.effective)}`) : null, h("span", {}, moment(hit.at)), hit.light === "orange" ? h("span", { class: "tag amber" }, "受限") : null),
    hit.excerpts.map((parts) => h("p", { class: "excerpt" }, parts.map((part) => part.hit ? h("mark", {}, part.text) : part.text))),
    h("div", { class: "acts" },
      hit.what === "issue" ? h("a", { class: "button", href: `/api/printing/${hit.ref}`, target: "_blank", rel: "noopener" }, "打开 PDF") : null,
      hit.what === "issue" && manager ? h("button", { type: "button", onclick: () => handOut(hit.issue) }, "登记发放") : null,
      manager ? h("button", { type: "button", onclick: () => details(hit.source) }, "版本与关联") : null,
      manager && hit.what === "source" ? h("button", { type: "button", class: "danger", onclick: () => forget(hit) }, "删除") : null));
}

async function details(number) {
  let told;
  try { told = await get(`/api/sources/${number}`); } catch (error) { return toast(error.message, { bad: true }); }
  const it = told.source;
  const fact = (name, value) => (value ? h("tr", {}, h("td", {}, name), h("td", {}, value)) : null);
  open(it.title, [
    h("table", {}, h("tbody", {}, fact("文号", it.doc_number), fact("发文机关", it.issuer), fact("发文日", day(it.signed)), fact("施行日", day(it.effective)), fact("文件", it.name), fact("收到", `${moment(it.at)}　${it.who}`), fact("校验", it.sha256.slice(0, 16)))),
    told.links.length ? h("div", {}, h("h3", {}, "关联"), h("ul", { class: "log" }, told.links.map((link) => h("li", {}, h("span", { class: "tag amber" }, link.outgoing ? `本件${link.relation}` : `被${link.relation}`), ` 《${link.title}》${link.doc_number}`, h("div", { class: "hint" }, link.evidence), h("button", { type: "button", onclick: () => details(link.source) }, "查看"))))) : null,
    h("h3", {}, "学习单"),
    h("ul", { class: "log" }, told.drafts.map((draft) => h("li", {}, h("a", { href: `/review/${draft.id}` }, draft.title), `　第 ${draft.version} 版草稿，${moment(draft.at)}`,
      h("div", {}, draft.issues.map((issue) => h("div", { class: "row" }, `定稿第 ${issue.number} 版　${moment(issue.at)}`, h("a", { href: `/api/printing/${issue.id}`, target: "_blank", rel: "noopener" }, "PDF"))))))),
  ], [{ label: "下载原文件", value: "file" }, { label: "关闭", value: null, main: true }], { wide: true }).then((value) => { if (value === "file") location.href = `/api/sources/${number}/file`; });
}

async function forget(hit) {
  if (!(await confirm("删除这份来文？", `“${hit.title}”连同它的学习单、定稿和发放记录都会删除，不能撤销。`, "删除", true))) return;
  try { await remove(`/api/sources/${hit.source}`); toast("已删除。"); search(); } catch (error) { toast(error.message, { bad: true }); }
}

$("#search").addEventListener("submit", (event) => { event.preventDefault(); search(); });
let timer = 0;
$("#words").addEventListener("input", (event) => { if (event.isComposing) return; clearTimeout(timer); timer = setTimeout(search, 250); });
$("#words").addEventListener("compositionend", () => search());
$("#words").addEventListener("keydown", (event) => { if (composing(event)) event.stopPropagation(); });
for (const id of ["kind", "role", "since", "until", "what"]) $(`#${id}`).addEventListener("change", () => search());
$("#more-hits").addEventListener("click", () => search(true));
search();
coming(manager);
if (location.hash.startsWith("#source-") && manager) details(Number(location.hash.slice(8)));
