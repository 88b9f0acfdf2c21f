// What every page but the login has: logging out.
import { post } from "./api.js";
import { $ } from "./dom.js";

$("#logout")?.addEventListener("click", async () => {
  await post("/api/logout");
  location.href = "/login";
});
