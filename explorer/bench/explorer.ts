/** What a measurement does on the explorer's page; bundled by itself and put into the page by the browser's own tools. */
import type { TestHandle } from "../src/controls/testing";
import { madeGraph } from "./graph";

declare global {
  interface Window {
    guanxi: TestHandle;
  }
}

const frame = (): Promise<number> => new Promise((later) => requestAnimationFrame(later));
const painted = async (): Promise<void> => {
  await frame();
  await frame();
};

async function draw(nodes: number, edges: number): Promise<number> {
  const { session, actions } = window.guanxi.page;
  const graph = madeGraph(nodes, edges);
  const started = performance.now();
  actions.loader.add("measured:*:1", graph);
  const { history } = session.store.get();
  const view = { ...history.present, extra: [], expansions: [{ id: "measured", predicate: null, depth: 1 }] };
  session.store.set({ ...session.store.get(), history: { ...history, present: view } });
  while (window.guanxi.nodes().length < nodes) await frame();
  await painted();
  return performance.now() - started;
}

async function settled(): Promise<void> {
  while (!window.guanxi.isSettled()) await frame();
}

/** Opens what an entity on the drawing has to do with; milliseconds until all of it is painted in its place. */
async function expand(id: string): Promise<number> {
  const { actions } = window.guanxi.page;
  const before = window.guanxi.nodes().length;
  const started = performance.now();
  actions.expand(id);
  while (window.guanxi.nodes().length <= before) await frame();
  await settled();
  await painted();
  return performance.now() - started;
}

async function rounds(id: string, times: number): Promise<void> {
  const { actions } = window.guanxi.page;
  for (let round = 0; round < times; round++) {
    actions.expand(id);
    await frame();
    await settled();
    actions.collapse(id);
    await frame();
    await settled();
  }
}

const api = {
  draw,
  expand,
  rounds,
  settled,
  refresh: () => window.guanxi.page.drawing?.stage.renderer.refresh(),
  camera: () => window.guanxi.page.drawing?.stage.renderer.getCamera(),
  place: (id: string) => window.guanxi.place(id),
  selected: () => window.guanxi.page.drawing?.stage.look.emphasis.selected ?? null,
};
Object.assign(window, { measured: api });
