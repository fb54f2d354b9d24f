import { expect, test } from "./page";

test("draws the seeds around Alibaba, names apart from each other, nothing fetched from elsewhere", async ({
  explorer,
  page,
  baseURL,
}) => {
  const elsewhere: string[] = [];
  const asked: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (url.includes("/v1/")) asked.push(url);
    if (!url.startsWith(baseURL!) && !url.startsWith("blob:") && !url.startsWith("data:")) elsewhere.push(url);
  });
  await explorer.open();
  expect(await explorer.nodes()).toEqual(expect.arrayContaining(["alibaba", "apple", "joe-tsai", "qwen"]));
  expect((await explorer.edges()).length).toBeGreaterThan(60);
  const clashes = await page.evaluate(() => {
    const labels = window.guanxi.labels() as { left: number; top: number; width: number; height: number }[];
    const hit = (a: (typeof labels)[0], b: (typeof labels)[0]): boolean =>
      a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
    return {
      placed: labels.length,
      clashes: labels.flatMap((a, at) => labels.slice(at + 1).filter((b) => hit(a, b))).length,
    };
  });
  expect(clashes.clashes).toBe(0);
  expect(clashes.placed).toBeGreaterThan(50);
  expect(elsewhere).toEqual([]);
  expect(asked.filter((url) => url.includes("/graph"))).toHaveLength(1);
  expect(new Set(asked).size, "what is asked ahead is not asked again").toBe(asked.length);
});

test("a first visit has a tour that can be walked or skipped, and it does not come back", async ({
  explorer,
  page,
}) => {
  await explorer.open("", { toured: false });
  const tour = page.getByRole("region", { name: "In one minute" });
  await expect(tour).toContainText("1 of 4");
  await tour.getByRole("button", { name: "Next" }).click();
  await expect(tour).toContainText("2 of 4");
  await tour.getByRole("button", { name: "Skip" }).click();
  await expect(tour).toHaveCount(0);
  await page.reload();
  await explorer.settled();
  await expect(tour).toHaveCount(0);
});

test("the legend explains every kind of line", async ({ explorer, page }) => {
  await explorer.open();
  await page.getByRole("button", { name: "Legend" }).click();
  const legend = page.getByRole("region", { name: "Legend" });
  for (const word of ["rumoured", "considered", "ended", "denied", "sources disagree", "Person", "Partnership"]) {
    await expect(legend).toContainText(word);
  }
});

test("an empty graph says how to load something, and a file dropped in begins it", async ({ page }) => {
  // The first text that a service reads waits for its models.
  test.slow();
  await page.goto(`http://127.0.0.1:${process.env.GUANXI_E2E_EMPTY_PORT}/`);
  const empty = page.locator(".empty");
  await expect(empty.getByRole("heading")).toHaveText("The graph is empty");
  await expect(empty).toContainText("guanxi load");
  const buffer = Buffer.from("Jack Ma founded Alibaba in 1999.\n");
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    empty.getByRole("button", { name: "Choose a file" }).press("Enter"),
  ]);
  await chooser.setFiles({ name: "first.txt", mimeType: "text/plain", buffer });
  await page.waitForFunction(() => window.guanxi.isSettled() && window.guanxi.nodes().includes("jack-ma"));
  await expect(empty).toHaveCount(0);
});

test("the page asks for nothing inline: neither scripts nor styles", async ({ page }) => {
  const policy = (await page.request.get("/")).headers()["content-security-policy"]!;
  expect(policy).toMatch(/script-src 'self'/);
  expect(policy).not.toContain("unsafe");
});

test("speaks three languages, names included", async ({ explorer, page }) => {
  await explorer.open("#open=alibaba~2&node=joe-tsai", { language: "zh-Hant" });
  await expect(explorer.panel().getByRole("heading", { level: 2 })).toHaveText("蔡崇信");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hant");
  await page.getByRole("combobox", { name: "語言" }).selectOption("en");
  await expect(explorer.panel().getByRole("heading", { level: 2 })).toHaveText("Joe Tsai");
  await expect(page.getByRole("button", { name: "Ask", exact: true }).first()).toBeVisible();
});
