// Requests to our own server; a failure is an Error whose message is the sentence for the user.
const token = document.querySelector('meta[name="csrf"]').content;

export class Failure extends Error {
  constructor(told, status) {
    super(told.error || "没有连上程序。请看启动窗口是否还开着。");
    this.status = status;
    this.kind = told.kind || "";
    this.current = told.current || null;
  }
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Failure({}, 0);
  }
  if (response.status === 401) {
    location.href = "/login";
    throw new Failure({ error: "请重新登录。" }, 401);
  }
  const kind = response.headers.get("content-type") || "";
  const told = kind.includes("json") ? await response.json() : { error: (await response.text()).slice(0, 200) };
  if (!response.ok) throw new Failure(told, response.status);
  return told;
}

export const get = (path, signal) => ask(path, { signal });
export const post = (path, value = {}, signal = undefined) =>
  ask(path, { method: "POST", headers: { "content-type": "application/json", "x-csrf-token": token }, body: JSON.stringify(value), signal });
export const remove = (path) => ask(path, { method: "DELETE", headers: { "x-csrf-token": token } });
export const send = (path, blob, headers = {}) =>
  ask(path, { method: "POST", headers: { "content-type": "application/octet-stream", "x-csrf-token": token, ...headers }, body: blob });
