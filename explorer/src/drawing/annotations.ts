/** What is written over the drawing: names of nodes, words on edges, and small signs. */
import type { ContentEdge } from "./content";
import { type Box, type LabelWish, overlap, type PlacedLabel, placeLabels } from "./labels";
import { mix } from "./palette";
import type { Stage } from "./stage";

const LINE = 16;
const LONGEST_NAME = 190;
/** Names tried per frame; a screen has no room for more. */
const MOST_NAMES = 700;
const widths = new Map<string, { text: string; width: number }>();

export function drawLabels(stage: Stage, context: CanvasRenderingContext2D): PlacedLabel[] {
  const { palette, emphasis } = stage.look;
  const badges = badgesOf(stage).map(({ x, y }) => ({ left: x - 9, top: y - 9, right: x + 9, bottom: y + 9 }));
  const taken = [...stage.covered, ...badges];
  const { width, height } = stage.renderer.getDimensions();
  const seen = { left: 2, top: 2, right: width - 2, bottom: height - 2 };
  const placed = placeLabels(
    labelWishes(stage, context),
    (wish) => fitted(wish.text, context).width,
    LINE,
    taken,
    seen,
  );
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 4;
  for (const label of placed) {
    const isFaint = emphasis.nodes !== null && !emphasis.nodes.has(label.id) && stage.hovered.node !== label.id;
    context.strokeStyle = palette.halo;
    context.fillStyle = isFaint ? mix(palette.ink, palette.background, 0.35) : palette.ink;
    context.strokeText(label.text, label.left, label.top + LINE / 2);
    context.fillText(label.text, label.left, label.top + LINE / 2);
  }
  return placed;
}

function labelWishes(stage: Stage, context: CanvasRenderingContext2D): LabelWish[] {
  const { width, height } = stage.renderer.getDimensions();
  const { emphasis } = stage.look;
  const wishes: LabelWish[] = [];
  for (const node of stage.content.nodes.values()) {
    const at = screenPlace(stage, node.id);
    if (!at || at.x < -60 || at.y < -30 || at.x > width + 60 || at.y > height + 30) continue;
    const must = stage.hovered.node === node.id || emphasis.selected === node.id;
    const lit = emphasis.nodes?.has(node.id) ? 1000 : 0;
    wishes.push({ id: node.id, text: node.label, ...at, weight: node.weight + lit, must });
  }
  const crowd = wishes.length > MOST_NAMES ? wishes.sort((a, b) => b.weight - a.weight).slice(0, MOST_NAMES) : wishes;
  return crowd.map((wish) => ({ ...wish, text: fitted(wish.text, context).text }));
}

export function screenPlace(stage: Stage, id: string): { x: number; y: number; radius: number } | null {
  const data = stage.renderer.getNodeDisplayData(id);
  if (!data) return null;
  const { x, y } = stage.renderer.framedGraphToViewport(data);
  return { x, y, radius: stage.renderer.scaleSize(data.size) };
}

/** A name cut to what a drawing can bear, with its width. */
function fitted(name: string, context: CanvasRenderingContext2D): { text: string; width: number } {
  const known = widths.get(name);
  if (known) return known;
  let text = name;
  let width = context.measureText(text).width;
  while (width > LONGEST_NAME && text.length > 4) {
    text = `${[...text.replace(/…$/, "")].slice(0, -2).join("").trimEnd()}…`;
    width = context.measureText(text).width;
  }
  const result = { text, width };
  widths.set(name, result);
  widths.set(text, result);
  return result;
}

export function nameWidth(name: string): number {
  return widths.get(name)?.width ?? [...name].reduce((sum, letter) => sum + (letter > "\u2e80" ? 12.5 : 7), 0);
}

/** Words on the edges that stand out, at the middle of their curve. */
export function drawWords(stage: Stage, context: CanvasRenderingContext2D, names: readonly PlacedLabel[]): void {
  const { emphasis, palette } = stage.look;
  const keys = [stage.hovered.edge, emphasis.selected, ...(emphasis.edges.size <= 40 ? emphasis.edges : [])];
  const taken: Box[] = names.map(({ left, top, width, height }) => ({
    left,
    top,
    right: left + width,
    bottom: top + height,
  }));
  const done = new Set<string>();
  for (const key of keys) {
    const edge = key ? stage.content.edges.get(key) : undefined;
    if (!edge || done.has(edge.key)) continue;
    done.add(edge.key);
    const must = edge.key === stage.hovered.edge || edge.key === emphasis.selected;
    const box = wordBox(stage, edge, fitted(edge.word, context).width);
    if (!box || (!must && taken.some((other) => overlap(box, other)))) continue;
    taken.push(box);
    context.fillStyle = mix(palette.background, palette.ink, 0.94);
    context.beginPath();
    context.roundRect(box.left, box.top, box.right - box.left, box.bottom - box.top, 8);
    context.fill();
    context.fillStyle = must ? palette.accent : mix(palette.ink, palette.background, 0.75);
    context.textBaseline = "middle";
    context.fillText(edge.word, box.left + 6, (box.top + box.bottom) / 2 + 0.5);
  }
}

function wordBox(stage: Stage, edge: ContentEdge, width: number): Box | null {
  const middle = middleOf(stage, edge);
  if (!middle || middle.length < width + 30) return null;
  return { left: middle.x - width / 2 - 6, top: middle.y - 9, right: middle.x + width / 2 + 6, bottom: middle.y + 9 };
}

/** The middle of an edge's curve on the screen, and the distance between its ends. */
export function middleOf(stage: Stage, edge: ContentEdge): { x: number; y: number; length: number } | null {
  const source = screenPlace(stage, edge.source);
  const target = screenPlace(stage, edge.target);
  if (!source || !target) return null;
  const [dx, dy] = [target.x - source.x, target.y - source.y];
  // The program bends in a frame whose y grows upwards, hence the signs; a curve passes half way to its control point.
  const x = (source.x + target.x) / 2 + (dy * edge.bend) / 2;
  const y = (source.y + target.y) / 2 - (dx * edge.bend) / 2;
  return { x, y, length: Math.hypot(dx, dy) };
}

/** Beyond so many edges signs would only be specks. */
const MOST_BADGED = 2000;

interface Badge {
  readonly x: number;
  readonly y: number;
  readonly edge: ContentEdge;
  readonly isConflict: boolean;
}

/** A cross on what was denied or called off, a warning sign on what sources disagree about. */
function badgesOf(stage: Stage): Badge[] {
  if (stage.content.edges.size > MOST_BADGED) return [];
  const badges: Badge[] = [];
  for (const edge of stage.content.edges.values()) {
    if (edge.standing !== "negated" && !edge.conflict) continue;
    const middle = middleOf(stage, edge);
    if (middle && middle.length > 40) badges.push({ x: middle.x, y: middle.y, edge, isConflict: edge.conflict });
  }
  return badges;
}

export function drawBadges(stage: Stage, context: CanvasRenderingContext2D): void {
  const { palette, emphasis } = stage.look;
  for (const { x, y, edge, isConflict } of badgesOf(stage)) {
    const isFaint = emphasis.nodes !== null && !emphasis.edges.has(edge.key);
    const colour = isConflict ? palette.conflict : palette.edges.negated;
    context.strokeStyle = isFaint ? mix(colour, palette.background, 0.3) : colour;
    context.fillStyle = palette.background;
    context.lineWidth = 1.8;
    if (isConflict) triangle(context, x, y);
    else cross(context, x, y);
  }
}

function cross(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath();
  context.moveTo(x - 4, y - 4);
  context.lineTo(x + 4, y + 4);
  context.moveTo(x + 4, y - 4);
  context.lineTo(x - 4, y + 4);
  context.stroke();
}

function triangle(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath();
  context.moveTo(x, y - 7);
  context.lineTo(x + 7, y + 5);
  context.lineTo(x - 7, y + 5);
  context.closePath();
  context.fill();
  context.stroke();
  context.beginPath();
  context.moveTo(x, y - 2.5);
  context.lineTo(x, y + 1);
  context.moveTo(x, y + 2.6);
  context.lineTo(x, y + 3.2);
  context.stroke();
}
