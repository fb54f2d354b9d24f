import { expect, test } from "./page";

/** Skips out loud what the service under test does not offer. */
async function offered(page: import("@playwright/test").Page, method: string, path: string): Promise<void> {
  const { paths } = await (await page.request.get("/openapi.json")).json();
  test.skip(!paths[path]?.[method], `the service does not offer ${method.toUpperCase()} ${path}`);
}

test("a query runs, its rows stand in a table and can be drawn, and an error is shown at its place", async ({
  explorer,
  page,
}) => {
  await explorer.open("#open=apple&panel=query");
  const editor = page.getByLabel("Cypher, read only");
  await editor.fill("MATCH (:Company {id: 'alibaba'})-[r:OWNS]->(c:Company) RETURN c, r.status LIMIT 5");
  await editor.press("Control+Enter");
  const rows = explorer.panel().locator(".results tbody tr");
  await expect(rows).toHaveCount(5);
  const before = (await explorer.nodes()).length;
  await page.getByRole("button", { name: "On the drawing" }).click();
  await explorer.settled();
  expect((await explorer.nodes()).length).toBeGreaterThan(before);
  await editor.fill("MATCH (c:Company)\nRETRUN c");
  await editor.press("Control+Enter");
  await expect(explorer.panel().getByRole("alert")).toContainText("Line 2");
  await expect(explorer.panel().locator(".is-wrong").first()).toBeAttached();
  await editor.fill("CREATE (x) RETURN x");
  await editor.press("Control+Enter");
  await expect(explorer.panel().getByRole("alert")).toContainText("CREATE");
});

test("a query takes parameters, and completes labels by keyboard", async ({ explorer, page }) => {
  await explorer.open("#open=apple&panel=query");
  const editor = page.getByLabel("Cypher, read only");
  await editor.fill("");
  await editor.pressSequentially("MATCH (c:Comp");
  await expect(page.getByRole("listbox", { name: "Completions" })).toContainText("Company");
  await page.keyboard.press("Enter");
  await expect(editor).toHaveValue("MATCH (c:Company");
  await editor.pressSequentially(" {id: $id}) RETURN c.name AS name");
  await page.keyboard.press("Escape");
  await page.getByText("Parameters (JSON)").click();
  await page.getByLabel("Parameters (JSON)").fill('{"id": "bosch"}');
  await page.getByRole("button", { name: "Run" }).click();
  await expect(explorer.panel().locator(".results")).toContainText("Bosch");
  await page.getByText("History").click();
  await expect(explorer.panel().locator(".query-history li")).toHaveCount(1);
});

test("a question is answered with its quotes, on the drawing, and its Cypher opens in the query panel", async ({
  explorer,
  page,
}) => {
  await offered(page, "post", "/v1/ask");
  await explorer.open("#open=apple&panel=ask");
  await page.getByLabel("Your question").fill("Who founded Alibaba?");
  await page.keyboard.press("Enter");
  await expect(explorer.panel().locator(".answer-text")).toContainText("Jack Ma");
  await expect(explorer.panel().locator("blockquote").first()).not.toBeEmpty();
  await explorer.settled();
  expect(await explorer.has("jack-ma")).toBe(true);
  await explorer.panel().getByText("Cypher", { exact: true }).click();
  await explorer.panel().getByRole("button", { name: "Open in the query panel" }).click();
  await expect(page.getByLabel("Cypher, read only")).toHaveValue(/MATCH/);
});

test("a follow-up question is understood after the answer before it, which can be gone back to", async ({
  explorer,
  page,
}) => {
  await explorer.open("#open=apple&panel=ask");
  await page.getByLabel("Your question").fill("Who founded Alibaba?");
  await page.keyboard.press("Enter");
  await expect(explorer.panel().locator(".answer-text")).toContainText("Jack Ma");
  await page.getByLabel("Follow-up question").fill("Which companies does it own?");
  await page.keyboard.press("Enter");
  await expect(explorer.panel().locator(".answer-text")).toContainText("Ele.me");
  await expect(explorer.panel().locator(".turn")).toContainText("Who founded Alibaba?");
  await explorer.panel().locator(".turn").click();
  await expect(explorer.panel().locator(".answer-text")).toContainText("Jack Ma");
  // Asked by itself, without what came before, the same words name nobody.
  await page.getByLabel("Your question").fill("Which companies does it own?");
  await page.keyboard.press("Enter");
  await expect(explorer.panel().locator(".answer-text.is-open")).toBeVisible();
});

test("a link to a follow-up question asks those before it too", async ({ explorer }) => {
  await explorer.open(
    "#open=apple&panel=ask&p.question=Which+companies+does+it+own%3F&p.before=Who+founded+Alibaba%3F",
  );
  await expect(explorer.panel().locator(".answer-text")).toContainText("Ele.me");
  await expect(explorer.panel().locator(".turn")).toContainText("Jack Ma");
});

test("undo after a question brings back the drawing before it", async ({ explorer, page }) => {
  await explorer.open("#open=bosch&panel=ask");
  const before = await explorer.nodes();
  await page.getByLabel("Your question").fill("Who develops Qwen?");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await explorer.nodes()).length).toBeGreaterThan(before.length);
  await page.getByRole("button", { name: "Undo" }).click();
  await explorer.settled();
  expect((await explorer.nodes()).sort()).toEqual(before.sort());
  await page.getByRole("button", { name: "Redo" }).click();
  await expect.poll(async () => (await explorer.nodes()).length).toBeGreaterThan(before.length);
});

test("a question that the graph does not hold is answered so", async ({ explorer, page }) => {
  await offered(page, "post", "/v1/ask");
  await explorer.open("#open=apple&panel=ask");
  await page.getByLabel("Your question").fill("What did Bosch pay for Amap in 1987?");
  await page.keyboard.press("Enter");
  await expect(explorer.panel().locator(".answer-text.is-open")).not.toBeEmpty();
});

test("the present view can be taken along in every form", async ({ explorer, page }) => {
  await explorer.open("#open=apple");
  await page.getByRole("button", { name: "Take along" }).click();
  const dialog = page.getByRole("dialog", { name: "Take along" });
  for (const [name, begins] of [
    ["Picture (PNG)", "\u0089PNG"],
    ["Drawing (SVG)", "<svg"],
    ["Table (CSV)", "\ufefffrom,"],
    ["Graph (GraphML)", "<?xml"],
    ["Linked data (JSON-LD)", "{"],
  ] as const) {
    const [download] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name }).click()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const content = Buffer.concat(chunks);
    expect(content.toString(name.includes("PNG") ? "latin1" : "utf8").startsWith(begins), name).toBe(true);
    if (name.includes("CSV")) {
      expect(content.toString("utf8").trim().split("\r\n")).toHaveLength((await explorer.edges()).length + 1);
    }
  }
});

test("a file dropped in is loaded, shows what it added, and can be withdrawn after a preview", async ({
  explorer,
  page,
}) => {
  // The first text that a service reads waits for its models.
  test.slow();
  await offered(page, "post", "/v1/documents");
  await offered(page, "delete", "/v1/documents/{id}");
  await explorer.open("#open=apple&panel=documents");
  const text =
    "---\ntitle: <img src=x onerror=alert(1)> A note\ndate: 2026-01-05\nlanguage: en\nsource: A test\n---\n\nBosch acquired Quarkfield Robotics in 2025.\n";
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: "note.md", mimeType: "text/markdown", buffer: Buffer.from(text) });
  await expect(explorer.panel()).toContainText("note.md is loaded.", { timeout: 90_000 });
  const row = explorer.panel().locator(".document-row", { hasText: "<img src=x" });
  await expect(row).toBeVisible();
  await expect(page.locator("img[src=x]")).toHaveCount(0);
  await row.click();
  await explorer.panel().getByRole("button", { name: "Withdraw" }).click();
  await expect(explorer.panel().locator(".preview")).toBeVisible();
  await explorer.panel().getByRole("button", { name: "Withdraw it" }).click();
  await expect(page.getByText(/is withdrawn/)).toBeVisible();
});
