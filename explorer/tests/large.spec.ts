import type { Page } from "@playwright/test";
import { madeGraph } from "../bench/graph";
import { type Explorer, expect, test } from "./page";

const [NODES, EDGES] = [2500, 4000];

/** How much of the painted lines is left to see, and whether the first node is drawn over them. */
function seen(page: Page): Promise<{ behind: string; isOver: boolean }> {
  return page.evaluate(() => {
    const { stage } = window.guanxi.page.drawing!;
    const { edges, labels } = stage.renderer.getCanvases();
    const { x, y } = stage.renderer.framedGraphToViewport(stage.framed("n0")!);
    const [red, green, blue] = labels!.getContext("2d")!.getImageData(x, y, 1, 1).data;
    const colour = stage.seenNode(stage.content.nodes.get("n0")!).color;
    const wanted = [1, 3, 5].map((from) => Number.parseInt(colour.slice(from, from + 2), 16));
    const isOver = [red, green, blue].every((value, channel) => Math.abs(value! - wanted[channel]!) < 40);
    return { behind: getComputedStyle(edges!).opacity, isOver };
  });
}

/** Puts a made-up graph on the drawing, in the place of what was there. */
async function draw(explorer: Explorer, page: Page): Promise<void> {
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
}

test("a large graph is painted, then laid out, and comes to rest with all of it in sight", async ({
  explorer,
  page,
}) => {
  test.slow();
  await draw(explorer, page);
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
  await page.evaluate(() => {
    const { renderer } = window.guanxi.page.drawing!.stage;
    renderer.on("afterRender", () => document.body.setAttribute("data-painted", "again"));
  });
  expect(await seen(page)).toEqual({ behind: "1", isOver: false });
  const at = await page.evaluate(() => window.guanxi.place("n0")!);
  await page.mouse.move(at.x, at.y);
  await page.mouse.click(at.x, at.y);
  await page.waitForFunction(() => (window.guanxi.view() as { selection: unknown }).selection !== null);
  await expect.poll(() => seen(page)).toEqual({ behind: "0.26", isOver: true });
  await page.evaluate(() => window.guanxi.page.actions.select(null));
  await expect.poll(() => seen(page)).toEqual({ behind: "1", isOver: false });
  await expect(page.locator("body"), "all lines are painted once").not.toHaveAttribute("data-painted");
});

test.describe("where motion is wanted", () => {
  test.use({ contextOptions: { reducedMotion: "no-preference" } });

  test("a node of a large graph is hovered, chosen and dragged, and only it moves", async ({ explorer, page }) => {
    test.slow();
    await draw(explorer, page);
    await explorer.settled();
    const places = () => page.evaluate(() => window.guanxi.page.drawing!.stage.places());
    const before = await places();
    const at = (await page.evaluate(() => window.guanxi.place("n0")))!;
    await page.mouse.move(at.x, at.y);
    await page.waitForFunction(() => window.guanxi.page.drawing!.stage.hovered.node === "n0");
    await page.mouse.click(at.x, at.y);
    await page.waitForFunction(() => {
      const { selection } = window.guanxi.view() as { selection: { id: string } | null };
      return selection?.id === "n0";
    });
    await explorer.settled();
    const chosen = (await page.evaluate(() => window.guanxi.place("n0")))!;
    await page.mouse.move(chosen.x, chosen.y);
    await page.mouse.down();
    await page.mouse.move(chosen.x + 80, chosen.y - 50, { steps: 5 });
    await page.mouse.up();
    await expect
      .poll(() => page.evaluate(() => Object.keys((window.guanxi.view() as { pinned: object }).pinned)))
      .toEqual(["n0"]);
    await explorer.settled();
    const { n0: was, ...others } = before;
    const { n0: now, ...still } = await places();
    expect(now).not.toEqual(was);
    expect(still).toEqual(others);
    const dropped = (await page.evaluate(() => window.guanxi.place("n0")))!;
    expect(Math.hypot(dropped.x - chosen.x - 80, dropped.y - chosen.y + 50)).toBeLessThan(8);
  });
});
