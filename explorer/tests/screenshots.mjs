/** Draws the ten key views, light and dark, wide and narrow, in three languages, from the seeds: `npm run screenshots`. */
import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium as browserType } from "@playwright/test";
import { ARGUMENTS, chromium, sayMissing } from "./chromium.mjs";
import { ready, startService } from "./service.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "../screenshots"));
const given = process.env.GUANXI_E2E_PORT;
const port = given ? Number(given) : 40_000 + (process.pid % 9000);

const VIEWS = [
  { name: "01-first-view", hash: "" },
  { name: "02-first-view-dark", hash: "", theme: "dark", language: "zh-Hans" },
  { name: "03-entity", hash: "#open=alibaba~2&node=joe-tsai", language: "zh-Hant" },
  { name: "04-evidence", hash: "#open=alibaba~2", edge: ["alibaba", "PARTNERS_WITH", "apple"] },
  { name: "05-ways", hash: "#open=alibaba~2&panel=ways&p.from=bosch&p.to=apple", click: ".way .text-button" },
  { name: "06-time-and-filters", hash: "#open=alibaba~2&asof=2013-06&panel=filters" },
  { name: "07-ask", hash: "#open=alibaba~2&panel=ask&p.question=Who+founded+Alibaba%3F", theme: "dark" },
  { name: "08-query", hash: "#open=alibaba~2&panel=query", click: ".query-tools .button", theme: "dark" },
  { name: "09-document", hash: "#open=alibaba~2&panel=documents", click: ".document-row", language: "zh-Hans" },
  { name: "10-phone", hash: "#open=alibaba~2&node=apple", width: 390, height: 844 },
  { name: "11-first-visit", hash: "", tour: true, legend: true },
  { name: "12-table", hash: "#open=alibaba~2&panel=table&node=amap", theme: "dark", language: "zh-Hant" },
  { name: "13-conflicts", hash: "#open=alibaba~2&panel=conflicts", click: "details.conflict summary" },
  { name: "14-identity", hash: "#open=alibaba~2&panel=identity" },
  { name: "15-rings", hash: "#open=alibaba~2&focus=qwen&layout=radial", width: 1900, height: 1000 },
];

async function draw(browser, view) {
  const { width = 1440, height = 900, theme = "light", language = "en", tour = false } = view;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: "reduce",
    deviceScaleFactor: width < 500 ? 2 : 1,
  });
  await context.addInitScript(
    ([lang, seen]) => {
      localStorage.setItem("guanxi.language", lang);
      if (seen) localStorage.setItem("guanxi.toured", "yes");
    },
    [language, !tour],
  );
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}/${view.hash}`);
  await page.waitForFunction(() => window.guanxi?.isSettled() && window.guanxi.nodes().length > 0);
  if (view.edge) await page.evaluate(selectLine, view.edge);
  if (view.legend) await page.evaluate(() => window.guanxi.page.actions.toggleSheet("legend"));
  if (view.click) await page.locator(view.click).first().click();
  await page.waitForTimeout(1800);
  await page.locator(".is-loading").first().waitFor({ state: "detached" });
  await page.screenshot({ path: join(out, `${view.name}.png`) });
  await context.close();
}

/** Runs in the page. */
function selectLine([source, predicate, target]) {
  const { knowledge } = window.guanxi.page.session;
  const key = window.guanxi.edges().find((edge) => {
    const facts = knowledge.getEdgeAttributes(edge);
    const ends = knowledge.extremities(edge);
    return facts.predicate === predicate && facts.asserted && ends.includes(source) && ends.includes(target);
  });
  window.guanxi.page.actions.selectEdge(key);
}

if (!chromium()) process.exit(sayMissing("drawing screenshots"));
mkdirSync(out, { recursive: true });
const service = given ? null : startService(port);
try {
  await ready(port);
  const browser = await browserType.launch({ executablePath: chromium(), args: ARGUMENTS });
  for (const view of VIEWS) {
    await draw(browser, view);
    console.error(`${view.name}.png`);
  }
  await browser.close();
} finally {
  await service?.stop();
}
console.log(out);
