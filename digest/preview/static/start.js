// The start page: files in by drop or choice, their progress, what was worked on last.
import "./top.js";
import { get, post, remove, send } from "./api.js";
import { open } from "./dialogs.js";
import { coming } from "./coming.js";
import { $, h, moment, put, toast } from "./dom.js";

const STAGES = { waiting: "排队中", reading: "正在读取", understanding: "正在整理成单", done: "完成", refused: "没有收下", cancelled: "已取消" };
const MOST = 60;
const shown = new Set(); // files of this visit: older ones are in the lists below
const given = new Map(); // job → File, to ask again with a password
let timer = 0;

async function take(files) {
  const list = [...files].filter((file) => file.size && !file.name.startsWith(".") && !file.name.startsWith("~$"));
  if (list.length > MOST) toast(`一次最多放 ${MOST} 个文件，多出的没有放。`, { bad: true });
  for (const file of list.slice(0, MOST)) await hand(file);
}

async function hand(file, password = "") {
  try {
    const headers = password ? { "x-file-password": encodeURIComponent(password) } : {};
    const job = await send(`/api/files?name=${encodeURIComponent(file.name)}`, file, headers);
    shown.add(job.id);
    given.set(job.id, file);
    watch();
  } catch (error) {
    toast(`${file.name}：${error.message}`, { bad: true });
  }
}

async function watch() {
  clearTimeout(timer);
  const jobs = (await get("/api/jobs")).filter((job) => shown.has(job.id));
  $("#jobs-part").hidden = !jobs.length;
  put($("#jobs"), jobs.map(row));
  const moving = jobs.some((job) => !job.over);
  if (!moving && jobs.length === 1 && jobs[0].stage === "done" && !jobs[0].known) {
    location.href = `/review/${jobs[0].draft}`;
    return;
  }
  if (moving) timer = setTimeout(watch, 350);
  else recent();
}

function row(job) {
  const seconds = Math.max(0, Math.round((job.over ? job.ended : Date.now() / 1000) - job.begun));
  const pages = job.pages ? `，已识别 ${job.pages} 页` : "";
  return h("li", { class: ["job", job.stage] },
    h("span", { class: "name" }, job.name),
    h("span", { class: "row" },
      job.over ? null : h("progress", { "aria-label": `${job.name} 正在处理` }),
      h("span", { class: "hint" }, `${STAGES[job.stage]}${pages}${job.over ? "" : `　${seconds} 秒`}`),
      job.stage === "done" ? h("a", { class: "button", href: `/review/${job.draft}` }, job.known ? "打开已有的单" : "审阅") : null,
      job.over ? null : h("button", { type: "button", onclick: () => cancel(job) }, "取消"),
      job.code === "Encrypted" && given.has(job.id) ? h("button", { type: "button", onclick: () => unlock(job) }, "输入密码…") : null),
    job.known ? h("p", { class: "hint" }, "这份文件以前收过，没有重复存入。") : null,
    job.reason ? h("p", { class: "why" }, job.reason) : null);
}

async function cancel(job) {
  await remove(`/api/jobs/${job.id}`).catch((error) => toast(error.message, { bad: true }));
  watch();
}

async function unlock(job) {
  const input = h("input", { type: "password", autofocus: true, "aria-label": "打开密码" });
  const password = await open(`“${job.name}”的打开密码`, h("label", {}, "密码　", input), [{ label: "取消", value: null }, { label: "打开", value: () => input.value, main: true }]);
  if (password) {
    shown.delete(job.id);
    hand(given.get(job.id), password);
  }
}

async function recent() {
  const list = $("#recent");
  list.dataset.empty = "还没有学习单。放入第一份来文试试。";
  const drafts = await get("/api/drafts");
  put(list, drafts.map((draft) => h("li", {},
    h("a", { class: "title", href: `/review/${draft.id}` }, draft.title),
    h("div", { class: "meta" }, h("span", { class: "tag blue" }, draft.kind), h("span", {}, `${moment(draft.at)} 改`), h("span", {}, `第 ${draft.version} 版`), h("span", {}, draft.who)))));
}

async function samples() {
  const names = await get("/api/samples");
  $("#samples-part").hidden = !names.length;
  put($("#samples"), names.map((name, place) => h("li", {}, h("button", { type: "button", class: "link", onclick: () => sample(place) }, name))));
}

async function sample(place) {
  const job = await post(`/api/samples/${place}`);
  shown.add(job.id);
  watch();
}

// A dropped folder comes as an entry whose files must be walked to.
async function walk(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) break;
    for (const each of some) found.push(...await walk(each));
  }
  return found;
}

const drop = $("#drop");
for (const name of ["dragenter", "dragover"]) document.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
document.addEventListener("drop", async (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const plain = [...event.dataTransfer.files];
  take(entries.length ? (await Promise.all(entries.map(walk))).flat() : plain);
});
$("#pick").addEventListener("click", () => $("#files").click());
$("#pick-folder").addEventListener("click", () => $("#folder").click());
for (const id of ["#files", "#folder"]) $(id).addEventListener("change", (event) => { take(event.target.files); event.target.value = ""; });

recent();
coming(true);
samples();
