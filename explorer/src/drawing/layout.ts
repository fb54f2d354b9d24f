/** Where nodes go, in pixels at the first zoom. Pure: same task in, same places out. Runs in the worker, and in tests. */
import { settle } from "./forces";
import { radialPlaces } from "./radial";
import { separate } from "./separate";

export type Places = Readonly<Record<string, readonly [number, number]>>;
export type Pair = readonly [source: string, target: string];

export interface LayoutNode {
  readonly id: string;
  readonly radius: number;
  /** Width of its name in pixels, so that the name finds room too. */
  readonly label: number;
  /** Where it is; null when it has no place yet. */
  readonly at: readonly [number, number] | null;
  /** Stays where it is. */
  readonly fixed: boolean;
}

export interface LayoutTask {
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly Pair[];
  readonly centre: string;
  /** The area a first layout fills; later ones go on at the scale it found. */
  readonly width: number;
  readonly height: number;
  readonly scale: number | null;
  readonly iterations: number;
}

export interface LayoutResult {
  readonly places: Places;
  readonly scale: number;
}

/** Pairs of nodes that a layout looks at in all, so that a large graph is settled by a bounded amount of work. */
const MOST_PAIRS = 6_000_000;
/** From this order on forces of far groups are taken together: so many nodes are worth as many pairs each. */
const GROUPED_FROM = 400;
const PAIRS_IN_GROUPS = 200;

const FEWEST = 30;
const MOST = 300;

/** How often the forces act on so many nodes; half as often where some have a place, beside which the others begin. */
export function iterationsFor(count: number, isContinued = false): number {
  const pairs = count > GROUPED_FROM ? count * PAIRS_IN_GROUPS : count ** 2;
  const most = isContinued ? MOST / 2 : MOST;
  const pairsInAll = isContinued ? MOST_PAIRS / 2 : MOST_PAIRS;
  return Math.round(Math.min(most, Math.max(FEWEST, pairsInAll / Math.max(pairs, 1))));
}

/** ForceAtlas2 on what is free to move, fitted to the area, then a pass that pulls apart what overlaps. */
export function layOut(task: LayoutTask): LayoutResult {
  const scale = task.scale ?? 1;
  const starts = startingPlaces(task);
  const bodies = task.nodes.map(({ id, fixed }) => {
    const [x, y] = starts.get(id)!;
    return { id, at: [x / scale, y / scale] as const, fixed };
  });
  const places = settle(bodies, task.edges, task.iterations, {
    gravity: task.scale === null ? 1 : 0.02,
    slowDown: task.scale === null ? 3 : 8,
    isGrouped: bodies.length > GROUPED_FROM,
  });
  const settled = new Map([...places].map(([id, [x, y]]) => [id, [x * scale, y * scale] as const]));
  const fit = task.scale === null ? fitted(settled, task) : { places: settled, scale };
  const boxes = task.nodes.map((node) => ({ ...node, at: node.fixed && node.at ? node.at : fit.places.get(node.id)! }));
  return { places: Object.fromEntries(boxes.length > 3000 ? fit.places : separate(boxes)), scale: fit.scale };
}

/** Pixels to each side that a node of a small graph is given, so that few are not torn apart to fill the area. */
const ROOM = 260;

/** Turned so that its long side lies along the area's, moved and scaled into it, and stretched a little to fill it. */
function fitted(settled: ReadonlyMap<string, readonly [number, number]>, task: LayoutTask) {
  if (settled.size === 1) return { places: new Map([...settled.keys()].map((id) => [id, [0, 0] as const])), scale: 1 };
  const [width, height] = [task.width, task.height].map((side) => Math.min(side, ROOM * Math.sqrt(settled.size)));
  const places = evened(turned(settled, task.width >= task.height));
  const xs = [...places.values()].map(([x]) => x);
  const ys = [...places.values()].map(([, y]) => y);
  const [left, right] = [least(xs), most(xs)];
  const [top, bottom] = [least(ys), most(ys)];
  const [wide, high] = [width! / Math.max(right - left, 1), height! / Math.max(bottom - top, 1)];
  const even = Math.min(wide, high);
  const [sx, sy] = [Math.min(wide, even * 1.5), Math.min(high, even * 1.5)];
  const move = ([x, y]: readonly [number, number]): readonly [number, number] => [
    (x - (left + right) / 2) * sx,
    (y - (top + bottom) / 2) * sy,
  ];
  return { places: new Map([...places].map(([id, at]) => [id, move(at)])), scale: Math.sqrt(sx * sy) };
}

/** How far crowds are drawn apart and gaps closed: 0 leaves the forces' places, 1 sets all at even distances. */
const EVENNESS = 0.42;

/** Order along each axis stays; distances become more even, so that the whole area is used. */
function evened(places: ReadonlyMap<string, readonly [number, number]>): typeof places {
  const points = [...places.values()];
  const [across, along] = [0, 1].map((axis) => evenedAxis(points.map((point) => point[axis]!)));
  return new Map([...places.keys()].map((id, at) => [id, [across![at]!, along![at]!] as const]));
}

function evenedAxis(values: readonly number[]): number[] {
  const [low, high] = [least(values), most(values)];
  const order = values.map((_, at) => at).sort((a, b) => values[a]! - values[b]!);
  const result = [...values];
  order.forEach((at, rank) => {
    const even = low + ((high - low) * rank) / Math.max(values.length - 1, 1);
    result[at] = values[at]! * (1 - EVENNESS) + even * EVENNESS;
  });
  return result;
}

/** Turned about its middle until its widest spread lies level (or upright). */
function turned(places: ReadonlyMap<string, readonly [number, number]>, level: boolean): typeof places {
  const points = [...places.values()];
  const [mx, my] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const xx = mean(points.map(([x]) => (x - mx) ** 2));
  const yy = mean(points.map(([, y]) => (y - my) ** 2));
  const xy = mean(points.map(([x, y]) => (x - mx) * (y - my)));
  const angle = (level ? 0 : Math.PI / 2) - Math.atan2(2 * xy, xx - yy) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return new Map([...places].map(([id, [x, y]]) => [id, [x * cos - y * sin, x * sin + y * cos] as const]));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}

/** Its own place; else a spot beside a neighbour that has one; else rings around the centre, which untangle fast. */
function startingPlaces(task: LayoutTask): Map<string, readonly [number, number]> {
  const starts = new Map<string, readonly [number, number]>();
  for (const node of task.nodes) if (node.at) starts.set(node.id, node.at);
  const unplaced = task.nodes.filter((node) => !starts.has(node.id)).map((node) => node.id);
  if (starts.size === 0) return new Map(Object.entries(radialPlaces(task.centre, unplaced, task.edges)));
  const parents = placedNeighbours(task.edges, starts);
  for (const id of unplaced) {
    const [x, y] = starts.get(parents.get(id) ?? task.centre) ?? [0, 0];
    const angle = hash(id) * Math.PI * 2;
    starts.set(id, [x + Math.cos(angle) * 90, y + Math.sin(angle) * 90]);
  }
  return starts;
}

function placedNeighbours(edges: readonly Pair[], placed: ReadonlyMap<string, unknown>): Map<string, string> {
  const parents = new Map<string, string>();
  for (const [source, target] of edges) {
    if (placed.has(source) && !placed.has(target) && !parents.has(target)) parents.set(target, source);
    if (placed.has(target) && !placed.has(source) && !parents.has(source)) parents.set(source, target);
  }
  return parents;
}

/** A number in [0, 1) that a text always gives. */
export function hash(text: string): number {
  let value = 2166136261;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 16777619);
  return (value >>> 0) / 4294967296;
}
