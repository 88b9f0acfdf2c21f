// Modal questions on the browser's own <dialog>: it keeps the focus inside and gives it back.
import { h } from "./dom.js";

export function open(title, body, buttons, { wide = false } = {}) {
  return new Promise((resolve) => {
    const id = `dialog-${Math.round(performance.now())}`;
    const dialog = h("dialog", { "aria-labelledby": id, class: wide ? "wide" : null });
    const finish = (value) => { dialog.close(); dialog.remove(); resolve(value); };
    const foot = buttons.map(({ label, value, main = false, danger = false, check = null }) =>
      h("button", {
        type: "button", class: [main && "main", danger && "danger"].filter(Boolean).join(" ") || null, data: { value: String(value) },
        onclick: async () => { if (!check || await check()) finish(typeof value === "function" ? value() : value); },
      }, label));
    dialog.append(h("div", { class: "inside" }, h("header", { id }, title), h("div", { class: "body" }, body), h("footer", {}, foot)));
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); finish(null); });
    document.body.append(dialog);
    dialog.showModal();
    const first = dialog.querySelector("[autofocus]") || dialog.querySelector(".body input, .body textarea, .body select, .body button") || foot.at(-1);
    first?.focus();
    dialog.finish = finish;
  });
}

export const confirm = (title, text, label = "确定", danger = false) =>
  open(title, h("p", {}, text), [{ label: "取消", value: false }, { label, value: true, main: !danger, danger }]);

// A list to choose one from with the arrow keys; gives the chosen value or null.
export function choose(title, choices, { hint = "", filter = false } = {}) {
  return new Promise((resolve) => {
    const list = h("ul", { class: "choices" });
    const search = filter ? h("input", { type: "search", placeholder: "输入几个字筛选", "aria-label": "筛选", autofocus: true }) : null;
    let dialog = null;
    const fill = () => {
      const words = (search?.value || "").trim();
      list.replaceChildren(...choices.filter((each) => !words || each.label.includes(words)).slice(0, 80).map((each) =>
        h("li", {}, h("button", { type: "button", "aria-current": each.current ? "true" : null, onclick: () => dialog.finish(each.value) },
          h("span", {}, each.label, each.note ? h("span", { class: "hint" }, `　${each.note}`) : null)))));
    };
    fill();
    search?.addEventListener("input", fill);
    const answer = open(title, h("div", {}, hint ? h("p", { class: "hint" }, hint) : null, search, list), [{ label: "取消", value: null }]);
    dialog = [...document.querySelectorAll("dialog")].at(-1);
    dialog.addEventListener("keydown", (event) => {
      if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
      event.preventDefault();
      const buttons = [...list.querySelectorAll("button")];
      const here = buttons.indexOf(document.activeElement);
      buttons[(here + (event.key === "ArrowDown" ? 1 : -1) + buttons.length) % buttons.length]?.focus();
    });
    (search || list.querySelector("[aria-current]") || list.querySelector("button"))?.focus();
    answer.then(resolve);
  });
}

export function menu(anchor, items) {
  document.querySelector(".menu")?.remove();
  const box = h("div", { class: "menu", role: "menu" }, items.filter(Boolean).map(({ label, keys = "", run, disabled = false }) =>
    h("button", { type: "button", role: "menuitem", disabled, onclick: () => { close(); run(); } }, h("span", {}, label), keys ? h("kbd", {}, keys) : null)));
  const close = () => { box.remove(); document.removeEventListener("pointerdown", outside, true); anchor.setAttribute("aria-expanded", "false"); };
  const outside = (event) => { if (!box.contains(event.target)) close(); };
  document.body.append(box);
  const at = anchor.getBoundingClientRect();
  box.style.top = `${Math.min(at.bottom + 4, innerHeight - box.offsetHeight - 8)}px`;
  box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.offsetWidth - 8))}px`;
  anchor.setAttribute("aria-expanded", "true");
  box.addEventListener("keydown", (event) => {
    const buttons = [...box.querySelectorAll("button:not(:disabled)")];
    const here = buttons.indexOf(document.activeElement);
    if (event.key === "Escape" || event.key === "Tab") { event.preventDefault(); close(); anchor.focus(); }
    else if (event.key === "ArrowDown") { event.preventDefault(); buttons[(here + 1) % buttons.length].focus(); }
    else if (event.key === "ArrowUp") { event.preventDefault(); buttons[(here - 1 + buttons.length) % buttons.length].focus(); }
  });
  document.addEventListener("pointerdown", outside, true);
  box.querySelector("button:not(:disabled)")?.focus();
}
