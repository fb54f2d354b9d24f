import { expect, test } from "./page";

test("finds by another script, a romanisation and a small typo, by keyboard alone", async ({ explorer, page }) => {
  await explorer.open();
  for (const [typed, found] of [
    ["馬雲", "Jack Ma"],
    ["Ma Yun", "Jack Ma"],
    ["蔡崇信", "Joe Tsai"],
    ["alibba", "Alibaba"],
  ] as const) {
    await expect(await explorer.find(typed)).toContainText(found);
  }
  await page.locator("#search").fill("");
  await page.locator("#drawing").focus();
  await page.keyboard.press("/");
  await page.keyboard.type("Bosch");
  await expect(page.locator(".bar .search-list").getByRole("option").first()).toContainText("Bosch");
  await page.keyboard.press("Enter");
  await expect(explorer.panel().getByRole("heading", { level: 2 })).toHaveText("Bosch");
  expect(await explorer.has("bosch")).toBe(true);
});

test("a click on a node opens its names, kinds and relations grouped by predicate", async ({ explorer, page }) => {
  await explorer.open();
  await explorer.clickNode("joe-tsai");
  const panel = explorer.panel();
  await expect(panel.getByRole("heading", { level: 2 })).toHaveText("Joe Tsai");
  await expect(panel).toContainText("Person");
  await panel.getByText("Names").click();
  await expect(panel).toContainText("蔡崇信");
  await expect(panel.getByRole("heading", { level: 3 }).filter({ hasText: "holds a role at" })).toBeVisible();
  await panel.getByRole("tab", { name: "Timeline" }).click();
  await expect(panel.getByRole("listitem").first()).toContainText(/\d{4}/);
  await expect(page).toHaveURL(/node=joe-tsai/);
});

test("expands by predicate, collapses, hides, pins and focuses; each can be undone and redone", async ({
  explorer,
  page,
}) => {
  await explorer.open("#open=apple");
  const before = await explorer.nodes();
  await (await explorer.find("Amap")).click();
  await explorer.settled();
  await explorer
    .panel()
    .getByRole("button", { name: /^Expand/ })
    .click();
  await explorer.settled();
  const expanded = await explorer.nodes();
  expect(expanded.length).toBeGreaterThan(before.length + 2);
  await explorer
    .panel()
    .getByRole("button", { name: /^Collapse/ })
    .first()
    .click();
  await explorer.settled();
  expect((await explorer.nodes()).length).toBeLessThan(expanded.length);
  await page.getByRole("button", { name: "Undo" }).click();
  await explorer.settled();
  expect((await explorer.nodes()).sort()).toEqual(expanded.sort());
  await explorer.panel().getByRole("button", { name: "Hide" }).click();
  await explorer.settled();
  expect(await explorer.has("amap")).toBe(false);
  await page.keyboard.press("Control+z");
  await explorer.settled();
  expect(await explorer.has("amap")).toBe(true);
  await page.keyboard.press("Control+Shift+z");
  await explorer.settled();
  expect(await explorer.has("amap")).toBe(false);
});

test("what was placed stays where it is when more comes", async ({ explorer, page }) => {
  await explorer.open("#open=apple");
  const places = () => page.evaluate(() => window.guanxi.page.drawing?.stage.places() ?? {});
  const before = await places();
  await explorer.clickNode("alibaba", 2);
  await explorer.settled();
  const after = await places();
  expect(Object.keys(after).length).toBeGreaterThan(Object.keys(before).length);
  for (const [id, place] of Object.entries(before)) expect(after[id]).toEqual(place);
});

test("a double click expands however late a busy page comes to its second half", async ({ explorer }) => {
  await explorer.open("#open=apple");
  const before = (await explorer.nodes()).length;
  await explorer.clickNode("alibaba", 2, 400);
  await explorer.settled();
  expect((await explorer.nodes()).length).toBeGreaterThan(before);
});

test("a link gives the same view, pins and focus included", async ({ explorer, page, context }) => {
  await explorer.open("#open=apple");
  await explorer.clickNode("apple");
  await explorer.panel().getByRole("button", { name: "Pin" }).click();
  await explorer.panel().getByRole("button", { name: "Focus" }).click();
  await explorer.settled();
  const [nodes, view] = [await explorer.nodes(), await page.evaluate(() => window.guanxi.view())];
  const other = await context.newPage();
  await other.goto(page.url());
  await other.waitForFunction(() => window.guanxi?.isSettled() && window.guanxi.nodes().length > 0);
  expect((await other.evaluate(() => window.guanxi.nodes())).sort()).toEqual(nodes.sort());
  expect(await other.evaluate(() => window.guanxi.view())).toEqual(view);
});

test("dragging a node pins it where it is dropped", async ({ explorer, page }) => {
  await explorer.open("#open=apple");
  const at = (await page.evaluate(() => window.guanxi.place("apple")))!;
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x + 60, at.y + 40, { steps: 6 });
  await page.mouse.up();
  await expect
    .poll(() => page.evaluate(() => Object.keys((window.guanxi.view() as { pinned: object }).pinned)))
    .toEqual(["apple"]);
  const now = (await page.evaluate(() => window.guanxi.place("apple")))!;
  expect(Math.hypot(now.x - at.x - 60, now.y - at.y - 40)).toBeLessThan(6);
});

test("rings around the focus are a second layout, and the free one comes back as it was", async ({
  explorer,
  page,
}) => {
  await explorer.open("#open=apple");
  const places = () => page.evaluate(() => window.guanxi.page.drawing!.stage.places());
  const free = await places();
  await page.getByRole("button", { name: "Rings around the focus" }).click();
  await explorer.settled();
  const rings = await places();
  expect(rings.apple).toEqual([0, 0]);
  expect(rings).not.toEqual(free);
  await page.getByRole("button", { name: "Free layout" }).click();
  await explorer.settled();
  expect(await places()).toEqual(free);
});
