// A sheet that was edited in Word comes back: its changes are shown beside the source before any is kept.
import { send } from "./api.js";
import { desk, load, path } from "./desk.js";
import { open } from "./dialogs.js";
import { h, icon, toast } from "./dom.js";

export function importWord() {
  const input = h("input", { type: "file", accept: ".docx", "aria-label": "选择改过的 Word" });
  input.addEventListener("change", () => { if (input.files[0]) read(input.files[0]); });
  input.click();
}

async function read(file) {
  try {
    const told = await send(`/api/imports/${desk.id}?version=${desk.view.draft.version}`, file);
    const confirmed = await agree(told);
    if (!confirmed) return;
    await send(`/api/imports/${desk.id}?version=${desk.view.draft.version}&confirmed=1`, file);
    await load();
    toast("已读回 Word 里的改动。");
  } catch (error) {
    toast(error.message, { bad: true });
  }
}

function agree(told) {
  const found = Object.values(told.findings).flat();
  return open("读回 Word 里的改动", [
    h("p", {}, told.changes.length ? `共 ${told.changes.length} 处不同：` : "内容与现在的单相同。"),
    h("ul", { class: "log" }, told.changes.map((each) => h("li", {}, h("span", { class: "tag blue" }, each.word), " ", each.runs.length ? each.runs.map((run) => (run.what === "same" ? run.text : h(run.what === "out" ? "del" : "ins", { class: run.what }, run.text))) : each.after || each.before))),
    found.length ? h("div", {}, h("p", {}, "其中与原文含义不同的："), h("ul", { class: "findings" }, found.map((each) => h("li", {}, icon("warn"), each.message)))) : null,
  ], [{ label: "不读回", value: false }, ...(told.changes.length ? [{ label: found.length ? "确认并读回" : "读回", value: true, main: !found.length, danger: found.length > 0 }] : [])]);
}
