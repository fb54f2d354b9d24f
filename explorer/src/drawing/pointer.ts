/** Mouse and touch on the drawing: choose, open, drag. */
import type { Actions } from "../controls/actions";
import type { Stage } from "./stage";

/** `onDropped` is called with a node that was dragged and let go. */
export function bindPointer(stage: Stage, actions: Actions, onDropped: (id: string) => void): void {
  bindChoosing(stage, actions);
  bindHovering(stage);
  bindDragging(stage, onDropped);
}

type Pressed = { readonly original: MouseEvent | TouchEvent };

/**
 * Two clicks are a double click by the times and places at which the mouse was pressed, which the browser knows; sigma
 * counts the times at which a busy page comes to them. Two taps of a finger only sigma joins.
 */
function bindChoosing({ renderer }: Stage, actions: Actions): void {
  let clicked: string | null = null;
  const choose = (node: string | null, edge: string | null, { original }: Pressed): void => {
    if (!isSecond(original)) clicked = node;
    actions.select(node !== null ? { type: "node", id: node } : edge !== null ? { type: "edge", id: edge } : null);
  };
  renderer.on("clickNode", ({ node, event }) => choose(node, null, event));
  renderer.on("clickEdge", ({ edge, event }) => choose(null, edge, event));
  renderer.on("clickStage", ({ event }) => choose(null, null, event));
  renderer.on("doubleClickNode", ({ node, event, preventSigmaDefault }) => {
    preventSigmaDefault();
    if (isMouse(event.original)) choose(node, null, event);
    else actions.toggleExpanded(node);
  });
  renderer.on("doubleClickEdge", ({ edge, event }) => choose(null, edge, event));
  renderer.on("doubleClickStage", ({ event }) => choose(null, null, event));
  renderer.getContainer().addEventListener("dblclick", () => {
    if (clicked !== null) actions.toggleExpanded(clicked);
  });
}

function isSecond(event: MouseEvent | TouchEvent): boolean {
  return isMouse(event) && event.detail > 1;
}

function isMouse(event: MouseEvent | TouchEvent): event is MouseEvent {
  return !("touches" in event);
}

function bindHovering(stage: Stage): void {
  const { renderer } = stage;
  const container = renderer.getContainer();
  const hover = (node: string | null, edge: string | null): void => {
    container.classList.toggle("is-pointing", node !== null || edge !== null);
    stage.hover(node, edge);
  };
  renderer.on("enterNode", ({ node }) => hover(node, null));
  renderer.on("leaveNode", () => hover(null, null));
  renderer.on("enterEdge", ({ edge }) => hover(null, edge));
  renderer.on("leaveEdge", () => hover(null, null));
}

function bindDragging(stage: Stage, onDropped: (id: string) => void): void {
  const { renderer, graph } = stage;
  let held: string | null = null;
  let moved = false;
  renderer.on("downNode", ({ node }) => {
    held = node;
    moved = false;
  });
  renderer.on("moveBody", ({ event }) => {
    if (!held || !graph.hasNode(held)) return;
    moved = true;
    const { x, y } = renderer.viewportToGraph(event);
    graph.mergeNodeAttributes(held, { x, y });
    event.preventSigmaDefault();
    event.original.preventDefault();
  });
  const release = (): void => {
    if (held && moved && graph.hasNode(held)) onDropped(held);
    held = null;
  };
  renderer.on("upNode", release);
  renderer.on("upStage", release);
}
