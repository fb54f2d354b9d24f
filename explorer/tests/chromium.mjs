/** Finds the machine's Chromium. */
import { existsSync } from "node:fs";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

/**
 * How it is started. For every window Chromium loads a page of its own for its address bar, which nobody sees here and which
 * takes as long as ours: that is switched off. Only the last list of such features counts, so those follow that Playwright
 * gives to keep the browser from asking other hosts and from changing addresses.
 */
export const ARGUMENTS = [
  "--no-sandbox",
  `--disable-features=${[
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,WebUIOmniboxSimplification",
    "AimEnabled,NetworkTimeServiceQuerying,OptimizationHints,PreconnectToSearch,MediaRouter,LensOverlay",
    "HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,ThirdPartyStoragePartitioning,PaintHolding",
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,AvoidCorsURLLoaderRestartOnRedirect",
  ].join()}`,
];

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
