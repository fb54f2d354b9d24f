/** Runs the page's tests in a real browser against a real service; where there is no browser, says so. */
import { spawnSync } from "node:child_process";
import { chromium, sayMissing } from "./chromium.mjs";

if (!chromium()) process.exit(sayMissing("testing the page"));
const { status } = spawnSync("npx", ["playwright", "test", ...process.argv.slice(2)], { stdio: "inherit" });
process.exit(status ?? 1);
