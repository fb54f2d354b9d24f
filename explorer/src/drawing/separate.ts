/** Pulls apart nodes whose discs or names overlap; what is fixed stays. */

export interface Block {
  readonly id: string;
  readonly radius: number;
  readonly label: number;
  readonly at: readonly [number, number];
  readonly fixed: boolean;
}

interface Moving {
  x: number;
  y: number;
  readonly half: number;
  readonly above: number;
  readonly below: number;
  readonly fixed: boolean;
}

const PAD = 5;
const LABEL = 17;
const ROUNDS = 90;

/** y grows upwards, as in the drawing, and names stand below their node. */
export function separate(blocks: readonly Block[]): Map<string, readonly [number, number]> {
  const moving = blocks.map(toMoving);
  for (let round = 0; round < ROUNDS; round++) if (!pushAll(moving)) break;
  return new Map(blocks.map((block, at) => [block.id, [moving[at]!.x, moving[at]!.y] as const]));
}

function toMoving({ at, radius, label, fixed }: Block): Moving {
  return {
    x: at[0],
    y: at[1],
    half: Math.max(radius, Math.min(label, 150) / 2) + PAD,
    above: radius + PAD,
    below: radius + (label > 0 ? LABEL : 0) + PAD,
    fixed,
  };
}

/** One round over all pairs that may touch, found by sorting along x. */
function pushAll(moving: readonly Moving[]): boolean {
  const sorted = [...moving].sort((a, b) => a.x - a.half - (b.x - b.half));
  let pushed = false;
  for (let at = 0; at < sorted.length; at++) {
    const a = sorted[at]!;
    for (let next = at + 1; next < sorted.length; next++) {
      const b = sorted[next]!;
      if (b.x - b.half > a.x + a.half + 40) break;
      pushed = push(a, b) || pushed;
    }
  }
  return pushed;
}

function push(a: Moving, b: Moving): boolean {
  if (a.fixed && b.fixed) return false;
  const x = a.half + b.half - Math.abs(a.x - b.x);
  const [upper, lower] = a.y >= b.y ? [a, b] : [b, a];
  const y = upper.below + lower.above - (upper.y - lower.y);
  if (x <= 0 || y <= 0) return false;
  const [dx, dy] = x < y ? [a.x <= b.x ? x : -x, 0] : [0, upper === a ? -y : y];
  const share = a.fixed ? 0 : b.fixed ? 1 : 0.5;
  a.x -= dx * share;
  a.y -= dy * share;
  b.x += dx * (1 - share);
  b.y += dy * (1 - share);
  return true;
}
