import { madeGraph } from "../bench/graph";
import { expect, test } from "./page";

const [NODES, EDGES] = [2500, 4000];

test("a large graph is painted, then laid out, and comes to rest with all of it in sight", async ({
  explorer,
  page,
}) => {
  test.slow();
  await explorer.open("#open=apple");
  await page.evaluate(
    (graph) => {
      const { session, actions } = window.guanxi.page;
      actions.loader.add("made:*:1", graph);
      const view = { ...session.store.get().history.present, extra: [] };
      actions.change({ ...view, expansions: [{ id: "made", predicate: null, depth: 1 }] });
    },
    madeGraph(NODES, EDGES),
  );
  await page.waitForFunction((count) => window.guanxi.nodes().length === count, NODES);
  const spread = () =>
    page.evaluate(() => Object.fromEntries(["n0", "n1", "n2"].map((id) => [id, window.guanxi.place(id)])));
  const painted = await spread();
  await explorer.settled();
  expect(await page.evaluate(() => window.guanxi.page.session.store.get().drawing)).toBe("ready");
  expect(await spread()).not.toEqual(painted);
  const { width, height } = page.viewportSize()!;
  const outside = await page.evaluate(
    ([wide, high]) =>
      window.guanxi.nodes().filter((id) => {
        const { x, y } = window.guanxi.place(id)!;
        return !(x >= 0 && y >= 0 && x <= wide! && y <= high!);
      }).length,
    [width, height],
  );
  expect(outside).toBe(0);
  const at = await page.evaluate(() => window.guanxi.place("n0")!);
  await page.mouse.move(at.x, at.y);
  await page.mouse.click(at.x, at.y);
  await page.waitForFunction(() => (window.guanxi.view() as { selection: unknown }).selection !== null);
});
