import { expect, test } from "./page";

// Both decide about the same graph, and count what is decided.
test.describe.configure({ mode: "serial" });

test("two names can be judged not the same, with a preview, and the judgement taken back", async ({ explorer }) => {
  await explorer.open("#open=apple&panel=identity&p.left=taobao&p.right=taobao-instant-commerce");
  await explorer.panel().getByRole("button", { name: "Not the same", exact: true }).first().click();
  await expect(explorer.panel().locator(".preview")).toBeVisible();
  const decided = explorer.panel().locator(".decided");
  const before = await decided.count();
  await explorer.panel().getByRole("button", { name: "Record" }).click();
  await expect(decided).toHaveCount(before + 1);
  await decided.first().getByRole("button", { name: "Take back" }).click();
  await expect(decided).toHaveCount(before);
});

test("what waits for a decision is listed with its reason, previewed, recorded, and waits again when taken back", async ({
  explorer,
  page,
}) => {
  const ids = ["lindqvist-harbour-cranes", "lindqwist-harbour-cranes"] as const;
  await explorer.open(`#open=skagen-port-works&panel=identity`);
  expect(await Promise.all(ids.map((id) => explorer.has(id)))).toEqual([true, true]);
  const waiting = explorer.panel().locator(".pair", { hasText: "Lindqwist" });
  await expect(waiting).toContainText("differ by a letter");
  await expect(waiting.locator(".count")).toHaveText(/^0\.\d\d$/);
  await waiting.focus();
  await page.keyboard.press("Enter");
  await explorer.panel().getByRole("button", { name: "Same", exact: true }).click();
  await expect(explorer.panel().locator(".preview")).toContainText("Lindqwist Harbour Cranes");
  await explorer.panel().getByRole("button", { name: "Record" }).click();
  await expect(waiting).toHaveCount(0);
  await explorer.settled();
  const left = await Promise.all(ids.map((id) => explorer.has(id)));
  expect(left.filter(Boolean)).toHaveLength(1);
  const decided = explorer.panel().locator(".decided", { hasText: "Lindq" });
  await decided.getByRole("button", { name: "Take back" }).click();
  await expect(waiting).toHaveCount(1);
  await expect.poll(() => Promise.all(ids.map((id) => explorer.has(id)))).toEqual([true, true]);
});

test("by keyboard alone two names are compared from the panel, judged, and the judgement is taken back", async ({
  explorer,
  page,
  keys,
}) => {
  test.slow();
  await explorer.open("#open=apple&node=taobao");
  const panel = explorer.panel();
  await keys.panel();
  await keys.use(panel.getByRole("button", { name: "Same?" }));
  await expect(panel.getByRole("combobox", { name: "Compare two names 1" })).toHaveValue("Taobao");
  await keys.panel();
  await keys.to(panel.getByRole("combobox", { name: "Compare two names 2" }));
  await page.keyboard.type("Youku");
  await expect(panel.getByRole("option").first()).toContainText("Youku");
  await keys.press("Enter");
  await keys.use(panel.getByRole("button", { name: "Not the same", exact: true }));
  await expect(panel.locator(".preview")).toBeVisible();
  const decided = panel.locator(".decided", { hasText: "Youku" });
  await keys.to(panel.getByLabel("Reason"));
  await page.keyboard.type("One is a shop");
  await keys.use(panel.getByRole("button", { name: "Record" }));
  await expect(decided).toContainText("One is a shop");
  await keys.panel();
  await keys.use(decided.getByRole("button", { name: "Take back" }));
  await expect(decided).toHaveCount(0);
});
