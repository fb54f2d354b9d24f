/** ForceAtlas2 on plain numbers. A graph library would take most of the time in which a first picture is laid out. */
import iterate from "graphology-layout-forceatlas2/iterate.js";

type Point = readonly [x: number, y: number];

export interface Body {
  readonly id: string;
  readonly at: Point;
  /** Stays where it is. */
  readonly fixed: boolean;
}

export interface Pull {
  readonly gravity: number;
  /** The larger, the smaller the steps. */
  readonly slowDown: number;
  /** Whether forces of far groups are taken together. */
  readonly isGrouped: boolean;
}

/** Numbers a body and a bond take in ForceAtlas2's arrays, and where in a body some of them stand. */
const [PER_BODY, PER_BOND] = [10, 3];
const [X, Y, MASS, CONVERGENCE, SIZE, FIXED] = [0, 1, 6, 7, 8, 9];

const SETTINGS = {
  linLogMode: false,
  outboundAttractionDistribution: true,
  adjustSizes: false,
  edgeWeightInfluence: 1,
  scalingRatio: 12,
  strongGravityMode: false,
  barnesHutTheta: 0.5,
} as const;

/** Where bodies are after the forces acted on them; several bonds between the same two are one. */
export function settle(
  bodies: readonly Body[],
  bonds: readonly (readonly [source: string, target: string])[],
  iterations: number,
  { gravity, slowDown, isGrouped }: Pull,
): Map<string, Point> {
  const matrix = new Float32Array(bodies.length * PER_BODY);
  bodies.forEach(({ at, fixed }, place) => {
    const numbers = { [X]: at[0], [Y]: at[1], [MASS]: 1, [CONVERGENCE]: 1, [SIZE]: 1, [FIXED]: fixed ? 1 : 0 };
    for (const [offset, value] of Object.entries(numbers)) matrix[place * PER_BODY + Number(offset)] = value;
  });
  const tied = bondsOf(bodies, bonds);
  const edges = new Float32Array(tied.length * PER_BOND);
  tied.forEach(([one, other], place) => {
    edges.set([one, other, 1], place * PER_BOND);
    matrix[one + MASS]! += 1;
    matrix[other + MASS]! += 1;
  });
  const settings = { ...SETTINGS, gravity, slowDown, barnesHutOptimize: isGrouped };
  if (bodies.some(({ fixed }) => !fixed))
    for (let turn = 0; turn < iterations; turn++) iterate(settings, matrix, edges);
  return new Map(bodies.map(({ id }, at) => [id, [matrix[at * PER_BODY + X]!, matrix[at * PER_BODY + Y]!] as const]));
}

/** Places in the matrix of the two ends of each bond. */
function bondsOf(
  bodies: readonly Body[],
  bonds: readonly (readonly [string, string])[],
): (readonly [number, number])[] {
  const places = new Map(bodies.map(({ id }, at) => [id, at * PER_BODY]));
  const found = new Map<string, readonly [number, number]>();
  for (const [source, target] of bonds) {
    const [one, other] = [places.get(source), places.get(target)];
    if (one === undefined || other === undefined || one === other) continue;
    const key = one < other ? `${one} ${other}` : `${other} ${one}`;
    if (!found.has(key)) found.set(key, [one, other]);
  }
  return [...found.values()];
}
