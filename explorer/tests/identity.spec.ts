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
