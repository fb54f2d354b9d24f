/** All that the page is for, by keyboard alone: no test here moves or clicks a pointer. */
import type { FileChooser } from "@playwright/test";

import { expect, test } from "./page";

const viewOf = (page: import("@playwright/test").Page) =>
  page.evaluate(() => window.guanxi.view() as import("../src/state/view").View);

test("the page is entered at its top, and every stop shows that it has the focus", async ({ explorer, page, keys }) => {
  await explorer.open("#open=apple&node=apple");
  await keys.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the panel" })).toBeFocused();
  for (const stop of ["#search", ".bar-tools button:not(:disabled)", ".rail button", "#drawing", ".stage-tools button"])
    await keys.to(page.locator(stop));
  await keys.to(page.getByRole("slider", { name: "As of" }));
  await keys.to(explorer.panel().getByRole("button", { name: "Close" }));
  for (let stop = 0; stop < 12; stop++) {
    await keys.press("Tab");
    await keys.seen();
  }
  await keys.to(page.getByRole("link", { name: "Skip to the panel" }), "Shift+Tab");
  await keys.press("Enter");
  await expect(explorer.panel()).toBeFocused();
});

test("finding: a name is found, opened, collapsed, pinned, moved, focused and hidden, and all is undone", async ({
  explorer,
  page,
  keys,
  context,
}) => {
  test.slow();
  await explorer.open("#open=apple");
  const panel = explorer.panel();
  const count = async () => (await explorer.nodes()).length;
  await keys.drawing();
  await keys.press("/");
  await page.keyboard.type("高德");
  await expect(page.locator(".bar .search-list").getByRole("option").first()).toContainText("Amap");
  await keys.press("ArrowDown", "ArrowUp", "Enter");
  await expect(panel.getByRole("heading", { level: 2 })).toHaveText("Amap");
  await explorer.settled();
  const before = await count();
  await keys.panel();
  await keys.use(panel.getByRole("button", { name: "Expand", exact: true }));
  await expect.poll(count).toBeGreaterThan(before);
  const opened = (await explorer.nodes()).sort();
  const link = page.url();
  await keys.use(panel.getByRole("button", { name: "Collapse", exact: true }));
  await expect.poll(count).toBeLessThan(opened.length);
  await keys.use(panel.getByRole("button", { name: /^Show all \d+ on the drawing/ }));
  await expect(page).toHaveURL(/open=.*amap%?[^&]*/);
  await keys.use(panel.getByText("Names"));
  await expect(panel).toContainText("高德");
  await keys.use(panel.getByRole("tab", { name: "Timeline" }));
  await expect(panel.getByRole("tabpanel").getByRole("listitem").first()).toContainText(/\d{4}/);
  await keys.drawing();
  await keys.press("p");
  const pinned = (await viewOf(page)).pinned.amap!;
  await keys.press("Alt+ArrowRight", "Alt+ArrowRight", "Alt+ArrowUp");
  await expect.poll(async () => (await viewOf(page)).pinned.amap).toEqual([pinned[0] + 40, pinned[1] + 20]);
  await keys.press("Control+z");
  expect((await viewOf(page)).pinned.amap).toEqual(pinned);
  await keys.press("f");
  expect((await viewOf(page)).focus).toBe("amap");
  await keys.press("h");
  await expect.poll(() => explorer.has("amap")).toBe(false);
  await keys.press("Control+z");
  await expect.poll(() => explorer.has("amap")).toBe(true);
  await keys.press("Control+Shift+z");
  await expect.poll(() => explorer.has("amap")).toBe(false);
  const other = await context.newPage();
  await other.goto(link);
  await other.waitForFunction(() => window.guanxi?.isSettled() && window.guanxi.nodes().length > 0);
  expect((await other.evaluate(() => window.guanxi.nodes())).sort()).toEqual(opened);
});

test("evidence: from a line to its claims, to the document at the quote, from mark to mark, and back", async ({
  explorer,
  page,
  keys,
}) => {
  await explorer.open("#open=apple&node=apple");
  const panel = explorer.panel();
  await keys.drawing();
  await keys.press("l");
  await expect(panel.getByRole("heading", { name: "Evidence" })).toBeVisible();
  const first = (await viewOf(page)).selection!.id;
  await keys.press("l");
  expect((await viewOf(page)).selection!.id).not.toBe(first);
  await keys.press("Enter");
  await expect(panel).toBeFocused();
  const claim = panel.locator(".claim").first();
  await expect(claim.locator("mark")).not.toBeEmpty();
  await expect(claim.locator("time")).toHaveText(/^\d{4}/);
  await keys.use(claim.getByRole("button", { name: "Read in the document" }));
  await expect(panel.locator(".document-text mark.is-at").first()).toBeInViewport();
  // The button went with what it stood in; the panel has the focus now.
  await keys.panel();
  const address = page.url();
  await keys.use(panel.locator(".document-text mark:not(.is-at)"), "Space");
  await expect.poll(() => page.url()).not.toBe(address);
  await keys.to(panel.getByRole("button", { name: "All documents" }), "Shift+Tab");
  await keys.press("Enter");
  await expect(panel.locator(".document-row").first()).toBeVisible();
  await keys.section("Conflicts");
  await keys.use(panel.locator("details.conflict summary"));
  await expect(panel.locator("details.conflict").first().locator(".side")).toHaveCount(2);
  await keys.drawing();
  await keys.use(page.getByRole("button", { name: "Legend" }));
  await expect(page.getByRole("region", { name: "Legend" })).toContainText("rumoured");
});

test("ways between two: both ends, the hops with their evidence, and the way on the drawing", async ({
  explorer,
  page,
  keys,
}) => {
  await explorer.open("#open=bosch&node=bosch");
  const panel = explorer.panel();
  await keys.drawing();
  await keys.press("w");
  await expect(panel.getByRole("combobox", { name: "From" })).toHaveValue("Bosch");
  await keys.panel();
  await keys.to(panel.getByRole("combobox", { name: "To" }));
  await page.keyboard.type("Apple");
  await expect(panel.getByRole("option").first()).toContainText("Apple");
  await keys.press("Enter");
  const way = panel.locator(".way").first();
  await keys.use(way.locator(".hop"));
  await expect(way.locator("blockquote").first()).not.toBeEmpty();
  await expect(panel.locator(".common")).toContainText("Alibaba");
  await keys.to(way.getByRole("button", { name: "Show on the drawing" }), "Shift+Tab");
  await keys.press("Enter");
  await explorer.settled();
  const lit = await page.evaluate(() => [...window.guanxi.page.drawing!.stage.look.emphasis.nodes!]);
  expect(lit).toEqual(expect.arrayContaining(["bosch", "alibaba", "apple"]));
});

test("time and filters: played, paused and set; kinds, documents and confidence chosen", async ({
  explorer,
  page,
  keys,
}) => {
  await explorer.open("#open=alibaba~2");
  const panel = explorer.panel();
  const lines = async () => (await explorer.edges()).length;
  const all = await lines();
  await keys.drawing();
  await keys.use(page.getByRole("button", { name: "Play" }));
  await expect(page).toHaveURL(/asof=/);
  await keys.use(page.getByRole("button", { name: "Pause" }));
  await keys.to(page.getByRole("slider", { name: "As of" }));
  await keys.press("Home", "ArrowRight");
  await expect(page).toHaveURL(/asof=1999-02/);
  await expect.poll(lines).toBeLessThan(all);
  await keys.press("End");
  await expect.poll(lines).toBe(all);
  await keys.section("Filters");
  await keys.use(panel.getByRole("checkbox", { name: /^Person/ }), "Space");
  await expect.poll(() => explorer.has("joe-tsai")).toBe(false);
  await keys.to(panel.getByRole("radio", { checked: true }));
  await keys.press("ArrowRight");
  expect((await viewOf(page)).filters.minDocuments).toBe(2);
  await keys.to(panel.getByRole("slider", { name: /^Confidence at least/ }));
  await keys.press("End");
  await expect(page).toHaveURL(/confidence=1/);
  await keys.to(panel.getByRole("button", { name: "Show everything" }), "Shift+Tab");
  await keys.press("Enter");
  await expect.poll(lines).toBe(all);
});

test("asking: a question, its answer and quotes, its Cypher run and drawn, an error at its place", async ({
  explorer,
  page,
  keys,
}) => {
  await explorer.open("#open=bosch");
  const panel = explorer.panel();
  await keys.section("Ask");
  await keys.to(panel.getByLabel("Your question"));
  await page.keyboard.type("Who founded Alibaba?");
  await keys.press("Enter");
  await expect(panel.locator(".answer-text")).toContainText("Jack Ma");
  await expect(panel.locator("blockquote").first()).not.toBeEmpty();
  await keys.use(panel.getByText("Cypher", { exact: true }));
  await keys.use(panel.getByRole("button", { name: "Open in the query panel" }));
  const editor = page.getByLabel("Cypher, read only");
  await expect(editor).toHaveValue(/MATCH/);
  await keys.panel();
  await keys.to(editor);
  await keys.press("Control+a");
  await page.keyboard.type("MATCH (e:Entity {id: $id}) RETURN e");
  await keys.press("Escape");
  await keys.use(panel.getByText("Parameters (JSON)"));
  await keys.to(panel.getByLabel("Parameters (JSON)"));
  await keys.press("Control+a");
  await page.keyboard.type('{"id": "taobao"}');
  await keys.to(panel.getByRole("button", { name: "Run" }), "Shift+Tab");
  await keys.press("Enter");
  await expect(panel.locator(".results tbody tr")).toHaveCount(1);
  await keys.use(panel.getByRole("button", { name: "On the drawing" }));
  await expect.poll(() => explorer.has("taobao")).toBe(true);
  await keys.to(editor, "Shift+Tab");
  await keys.press("Control+a");
  await page.keyboard.type("RETRUN 1");
  await keys.press("Escape", "Control+Enter");
  await expect(panel.getByRole("alert")).toContainText("Line 1");
});

test("documents: one is chosen from the disk, read, and withdrawn after its preview", async ({
  explorer,
  page,
  keys,
}) => {
  test.slow();
  await explorer.open("#open=apple");
  const panel = explorer.panel();
  await keys.section("Documents");
  const choosers: FileChooser[] = [];
  // The list of documents may come, and the button be made anew, between the focus and the key.
  await expect(async () => {
    await keys.to(panel.getByRole("button", { name: "Choose a file" }));
    const offered = page.waitForEvent("filechooser", { timeout: 5_000 });
    choosers.push((await Promise.all([offered, keys.press("Enter")]))[0]);
  }).toPass();
  const text =
    "---\ntitle: By keyboard\ndate: 2026-01-06\nlanguage: en\n---\n\nBosch acquired Fernwater Robotics in 2024.\n";
  await choosers[0]!.setFiles({ name: "keyboard.md", mimeType: "text/markdown", buffer: Buffer.from(text) });
  await expect(panel).toContainText("keyboard.md is loaded.", { timeout: 90_000 });
  await keys.panel();
  await keys.use(panel.locator(".document-row", { hasText: "By keyboard" }));
  await expect(panel.locator(".document-text")).toContainText("Fernwater");
  await keys.panel();
  await keys.use(panel.getByRole("button", { name: "Withdraw", exact: true }));
  await expect(panel.getByRole("group", { name: "What withdrawing changes" })).toBeFocused();
  await keys.use(panel.getByRole("button", { name: "Withdraw it" }));
  await expect(page.getByText(/is withdrawn/)).toBeVisible();
  await expect(panel.locator(".document-row", { hasText: "By keyboard" })).toHaveCount(0);
});

test("taking along, theme, language and the table", async ({ explorer, page, keys }) => {
  await explorer.open("#open=apple");
  const along = page.getByRole("button", { name: "Take along" });
  await keys.use(along);
  const dialog = page.getByRole("dialog", { name: "Take along" });
  for (const name of ["Picture (PNG)", "Drawing (SVG)", "Table (CSV)", "Graph (GraphML)", "Linked data (JSON-LD)"]) {
    await keys.to(dialog.getByRole("button", { name }));
    const [download] = await Promise.all([page.waitForEvent("download"), keys.press("Enter")]);
    expect(download.suggestedFilename()).toMatch(/^guanxi\./);
  }
  await keys.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(along).toBeFocused();
  await keys.use(page.getByRole("button", { name: /^Theme/ }));
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await keys.press("t");
  await keys.panel();
  await keys.use(explorer.panel().getByRole("button", { name: "Alibaba", exact: true }));
  await expect(explorer.panel().locator("tr.is-selected")).toContainText("Alibaba");
  expect((await viewOf(page)).selection?.id).toBe("alibaba");
  await keys.press("Escape");
  await expect(page.locator("#drawing")).toBeFocused();
  expect((await viewOf(page)).selection).toBeNull();
  await keys.to(page.getByRole("combobox", { name: "Language" }), "Shift+Tab");
  await keys.press("ArrowDown");
  await expect(page.locator("html")).toHaveAttribute("lang", /^zh/);
});

test("the tour has the focus on a first visit, is walked, comes again from the help, and goes with Escape", async ({
  explorer,
  page,
  keys,
}) => {
  await explorer.open("", { toured: false });
  const tour = page.getByRole("region", { name: "In one minute" });
  await expect(tour).toBeFocused();
  await keys.use(tour.getByRole("button", { name: "Next" }));
  await expect(tour).toContainText("2 of 4");
  await keys.press("Enter", "Enter");
  await keys.use(tour.getByRole("button", { name: "Begin" }));
  await expect(tour).toHaveCount(0);
  await expect(page.locator("#drawing")).toBeFocused();
  await keys.press("?");
  await keys.use(page.getByRole("dialog", { name: "Keys" }).getByRole("button", { name: "In one minute" }));
  await expect(tour).toBeFocused();
  await keys.press("Escape");
  await expect(tour).toHaveCount(0);
  await expect(page.locator("#drawing")).toBeFocused();
});
