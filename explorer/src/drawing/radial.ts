/** Rings around a centre by number of steps; within a ring, neighbours of the same node stand together. */
import type { Pair, Places } from "./layout";

export function radialPlaces(centre: string, ids: readonly string[], edges: readonly Pair[]): Places {
  const near = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const [source, target] of edges) {
    near.get(source)?.push(target);
    near.get(target)?.push(source);
  }
  const places: Record<string, readonly [number, number]> = {};
  const reached = new Set<string>();
  let radius = 0;
  let ring = near.has(centre) ? [centre] : ids.slice(0, 1);
  for (const id of ring) {
    places[id] = [0, 0];
    reached.add(id);
  }
  while (ring.length > 0) {
    const next: string[] = [];
    for (const id of ring) {
      for (const other of near.get(id) ?? []) {
        if (reached.has(other) || !near.has(other)) continue;
        reached.add(other);
        next.push(other);
      }
    }
    radius = Math.max(radius + 190, (next.length * 64) / (2 * Math.PI));
    ringAt(next, radius, places);
    ring = next;
  }
  ringAt(
    ids.filter((id) => !reached.has(id)),
    radius,
    places,
  );
  return places;
}

/** Crowded rings are staggered, so that names beside each other find room. */
function ringAt(ids: readonly string[], radius: number, places: Record<string, readonly [number, number]>): void {
  ids.forEach((id, at) => {
    const angle = (at / ids.length) * Math.PI * 2 - Math.PI / 2;
    const stagger = ids.length > 12 && at % 2 === 1 ? 64 : 0;
    places[id] = [Math.cos(angle) * (radius + stagger), Math.sin(angle) * (radius + stagger)];
  });
}
