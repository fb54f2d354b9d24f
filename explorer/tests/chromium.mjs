/** Finds the machine's Chromium. */
import { existsSync } from "node:fs";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

/** Its path, or null where this machine has none. */
export function chromium() {
  const given = process.env.CHROMIUM;
  return (given ? [given] : PLACES).find((path) => existsSync(path)) ?? null;
}

/** Says what is missing; continuous integration must not pass without it. */
export function sayMissing(what) {
  const word = process.env.CI === "true" ? "FAILED" : "SKIPPED";
  console.error(
    `${word}: ${what} needs Chromium. On Debian: apt-get install chromium fonts-noto-cjk; or set CHROMIUM=.`,
  );
  return process.env.CI === "true" ? 1 : 0;
}
