// Settings: the branch's profile, backup, accounts, audit log.
import "./top.js";
import { get, post, send } from "./api.js";
import { confirm, open } from "./dialogs.js";
import { $, h, moment, put, toast } from "./dom.js";

async function profile() {
  const { profile: mine, businesses, roles } = await get("/api/profile");
  const branch = h("input", { value: mine.branch, maxlength: 40 });
  const boxes = Object.entries(businesses).map(([name, usual]) => h("label", {}, h("input", { type: "checkbox", value: name, checked: mine.on.includes(name) || (usual && !mine.off.includes(name)) }), name));
  const posts = roles.map((name) => h("label", {}, h("input", { type: "checkbox", value: name, checked: !mine.roles.length || mine.roles.includes(name) }), name));
  const read = (list) => list.map((label) => label.firstChild);
  put($("#profile"), h("p", {}, h("label", {}, "网点名称（印在单头）", branch)),
    h("fieldset", {}, h("legend", {}, "本网点办理的业务"), boxes), h("fieldset", {}, h("legend", {}, "本网点有的岗位"), posts), h("p", {}, h("button", { class: "main" }, "保存")));
  $("#profile").onsubmit = async (event) => {
    event.preventDefault();
    const on = read(boxes).filter((box) => box.checked).map((box) => box.value);
    const off = read(boxes).filter((box) => !box.checked).map((box) => box.value);
    const chosen = read(posts).filter((box) => box.checked).map((box) => box.value);
    try { await post("/api/profile", { branch: branch.value, on, off, roles: chosen.length === posts.length ? [] : chosen }); toast("已保存，从下一份文件起生效。"); } catch (error) { toast(error.message, { bad: true }); }
  };
}

async function accounts(rows = null) {
  const list = rows || await get("/api/accounts");
  put($("#accounts"), list.map((each) => h("tr", {}, h("td", {}, each.name), h("td", {}, each.role === "manager" ? "主管" : "读者"), h("td", {}, each.disabled ? "已停用" : "可用"),
    h("td", { class: "row" }, h("button", { type: "button", onclick: () => password(each.name) }, "改密码"), h("button", { type: "button", onclick: () => switchOff(each) }, each.disabled ? "启用" : "停用")))));
}

async function password(name) {
  const input = h("input", { type: "password", autocomplete: "new-password", "aria-label": "新密码", autofocus: true });
  const value = await open(`“${name}”的新密码`, h("label", {}, "至少 10 位　", input), [{ label: "取消", value: null }, { label: "修改", main: true, value: () => input.value }]);
  if (value) tell(() => post("/api/accounts/password", { name, password: value }), "密码已改，该账号须重新登录。");
}

const switchOff = (each) => tell(() => post("/api/accounts/disable", { name: each.name, disabled: !each.disabled }), each.disabled ? "已启用。" : "已停用。");

async function tell(send_it, words) {
  try { accounts(await send_it()); toast(words); audit(); } catch (error) { toast(error.message, { bad: true }); }
}

$("#add-account").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const fields = Object.fromEntries(new FormData(form));
  tell(async () => { const rows = await post("/api/accounts", fields); form.reset(); return rows; }, "账号已建。");
});

async function audit() {
  const told = await get("/api/audit");
  $("#audit-state").textContent = told.broken ? `日志从第 ${told.broken} 条起对不上，可能被改动过！` : "日志完整，没有被改动。";
  put($("#audit"), told.rows.map((row) => h("tr", {}, h("td", { class: "nowrap" }, moment(row.at)), h("td", {}, row.who), h("td", {}, row.address), h("td", { class: "nowrap" }, row.act), h("td", {}, row.what))));
}

$("#restore").addEventListener("click", () => $("#restore-file").click());
$("#restore-file").addEventListener("change", async (event) => {
  const file = event.target.files[0];
  event.target.value = "";
  if (!file || !(await confirm("用备份替换现在的历史库？", `现在的来文、学习单和记录会全部换成“${file.name}”里的内容。建议先备份一次。`, "替换", true))) return;
  try { await send("/api/restore", file); toast("已恢复。"); setTimeout(() => location.reload(), 900); } catch (error) { toast(error.message, { bad: true }); }
});

profile();
accounts();
audit();
