import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium as browserType } from "@playwright/test";
import { ARGUMENTS, chromium } from "./chromium.mjs";
import { expect, test } from "./page";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const VIEWS = [
  "",
  "&node=joe-tsai",
  "&panel=ask",
  "&panel=ways&p.from=bosch&p.to=apple",
  "&panel=query",
  "&panel=documents",
  "&panel=identity",
  "&panel=filters",
  "&panel=table",
  "&panel=conflicts",
];

for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing serious in any view, ${theme}`, async ({ explorer, page }) => {
    await explorer.open("#open=apple", { theme });
    // The page's policy lets no script in, so axe comes in through the browser's own tools.
    await page.evaluate(axe);
    for (const view of VIEWS) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `open=apple${view}`);
      await expect(explorer.panel().locator("h2, h3").first()).toBeVisible();
      const serious = await page.evaluate(async () => {
        const { violations } = await (
          window as unknown as {
            axe: {
              run(
                options: object,
              ): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
            };
          }
        ).axe.run({ resultTypes: ["violations"] });
        return violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      });
      expect(serious, `view ${view || "start"}`).toEqual([]);
    }
  });
}

test("the drawing can be walked, opened, expanded, pinned, hidden and undone by keyboard alone", async ({
  explorer,
  page,
}) => {
  await explorer.open("#open=apple");
  await page.locator("#drawing").focus();
  const selected = () =>
    page.evaluate(() => (window.guanxi.view() as { selection: { id: string } | null }).selection?.id ?? null);
  await page.keyboard.press("ArrowRight");
  const first = await selected();
  expect(first).not.toBeNull();
  for (const key of ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"]) await page.keyboard.press(key);
  await page.keyboard.press("p");
  expect(await page.evaluate(() => Object.keys((window.guanxi.view() as { pinned: object }).pinned).length)).toBe(1);
  const before = (await explorer.nodes()).length;
  await page.keyboard.press("h");
  await explorer.settled();
  expect((await explorer.nodes()).length).toBeLessThan(before);
  await page.keyboard.press("Control+z");
  await explorer.settled();
  expect((await explorer.nodes()).length).toBe(before);
  await page.keyboard.press("l");
  await expect(explorer.panel().getByRole("heading", { name: "Evidence" })).toBeVisible();
  await page.keyboard.press("t");
  await expect(explorer.panel().getByRole("table").first()).toBeVisible();
});

test("canvas and table have one selection", async ({ explorer, page }) => {
  await explorer.open("#open=apple&panel=table");
  await explorer.panel().getByRole("button", { name: "Alibaba", exact: true }).click();
  await expect(explorer.panel().locator("tr.is-selected")).toContainText("Alibaba");
  expect(await page.evaluate(() => window.guanxi.page.drawing!.stage.look.emphasis.selected)).toBe("alibaba");
  const rows = await explorer.panel().getByRole("table").first().locator("tbody tr").count();
  expect(rows).toBe((await explorer.nodes()).length);
});

test("without WebGL the table stands in, with a word about why", async ({ baseURL }) => {
  const browser = await browserType.launch({
    executablePath: chromium()!,
    args: [...ARGUMENTS, "--disable-3d-apis"],
  });
  const page = await browser.newPage({ locale: "en-US" });
  await page.goto(baseURL!);
  await expect(page.getByRole("alert")).toContainText("WebGL");
  await expect(page.getByRole("row", { name: /Alibaba/ }).first()).toBeVisible();
  await browser.close();
});

test("a lost context is said, and the drawing can be had again", async ({ explorer, page }) => {
  await explorer.open("#open=apple");
  await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>("canvas.sigma-nodes")!;
    canvas.getContext("webgl2")!.getExtension("WEBGL_lose_context")!.loseContext();
  });
  await expect(page.getByRole("alert")).toContainText("took the drawing's memory");
  await expect(page.getByRole("row", { name: /Apple/ }).first()).toBeVisible();
  await page.getByRole("button", { name: "Draw again" }).click();
  await explorer.settled();
  expect(await explorer.has("apple")).toBe(true);
});

test("offline the page says so, keeps what it has, and goes on when the service is back", async ({
  explorer,
  page,
  context,
}) => {
  await explorer.open("#open=apple");
  const before = (await explorer.nodes()).length;
  await context.setOffline(true);
  await explorer.clickNode("alibaba", 2);
  await expect(page.getByRole("alert").first()).toContainText("cannot be reached");
  expect((await explorer.nodes()).length).toBe(before);
  await context.setOffline(false);
  await expect.poll(async () => (await explorer.nodes()).length).toBeGreaterThan(before);
  await expect(explorer.panel().getByRole("alert")).toHaveCount(0);
  await expect(explorer.panel().getByRole("heading", { name: "Alibaba", exact: true })).toBeVisible();
});

test("fits a phone: panel as a sheet, nothing wider than the screen", async ({ explorer, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await explorer.open("#open=apple&node=apple");
  await expect(explorer.panel()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await explorer.panel().getByRole("button", { name: "Close" }).click();
  await expect(explorer.panel()).toBeHidden();
});

for (const language of ["en", "zh-Hans", "zh-Hant"]) {
  test(`on a phone the crowded first view is legible, ${language}`, async ({ explorer, page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await explorer.open("", { language });
    const { clashes, covered, unnamed } = await page.evaluate(() => {
      type Box = { left: number; top: number; right: number; bottom: number };
      const { stage } = window.guanxi.page.drawing!;
      const hit = (a: Box, b: Box): boolean =>
        a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
      const names = stage.placed.map(({ id, left, top, width, height }) => ({
        id,
        box: { left, top, right: left + width, bottom: top + height },
      }));
      const controls = [...document.querySelectorAll(".stage-tools, .time")].map((each) =>
        each.getBoundingClientRect(),
      );
      const isUnder = ({ x, y }: { x: number; y: number }): boolean =>
        controls.some(({ left, top, right, bottom }) => x > left && x < right && y > top && y < bottom);
      return {
        clashes: names.flatMap((a, at) => names.slice(at + 1).filter((b) => hit(a.box, b.box))).length,
        covered: window.guanxi.nodes().filter((id) => isUnder(window.guanxi.place(id)!)),
        unnamed: stage
          .byWeight()
          .slice(0, 3)
          .filter((id) => !names.some((name) => name.id === id)),
      };
    });
    expect({ clashes, covered, unnamed }).toEqual({ clashes: 0, covered: [], unnamed: [] });
  });
}

test("a sheet over half of a phone's drawing leaves what is chosen in sight, and nodes apart", async ({
  explorer,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await explorer.open("#open=alibaba~2&node=joe-tsai");
  const sheet = (await explorer.panel().boundingBox())!;
  await expect.poll(() => page.evaluate(() => window.guanxi.place("joe-tsai")!.y)).toBeLessThan(sheet.y);
  const ratio = await page.evaluate(() => window.guanxi.page.drawing!.stage.renderer.getCamera().ratio);
  expect(ratio).toBeLessThanOrEqual(1.3);
});
