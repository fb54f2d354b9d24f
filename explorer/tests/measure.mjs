/** Measures the page on this machine: cold first view, a large graph, a click, heap after rounds of opening and closing.
 *  `npm run measure` prints one JSON line; GUANXI_E2E_PORT names a service that already runs. */
import { chromium as browserType } from "@playwright/test";
import { chromium, sayMissing } from "./chromium.mjs";
import { ready, startService } from "./service.mjs";

const given = process.env.GUANXI_E2E_PORT;
const port = given ? Number(given) : 40_000 + (process.pid % 9000);
const [NODES, EDGES] = [10_000, 30_000];

/** Runs in the page: a graph of that size comes onto the drawing; milliseconds until it is painted. */
async function drawLarge([nodes, edges]) {
  const { page } = window.guanxi;
  const kinds = ["Person", "Company", "Product", "Partnership"];
  let seed = 7;
  const random = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  const graph = {
    nodes: Array.from({ length: nodes }, (_, at) => ({
      key: `n${at}`,
      attributes: { name: at % 2 ? `公司 ${at}` : `Entity ${at}`, kinds: [kinds[at % 4]], claims: 1 },
    })),
    edges: Array.from({ length: edges }, (_, at) => ({
      key: `e${at}`,
      source: `n${Math.floor(random() ** 2 * nodes)}`,
      target: `n${Math.floor(random() * nodes)}`,
      attributes: { predicate: "PARTNERS_WITH", claims: [], documents: 1 },
    })),
  };
  const started = performance.now();
  page.actions.loader.add("measured:*:1", graph);
  const { history } = page.session.store.get();
  const view = { ...history.present, extra: [], expansions: [{ id: "measured", predicate: null, depth: 1 }] };
  page.session.store.set({ ...page.session.store.get(), history: { ...history, present: view } });
  while (window.guanxi.nodes().length < nodes) await new Promise((later) => requestAnimationFrame(later));
  return Math.round(performance.now() - started);
}

/** Runs in the page: milliseconds of script for one refresh. */
function refreshed() {
  const { renderer } = window.guanxi.page.drawing.stage;
  const started = performance.now();
  renderer.refresh();
  return Math.round(performance.now() - started);
}

async function select(page) {
  return page.evaluate(async () => {
    const { actions, drawing } = window.guanxi.page;
    const started = performance.now();
    actions.selectRow("node", "n1");
    while (drawing.stage.look.emphasis.selected !== "n1") await new Promise((later) => setTimeout(later));
    return Math.round(performance.now() - started);
  });
}

async function measure(browser) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => localStorage.setItem("guanxi.toured", "yes"));
  const started = Date.now();
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.waitForFunction(() => window.guanxi?.nodes().length > 0, null, { polling: 20 });
  const firstView = Date.now() - started;
  await page.waitForFunction(() => window.guanxi.isSettled());
  const large = await page.evaluate(drawLarge, [NODES, EDGES]);
  await page.waitForFunction(() => window.guanxi.isSettled(), null, { timeout: 120_000 });
  const refresh = await page.evaluate(refreshed);
  const selected = await select(page);
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return { firstView, large, refresh, click: selected, heapMB: Math.round(usedSize / 2 ** 20) };
}

if (!chromium()) process.exit(sayMissing("measuring the page"));
const service = given ? null : startService(port);
try {
  await ready(port);
  const browser = await browserType.launch({ executablePath: chromium(), args: ["--no-sandbox"] });
  console.log(JSON.stringify({ nodes: NODES, edges: EDGES, ...(await measure(browser)) }));
  await browser.close();
} finally {
  await service?.stop();
}
