/** The drawing by keyboard: arrows walk to the nearest node that way, Tab-free; letters act on the selected one. */
import type { Actions } from "../controls/actions";
import { focusPanel } from "../controls/focus";
import { type Session, viewOf } from "../state/session";
import { fit, pan, zoom } from "./camera";
import type { DrawingController } from "./controller";
import { screenPlace } from "./places";
import type { Stage } from "./stage";

type Direction = readonly [number, number];

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** Pixels at the first zoom that a node goes at a step. */
const MOVE = 20;

/** Returns whether the key meant something here. */
export function onDrawingKey(event: KeyboardEvent, controller: DrawingController, session: Session): boolean {
  if (event.ctrlKey || event.metaKey) return false;
  const { stage, actions } = controller;
  const arrow = ARROWS[event.key];
  if (event.altKey) return arrow ? done(() => move(controller, session, arrow)) : false;
  if (arrow && event.shiftKey) return done(() => pan(stage, arrow[0] * 80, arrow[1] * 80));
  if (arrow) return done(() => walk(stage, actions, session, arrow));
  return onLetter(event.key.length === 1 ? event.key.toLowerCase() : event.key, controller, session);
}

function onLetter(key: string, controller: DrawingController, session: Session): boolean {
  const { stage, actions } = controller;
  const smoothly = controller.isSmooth();
  if (key === "+" || key === "=") return done(() => zoom(stage, 1 / 1.4, smoothly));
  if (key === "-") return done(() => zoom(stage, 1.4, smoothly));
  if (key === "0") return done(() => fit(stage, smoothly, undefined, true));
  if (key === "Escape") return done(() => actions.select(null));
  if (key === "l") return done(() => nextEdge(stage, actions, session));
  const node = selectedNode(stage, session);
  return node ? onNode(key, node, controller, session) : false;
}

function onNode(key: string, node: string, { stage, actions }: DrawingController, session: Session): boolean {
  const view = viewOf(session);
  const { x, y } = stage.graph.getNodeAttributes(node);
  const acts: Readonly<Record<string, () => void>> = {
    e: () => actions.toggleExpanded(node),
    p: () => (view.pinned[node] ? actions.unpin(node) : actions.pin(node, [x, y])),
    h: () => actions.hide(node),
    f: () => actions.focus(view.focus === node ? null : node),
    w: () => actions.open("ways", { from: node }),
    Enter: focusPanel,
  };
  const act = acts[key];
  return act ? done(act) : false;
}

function done(act: () => void): true {
  act();
  return true;
}

function selectedNode(stage: Stage, session: Session): string | null {
  const { selection } = viewOf(session);
  if (selection?.type === "edge") return stage.content.edges.get(selection.id)?.source ?? null;
  return selection && stage.graph.hasNode(selection.id) ? selection.id : null;
}

/** The nearest node in a direction: distance counts, straying from the direction counts more. */
function walk(stage: Stage, actions: Actions, session: Session, [dx, dy]: Direction): void {
  const from = selectedNode(stage, session);
  const start = from ? screenPlace(stage, from) : null;
  if (!start) {
    selectFirst(stage, actions);
    return;
  }
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const id of stage.content.nodes.keys()) {
    const at = id === from ? null : screenPlace(stage, id);
    if (!at) continue;
    const along = (at.x - start.x) * dx + (at.y - start.y) * dy;
    const aside = Math.abs((at.x - start.x) * dy) + Math.abs((at.y - start.y) * dx);
    const cost = along + aside * 2;
    if (along > 1 && aside <= along * 2 && cost < least) [best, least] = [id, cost];
  }
  if (best) actions.selectNode(best);
}

/** One step of the selected node, which is pinned where it comes to stand, as after a drag. */
function move({ stage, actions }: DrawingController, session: Session, [dx, dy]: Direction): void {
  const node = selectedNode(stage, session);
  if (!node) return;
  const { x, y } = stage.graph.getNodeAttributes(node);
  actions.move(node, [x + dx * MOVE, y - dy * MOVE]);
}

function selectFirst(stage: Stage, actions: Actions): void {
  const [first] = [...stage.content.nodes.values()].sort((a, b) => b.weight - a.weight);
  if (first) actions.selectNode(first.id);
}

/** Goes round the lines of the selected node, then on from the selected line. */
function nextEdge(stage: Stage, actions: Actions, session: Session): void {
  const { selection } = viewOf(session);
  const node = selectedNode(stage, session);
  if (!node) return;
  const edges = stage.graph.edges(node).sort();
  const at = selection?.type === "edge" ? edges.indexOf(selection.id) : -1;
  const next = edges[(at + 1) % edges.length];
  if (next) actions.selectEdge(next);
}
