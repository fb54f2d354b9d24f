/**
 * What stands out of a large graph, drawn over it. All its lines take the longest time that anything here takes: they stay as
 * they were painted, the browser lets them fade, and a choice is on the screen at once.
 */
import { shapePaths } from "../panels/marks";
import type { ContentEdge, ContentNode } from "./content";
import { FAINT, type StageLook } from "./looks";
import { DASHES, type Glyph } from "./palette";
import { screenPlace } from "./places";
import type { Stage } from "./stage";

/** Pixels of an arrow head, to which the thickness of its line is added, as the edge program draws it. */
const HEAD = { length: 5.5, half: 2.6 };
/** Side of the field that the shapes are given in, and the part of it that they fill. */
const [FIELD, FILLED] = [20, 17];

/** Makes all that is painted stand back, or none of it. */
export function fadeBehind({ renderer }: Stage, isFading: boolean): void {
  const { edges, nodes } = renderer.getCanvases();
  edges!.style.opacity = isFading ? String(FAINT.edge) : "";
  nodes!.style.opacity = isFading ? String(FAINT.node) : "";
}

export function drawLit(stage: Stage, context: CanvasRenderingContext2D): void {
  const { emphasis } = stage.look;
  for (const key of emphasis.edges) {
    const edge = stage.content.edges.get(key);
    if (edge) drawLine(stage, edge, context);
  }
  if (emphasis.nodes === null) return;
  for (const id of new Set([...emphasis.nodes, stage.hovered.node])) {
    const node = id === null ? undefined : stage.content.nodes.get(id);
    if (node) drawNode(stage, node, context);
  }
}

function drawLine(stage: Stage, edge: ContentEdge, context: CanvasRenderingContext2D): void {
  const [from, to] = [screenPlace(stage, edge.source), screenPlace(stage, edge.target)];
  if (!from || !to) return;
  const { size, color } = stage.seenEdge(edge);
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const head = edge.directed ? Math.min(HEAD.length + size, length * 0.3) : 0;
  const [start, end] = [Math.min(from.radius, length * 0.45), Math.max(length - to.radius, length * 0.55)];
  context.save();
  context.translate(from.x, from.y);
  context.rotate(Math.atan2(to.y - from.y, to.x - from.x));
  [context.strokeStyle, context.fillStyle, context.lineWidth] = [color, color, size];
  context.setLineDash([...DASHES[edge.standing]]);
  context.beginPath();
  context.moveTo(start, 0);
  context.lineTo(end - head, 0);
  context.stroke();
  if (head > 0) {
    const half = HEAD.half + size * 0.6;
    context.beginPath();
    context.moveTo(end, 0);
    context.lineTo(end - head, -half);
    context.lineTo(end - head, half);
    context.fill();
  }
  context.restore();
}

function drawNode(stage: Stage, node: ContentNode, context: CanvasRenderingContext2D): void {
  const at = screenPlace(stage, node.id);
  if (!at) return;
  const { palette, emphasis, pinned } = stage.look;
  const radius = Math.max(at.radius, 1.5);
  const scale = (radius * 2) / FILLED;
  const { outer, inner, isLine } = pathsOf(node.glyph);
  context.save();
  context.translate(at.x, at.y);
  context.save();
  context.scale(scale, scale);
  context.translate(-FIELD / 2, -FIELD / 2);
  context.lineJoin = "round";
  // Strokes lie half outside of a shape: each hides the inner part of the wider one before it.
  const around = (colour: string, pixels: number): void => {
    [context.strokeStyle, context.lineWidth] = [colour, (2 * pixels) / scale];
    context.stroke(outer);
  };
  if (emphasis.selected === node.id) around(palette.accent, 4.7);
  around(palette.background, 2.5);
  context.fillStyle = palette.kinds[node.glyph];
  context.fill(outer);
  if (radius > 6) {
    [context.fillStyle, context.strokeStyle, context.lineWidth] = [palette.mark, palette.mark, 1.5];
    if (isLine) context.stroke(inner);
    else context.fill(inner);
  }
  context.restore();
  if (pinned.has(node.id)) drawPin(radius, palette, context);
  context.restore();
}

function drawPin(radius: number, { accent, mark }: StageLook["palette"], context: CanvasRenderingContext2D): void {
  for (const [colour, size] of [
    [accent, 3.4],
    [mark, 1.4],
  ] as const) {
    context.fillStyle = colour;
    context.beginPath();
    context.arc(radius * 0.78, -radius * 0.78, size, 0, 2 * Math.PI);
    context.fill();
  }
}

interface Paths {
  readonly outer: Path2D;
  readonly inner: Path2D;
  readonly isLine: boolean;
}

const known = new Map<Glyph, Paths>();

function pathsOf(glyph: Glyph): Paths {
  const before = known.get(glyph);
  if (before) return before;
  const { outer, inner, isLine } = shapePaths(glyph);
  const paths = { outer: new Path2D(outer), inner: new Path2D(inner), isLine };
  known.set(glyph, paths);
  return paths;
}
