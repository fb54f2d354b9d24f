/** Measures the page beside plain sigma, in turn, and prints ratios: `npm run bench [-- --rounds 3 --json]`; says on the way what it is at. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { chromium as browserType } from "@playwright/test";
import { build, preview } from "vite";
import { ARGUMENTS, chromium, sayMissing } from "../tests/chromium.mjs";
import { ready, SEEDS, startService } from "../tests/service.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: { rounds: { type: "string", default: "3" }, json: { type: "boolean", default: false } },
});
const ROUNDS = Number(options.rounds);
const [NODES, EDGES] = [10_000, 30_000];
/** About as much as the first view of the seeds holds. */
const [FEW_NODES, FEW_EDGES] = [70, 120];
const [NEIGHBOURS, TIMES] = [200, 100];
/** A busy machine may take this long over one step. */
const PATIENCE = 600_000;
const port = 40_000 + (process.pid % 9000);
const folder = mkdtempSync(join(tmpdir(), "guanxi-bench-"));
const say = (text) => console.error(text);

/** A document and claims of one company with so many partners, to be opened on the drawing. */
function hub() {
  const documents = join(folder, "hub", "documents");
  mkdirSync(documents, { recursive: true });
  const lines = Array.from({ length: NEIGHBOURS }, (_, at) => `Measured Hub works with Partner Number ${at} Works.`);
  const text = `${lines.join("\n")}\n`;
  writeFileSync(join(documents, "hub.md"), text);
  const company = (id, name) => ({ id, kind: "company", names: [name] });
  const claims = lines.map((quote, at) => ({
    document: "hub.md",
    subject: company("measured-hub", "Measured Hub"),
    predicate: "PARTNERS_WITH",
    object: company(`partner-${at}`, `Partner Number ${at} Works`),
    attributes: { status: "active" },
    quote,
    start: text.indexOf(quote),
    end: text.indexOf(quote) + quote.length,
    method: "made",
    confidence: 1,
  }));
  writeFileSync(join(folder, "hub", "claims.jsonl"), claims.map((claim) => `${JSON.stringify(claim)}\n`).join(""));
  return join(folder, "hub");
}

async function bundled() {
  const common = { configFile: false, logLevel: "error", publicDir: false };
  await build({
    ...common,
    root: here,
    base: "./",
    build: { outDir: join(folder, "plain"), rollupOptions: { input: join(here, "plain.html") } },
  });
  await build({
    ...common,
    root: here,
    build: {
      outDir: join(folder, "script"),
      lib: { entry: join(here, "explorer.ts"), formats: ["iife"], name: "measuring", fileName: () => "explorer.js" },
    },
  });
  return readFileSync(join(folder, "script", "explorer.js"), "utf8");
}

/** Milliseconds that the page's main thread had a processor so far, whatever else the machine does. */
async function threadMs(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value * 1000;
}

async function scripted(session, act) {
  const before = await threadMs(session);
  await act();
  return (await threadMs(session)) - before;
}

/** Milliseconds of all threads of the browser's drawing process, which is where a machine without a GPU spends most. */
async function drawn(session, act) {
  const spent = async () => {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    return processInfo.find(({ type }) => type === "GPU").cpuTime * 1000;
  };
  const before = await spent();
  const result = await act();
  return { result, graphicsMs: (await spent()) - before };
}

/** A person's browser runs before the page is opened: its own start, and its drawing process', are not the page's. */
async function warmUp(browser, address) {
  const { context, page } = await opened(browser, `${address}plain.html`);
  await page.evaluate(([n, e]) => window.plain.draw(n, e), [FEW_NODES, FEW_EDGES]);
  await context.close();
}

async function opened(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  await page.addInitScript(() => {
    localStorage.setItem("guanxi.toured", "yes");
    const look = () => {
      if (window.guanxi?.isSettled() && window.guanxi.nodes().length > 0)
        requestAnimationFrame(() => requestAnimationFrame((now) => (window.paintedAt = now)));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.goto(url);
  return { context, page, session };
}

async function explorerPage(browser, script, hash = "") {
  const all = await opened(browser, `http://127.0.0.1:${port}/${hash}`);
  await all.page.waitForFunction(() => window.paintedAt);
  await all.page.evaluate(script);
  return all;
}

async function heap(session) {
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  return (await session.send("Runtime.getHeapUsage")).usedSize / 2 ** 20;
}

/** Frames a second while the camera moves for two seconds. */
function frames(page, name) {
  return page.evaluate(async (handle) => {
    const camera = window[handle].camera();
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < 2000) {
      camera.setState({ x: 0.5 + 0.1 * Math.sin(count / 5) });
      await new Promise((later) => requestAnimationFrame(later));
      count++;
    }
    return count / 2;
  }, name);
}

async function refreshed(page, session, name) {
  const times = [];
  for (let turn = 0; turn < 5; turn++)
    times.push(await scripted(session, () => page.evaluate((handle) => void window[handle].refresh(), name)));
  return median(times);
}

async function measurePlain(browser, graphics, address) {
  const { context: small, page: few } = await opened(browser, `${address}plain.html`);
  const firstMs = await few.evaluate(
    async ([n, e]) => {
      await window.plain.draw(n, e);
      return performance.now();
    },
    [FEW_NODES, FEW_EDGES],
  );
  await small.close();
  const { context, page, session } = await opened(browser, `${address}plain.html`);
  const painted = await paintedLarge(page, session, graphics, "plain");
  const refreshMs = await refreshed(page, session, "plain");
  const result = { firstMs, ...painted, refreshMs, heapMB: await heap(session), fps: await frames(page, "plain") };
  await context.close();
  return result;
}

/** Draws the large graph: milliseconds until it is painted, of the page's thread, and of the drawing process. */
async function paintedLarge(page, session, graphics, name) {
  let paintedMs = 0;
  const draw = () => page.evaluate(([handle, n, e]) => window[handle].draw(n, e), [name, NODES, EDGES]);
  const { result: paintedScriptMs, graphicsMs } = await drawn(graphics, () =>
    scripted(session, async () => {
      paintedMs = await draw();
    }),
  );
  return { paintedMs, paintedScriptMs, graphicsMs };
}

async function measureLarge(browser, graphics, script) {
  const { context, page, session } = await explorerPage(browser, script);
  const painted = await paintedLarge(page, session, graphics, "measured");
  say(`  painted after ${painted.paintedMs.toFixed(0)} ms; waiting for the layout`);
  await settledOrLost(page);
  const refreshMs = await refreshed(page, session, "measured");
  const clicks = [];
  for (const id of ["n1", "n40", "n333", "n1200", "n5000"]) clicks.push(await clicked(page, session, id));
  const result = {
    ...painted,
    refreshMs,
    clickMs: median(clicks.map(({ wall }) => wall)),
    clickScriptMs: median(clicks.map(({ script: spent }) => spent)),
    heapMB: await heap(session),
    fps: await frames(page, "measured"),
  };
  await context.close();
  return result;
}

/** A drawing that the browser gave up is never laid out: that is said, not waited for. */
async function settledOrLost(page) {
  const found = await page.waitForFunction(
    () => {
      const { drawing } = window.guanxi.page.session.store.get();
      return drawing !== "ready" ? drawing : window.guanxi.isSettled() && "settled";
    },
    null,
    { polling: 1000 },
  );
  if ((await found.jsonValue()) !== "settled")
    throw new Error("The browser took the drawing away: its drawing process died.");
}

/** A real click of the mouse on a node, until the drawing shows it as chosen. */
async function clicked(page, session, id) {
  await page.evaluate(() => window.guanxi.page.actions.select(null));
  await page.evaluate(() => window.measured.settled());
  const at = await page.evaluate((node) => window.measured.place(node), id);
  await page.mouse.move(at.x, at.y);
  await page.waitForTimeout(500);
  const waiting = page.evaluate(async () => {
    await new Promise((pressed) => addEventListener("mousedown", pressed, { once: true, capture: true }));
    const started = performance.now();
    while (window.measured.selected() === null) await new Promise((later) => setTimeout(later, 1));
    await new Promise((later) => requestAnimationFrame(later));
    return performance.now() - started;
  });
  let wall = 0;
  const script = await scripted(session, async () => {
    await page.mouse.click(at.x, at.y);
    wall = await waiting;
  });
  return { wall, script };
}

async function measureFirst(browser, script) {
  const { context, page, session } = await explorerPage(browser, script);
  const firstMs = await page.evaluate(() => window.paintedAt);
  const firstScriptMs = await threadMs(session);
  await context.close();
  const other = await explorerPage(browser, script, "#with=measured-hub");
  let expandMs = 0;
  const expandScriptMs = await scripted(other.session, async () => {
    expandMs = await other.page.evaluate(() => window.measured.expand("measured-hub"));
  });
  await other.context.close();
  return { firstMs, firstScriptMs, expandMs, expandScriptMs };
}

async function measureMemory(browser, script) {
  const { context, page, session } = await explorerPage(browser, script, "#open=alibaba~2&with=measured-hub");
  await page.evaluate(() => window.measured.rounds("measured-hub", 5));
  const before = await heap(session);
  await page.evaluate((times) => window.measured.rounds("measured-hub", times), TIMES);
  const after = await heap(session);
  await context.close();
  return { before, after };
}

function ownCode() {
  const assets = join(here, "../dist/assets");
  return readdirSync(assets)
    .filter((name) => /\.(js|css)$/.test(name))
    .reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Says a round's figures as they come. */
function told(figures) {
  const words = Object.entries(figures).map(([name, value]) => `${name} ${value.toFixed(value < 20 ? 1 : 0)}`);
  say(`  ${words.join(", ")}`);
  return figures;
}

const over = (list, name) => median(list.map((item) => item[name]));

async function measured(browser, script, address) {
  const [plain, large, first] = [[], [], []];
  const graphics = await browser.newBrowserCDPSession();
  await warmUp(browser, address);
  for (let round = 1; round <= ROUNDS; round++) {
    say(`round ${round} of ${ROUNDS}`);
    first.push(told(await measureFirst(browser, script)));
    plain.push(told(await measurePlain(browser, graphics, address)));
    large.push(told(await measureLarge(browser, graphics, script)));
  }
  say(`${TIMES} rounds of opening and closing ${NEIGHBOURS} neighbours`);
  const { before, after } = await measureMemory(browser, script);
  const firstMs = over(first, "firstMs");
  const ratio = (name) => over(large, name) / over(plain, name);
  return [
    ["first view of the seeds painted, cold", firstMs, "ms", 2000, firstMs / over(plain, "firstMs")],
    ["the first view, script", over(first, "firstScriptMs"), "ms", null],
    [`${NEIGHBOURS} neighbours opened, laid out and painted`, over(first, "expandMs"), "ms", 500],
    ["opening them, script", over(first, "expandScriptMs"), "ms", null],
    ["10,000 nodes, 30,000 edges painted", over(large, "paintedMs"), "ms", 2500, ratio("paintedMs")],
    ["painting them, script", over(large, "paintedScriptMs"), "ms", null, ratio("paintedScriptMs")],
    ["painting them, drawing process", over(large, "graphicsMs"), "ms", null, ratio("graphicsMs")],
    ["a refresh there, script", over(large, "refreshMs"), "ms", null, ratio("refreshMs"), 1.25],
    ["a click there, until it is shown", over(large, "clickMs"), "ms", 300],
    ["a click there, script", over(large, "clickScriptMs"), "ms", 300],
    ["heap there", over(large, "heapMB"), "MB", 60, ratio("heapMB")],
    ["frames a second there while the camera moves", over(large, "fps"), "", null, ratio("fps")],
    [`heap after ${TIMES} rounds of opening and closing`, after, "MB", null, after / before, 1.1],
    ["own code, gzipped", ownCode() / 1000, "kB", 300],
  ];
}

const HEAD = ["measured", "here", "wanted", "beside plain sigma", "wanted"];

/** A line of the table. The last ratio but one is to the heap before the rounds, not to sigma. */
function row([what, value, unit, most, ratio, mostRatio]) {
  const figure = `${value.toFixed(value < 20 ? 1 : 0)} ${unit}`.trim();
  return [what, figure, most ? `${most} ${unit}` : "", ratio?.toFixed(2) ?? "", mostRatio ?? ""];
}

if (!chromium()) process.exit(sayMissing("measuring the page"));
const service = startService(port, [SEEDS, hub()]);
const script = await bundled();
const server = await preview({
  configFile: false,
  root: here,
  logLevel: "error",
  build: { outDir: join(folder, "plain") },
  preview: { port: port + 9000 },
});
try {
  await ready(port);
  const browser = await browserType.launch({ executablePath: chromium(), args: ARGUMENTS });
  const figures = await measured(browser, script, server.resolvedUrls.local[0]);
  await browser.close();
  if (options.json) console.log(JSON.stringify(figures));
  else for (const line of [HEAD, HEAD.map(() => "---"), ...figures.map(row)]) console.log(`| ${line.join(" | ")} |`);
} finally {
  await server.close();
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
}
