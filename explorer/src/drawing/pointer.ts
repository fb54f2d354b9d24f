/** Mouse and touch on the drawing: choose, open, drag. */
import type { Actions } from "../controls/actions";
import type { Stage } from "./stage";

/** `onDropped` is called with a node that was dragged and let go. */
export function bindPointer(stage: Stage, actions: Actions, onDropped: (id: string) => void): void {
  bindChoosing(stage, actions);
  bindHovering(stage);
  bindDragging(stage, onDropped);
}

function bindChoosing({ renderer }: Stage, actions: Actions): void {
  renderer.on("clickNode", ({ node }) => actions.selectNode(node));
  renderer.on("clickEdge", ({ edge }) => actions.selectEdge(edge));
  renderer.on("clickStage", () => actions.select(null));
  renderer.on("doubleClickNode", (event) => {
    event.preventSigmaDefault();
    actions.toggleExpanded(event.node);
  });
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
