/** Where things of the drawing are on the screen. */
import type { ContentEdge } from "./content";
import type { Stage } from "./stage";

export function screenPlace(stage: Stage, id: string): { x: number; y: number; radius: number } | null {
  const data = stage.renderer.getNodeDisplayData(id);
  if (!data) return null;
  const { x, y } = stage.renderer.framedGraphToViewport(data);
  return { x, y, radius: stage.renderer.scaleSize(data.size) };
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
