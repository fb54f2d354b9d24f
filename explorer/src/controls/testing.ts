/** What tests and measurements look at, since a canvas cannot be read: state, and where each node is on the screen. */
import { middleOf, screenPlace } from "../drawing/places";
import type { Page } from "../panels/context";
import { viewOf } from "../state/session";

export interface TestHandle {
  readonly page: Page;
  view(): unknown;
  nodes(): string[];
  edges(): string[];
  place(id: string): { x: number; y: number } | null;
  middle(key: string): { x: number; y: number } | null;
  labels(): unknown;
  isSettled(): boolean;
}

declare global {
  interface Window {
    guanxi: TestHandle;
  }
}

export function exposeForTests(page: Page): void {
  const shift = (at: { x: number; y: number } | null): { x: number; y: number } | null => {
    const area = page.drawing?.stage.renderer.getContainer().getBoundingClientRect();
    return at && area ? { x: at.x + area.left, y: at.y + area.top } : null;
  };
  window.guanxi = {
    page,
    view: () => viewOf(page.session),
    nodes: () => page.drawing?.stage.graph.nodes() ?? [],
    edges: () => page.drawing?.stage.graph.edges() ?? [],
    place: (id) => (page.drawing ? shift(screenPlace(page.drawing.stage, id)) : null),
    middle: (key) => {
      const edge = page.drawing?.stage.content.edges.get(key);
      return page.drawing && edge ? shift(middleOf(page.drawing.stage, edge)) : null;
    },
    labels: () => page.drawing?.stage.placed ?? [],
    isSettled: () => page.drawing?.isSettled === true && page.session.store.get().busy === 0,
  };
}
