/** Small signs on lines: what was denied or called off, what sources disagree about. */
import type { ContentEdge } from "./content";
import { mix } from "./palette";
import { middleOf, screenPlace } from "./places";
import type { Stage } from "./stage";

/** Beyond so many edges signs would only be specks. */
const MOST_BADGED = 2000;

interface Badge {
  readonly x: number;
  readonly y: number;
  readonly edge: ContentEdge;
  readonly isConflict: boolean;
}

/** A cross on what was denied or called off, a warning sign on what sources disagree about. */
export function badgesOf(stage: Stage): Badge[] {
  if (stage.content.edges.size > MOST_BADGED) return [];
  const badges: Badge[] = [];
  for (const edge of stage.content.edges.values()) {
    if (edge.standing !== "negated" && !edge.conflict) continue;
    const middle = middleOf(stage, edge);
    const radii = [edge.source, edge.target].reduce((sum, id) => sum + (screenPlace(stage, id)?.radius ?? 0), 0);
    if (middle && middle.length - radii > 20)
      badges.push({ x: middle.x, y: middle.y, edge, isConflict: edge.conflict });
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
