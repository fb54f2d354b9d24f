import { expect, test } from "./page";

test("a line opens its claims: quote in its sentence, document, date, speaker, status; and the document at the quote", async ({
  explorer,
  page,
}) => {
  await explorer.open("#open=bosch");
  const key = (await explorer.line("alibaba", "PARTNERS_WITH", "bosch"))!;
  const middle = (await page.evaluate((edge) => window.guanxi.middle(edge), key))!;
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.click(middle.x, middle.y);
  const panel = explorer.panel();
  await expect(panel.getByRole("heading", { level: 2 })).toHaveText("partners with");
  const claim = panel.locator(".claim").first();
  await expect(claim.locator("mark")).not.toBeEmpty();
  await expect(claim.locator("time")).toHaveText(/^\d{4}/);
  await expect(panel.locator(".claim .status").first()).not.toBeEmpty();
  const quote = await claim.locator("mark").innerText();
  await claim.getByRole("button", { name: "Read in the document" }).click();
  await expect(panel.locator(".document-text mark.is-at").first()).toBeInViewport();
  const marked = await panel.locator(".document-text mark.is-at").allInnerTexts();
  expect(marked.join("")).toBe(quote);
});

test("an entity's relation opens the same evidence, with who said it", async ({ explorer }) => {
  await explorer.open("#open=alibaba~2&node=apple");
  const row = explorer.panel().locator(".relation-row", { hasText: "announced" }).filter({ hasText: "Alibaba" });
  await row.first().click();
  await expect(explorer.panel().getByRole("heading", { level: 2 })).toHaveText("partners with");
  await expect(explorer.panel()).toContainText("said by Joe Tsai");
});

test("every quote shown in a document is the text at its offsets", async ({ explorer, page }) => {
  await explorer.open("#open=alibaba~2&panel=documents");
  await explorer.panel().locator(".document-row").first().click();
  await expect(explorer.panel().locator(".document-text mark").first()).toBeVisible();
  const wrong = await page.evaluate(async () => {
    const id = new URLSearchParams(location.hash.slice(1)).get("p.document")!;
    const get = async (path: string) => (await fetch(`/v1/${path}`)).json();
    const { text } = await get(`documents/${id}`);
    const { items } = await get(`claims?document=${encodeURIComponent(id)}&limit=500`);
    const letters = Array.from(text as string);
    const marks = [...document.querySelectorAll(".document-text mark")].map((mark) => mark.textContent);
    return items.filter((claim: { start: number; end: number; quote: string }) => {
      const there = letters.slice(claim.start, claim.end).join("");
      return there !== claim.quote || !marks.some((mark) => claim.quote.includes(mark!));
    }).length;
  });
  expect(wrong).toBe(0);
});

test("what was rumoured, considered or denied is drawn apart from what holds", async ({ explorer, page }) => {
  await explorer.open("#open=apple");
  const looks = await page.evaluate(() => {
    const { stage } = window.guanxi.page.drawing!;
    const seen: Record<string, string[]> = {};
    for (const { key, standing } of stage.content.edges.values()) {
      const { pattern, color } = stage.graph.getEdgeAttributes(key);
      seen[standing] = [...new Set([...(seen[standing] ?? []), `${pattern} ${color}`])];
    }
    return seen;
  });
  expect(Object.keys(looks)).toEqual(expect.arrayContaining(["rumoured", "considered", "negated"]));
  const kinds = Object.values(looks).flat();
  expect(new Set(kinds).size).toBe(kinds.length);
});

test("conflicts are marked on their lines and shown side by side", async ({ explorer, page }) => {
  await explorer.open("#open=alibaba~2");
  await page.waitForFunction(() =>
    [...window.guanxi.page.drawing!.stage.content.edges.values()].some(({ conflict }) => conflict),
  );
  await page.getByRole("navigation").getByRole("button", { name: "Conflicts" }).click();
  const first = explorer.panel().locator("details.conflict").first();
  await first.locator("summary").click();
  await expect(first.locator(".side")).toHaveCount(2);
  await expect(first.locator("blockquote").first()).not.toBeEmpty();
});

test("a claim can be cited with its quote, document and place", async ({ explorer, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await explorer.open("#open=apple");
  const key = (await explorer.line("alibaba", "PARTNERS_WITH", "apple", "announced"))!;
  await page.evaluate((edge) => window.guanxi.page.actions.selectEdge(edge), key);
  const claim = explorer.panel().locator(".claim").first();
  const quote = await claim.locator("mark").innerText();
  await claim.getByRole("button", { name: "Copy citation" }).click();
  await expect(page.getByText("The citation is copied.")).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(quote);
  expect(copied).toMatch(/characters \d+–\d+/);
});

test("ways between two are shown side by side with the evidence of each hop, and what both have in common", async ({
  explorer,
  page,
}) => {
  await explorer.open("#open=alibaba~2&panel=ways&p.from=bosch&p.to=apple");
  const ways = explorer.panel().locator(".way");
  await expect(ways.first()).toContainText("Bosch");
  expect(await ways.count()).toBeGreaterThan(1);
  await ways.first().locator(".hop").first().click();
  await expect(ways.first().locator("blockquote").first()).not.toBeEmpty();
  await expect(explorer.panel().locator(".common")).toContainText("Alibaba");
  await ways.first().getByRole("button", { name: "Show on the drawing" }).click();
  await explorer.settled();
  const lit = await page.evaluate(() => [...window.guanxi.page.drawing!.stage.look.emphasis.nodes!]);
  expect(lit.filter((id) => ["bosch", "alibaba", "apple"].includes(id)).sort()).toEqual(["alibaba", "apple", "bosch"]);
});

test("a date and filters change what is drawn, each choice with its count", async ({ explorer, page }) => {
  await explorer.open("#open=alibaba~2&panel=filters");
  const all = (await explorer.edges()).length;
  const people = explorer.panel().getByRole("checkbox", { name: /^Person/ });
  const count = Number(await people.locator("xpath=..").locator(".count").innerText());
  const drawn = await page.evaluate(
    () =>
      [...window.guanxi.page.drawing!.stage.content.nodes.values()].filter((node) => node.glyph === "Person").length,
  );
  expect(count).toBe(drawn);
  await people.uncheck();
  await explorer.settled();
  expect(await explorer.has("joe-tsai")).toBe(false);
  await page.getByRole("button", { name: "Show everything" }).click();
  await explorer.settled();
  expect((await explorer.edges()).length).toBe(all);
  const slider = page.getByRole("slider", { name: "As of" });
  await slider.focus();
  await page.keyboard.press("Home");
  await expect(page).toHaveURL(/asof=1999-01/);
  await explorer.settled();
  const early = (await explorer.edges()).length;
  expect(early).toBeLessThan(all);
  await page.getByRole("button", { name: "Show all times" }).click();
  await explorer.settled();
  expect((await explorer.edges()).length).toBe(all);
});

test("the counts of kinds follow the date", async ({ explorer, page }) => {
  await explorer.open("#open=alibaba~2&panel=filters");
  const kinds = explorer.panel().getByRole("group", { name: "Kinds" });
  const counted = async () =>
    (await kinds.locator(".count").allInnerTexts()).map(Number).reduce((sum, count) => sum + count, 0);
  const drawn = () =>
    page.evaluate(() => {
      const { knowledge } = window.guanxi.page.session;
      return window.guanxi.nodes().flatMap((id) => knowledge.getNodeAttribute(id, "kinds")).length;
    });
  const all = await drawn();
  await expect.poll(counted).toBe(all);
  await page.getByRole("slider", { name: "As of" }).press("Home");
  await explorer.settled();
  await expect.poll(drawn).toBeLessThan(all);
  await expect.poll(async () => (await counted()) - (await drawn())).toBe(0);
});

test("the confidence filter says how many relations are at least so sure, and leaves those", async ({
  explorer,
  page,
}) => {
  await explorer.open("#open=alibaba~2&panel=filters");
  const all = (await explorer.edges()).length;
  const slider = explorer.panel().getByRole("slider", { name: /^Confidence at least/ });
  const field = explorer.panel().locator(".range");
  await expect(field.locator(".count")).toHaveText(String(all));
  await slider.focus();
  await page.keyboard.press("End");
  await expect(page).toHaveURL(/confidence=1/);
  await expect(field.locator(".count")).not.toHaveText(String(all));
  await explorer.settled();
  expect(String((await explorer.edges()).length)).toBe(await field.locator(".count").innerText());
  const least = await page.evaluate(() => {
    const { knowledge } = window.guanxi.page.session;
    return Math.min(...window.guanxi.edges().map((key) => knowledge.getEdgeAttribute(key, "confidence") ?? 1));
  });
  expect(least).toBe(1);
});

test("filters by document show only what stands on it", async ({ explorer, page }) => {
  await explorer.open("#open=alibaba~2&panel=filters");
  const sources = explorer.panel().getByRole("group", { name: "Documents", exact: true });
  await explorer.settled();
  // The list is made anew when one is chosen, so that the last need not stay the last.
  await sources.getByRole("checkbox").last().click();
  await explorer.settled();
  const chosen = await page.evaluate(() => {
    const [source] = (window.guanxi.view() as { filters: { sources: string[] } }).filters.sources;
    const { knowledge } = window.guanxi.page.session;
    return window.guanxi.edges().map((key) => knowledge.getEdgeAttribute(key, "sources").includes(source!));
  });
  expect(chosen.length).toBeGreaterThan(0);
  expect(chosen.every(Boolean)).toBe(true);
});

test("time plays", async ({ explorer, page }) => {
  await explorer.open("#open=alibaba~2");
  await page.getByRole("button", { name: "Play" }).click();
  await expect(page).toHaveURL(/asof=/);
  const first = new URL(page.url()).hash;
  await expect.poll(() => new URL(page.url()).hash).not.toBe(first);
  await page.getByRole("button", { name: "Pause" }).click();
});
