// The list of days to come, on the start page and in the archive.
import { get } from "./api.js";
import { $, day, h, put } from "./dom.js";

export async function coming(link) {
  const list = $("#coming");
  list.dataset.empty = "近期没有施行或到期的事项。";
  const days = await get("/api/upcoming");
  const today = new Date();
  const iso = `${today.getFullYear()}-${String(today.getMonth() + 1).padStart(2, "0")}-${String(today.getDate()).padStart(2, "0")}`;
  put(list, days.map((each) => h("li", {},
    h("div", { class: "meta" },
      h("span", { class: each.day >= iso && daysTo(iso, each.day) <= 3 ? "soon" : null }, day(each.day) + away(iso, each.day)),
      h("span", { class: ["tag", each.what === "effective" ? "green" : "amber"] }, each.what === "effective" ? "施行" : "到期"),
      each.computed ? h("span", { class: "tag" }, "推算") : null),
    link ? h("a", { href: `/review/${each.draft}` }, each.label) : h("span", {}, each.label),
    each.label !== each.title ? h("div", { class: "meta" }, each.title) : null)));
}

const daysTo = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 86400000);

function away(from, to) {
  const days = daysTo(from, to);
  if (days < 0) return `（已过 ${-days} 天）`;
  return days === 0 ? "（今天）" : days === 1 ? "（明天）" : `（还有 ${days} 天）`;
}
