/** Words on the lines that stand out. */
import type { ContentEdge } from "./content";
import { type Box, overlap, type PlacedLabel } from "./labels";
import { fitted, setLettering } from "./names";
import { mix } from "./palette";
import { middleOf, screenPlace } from "./places";
import type { Stage } from "./stage";

/** Words on the edges that stand out, at the middle of their curve. */
export function drawWords(stage: Stage, context: CanvasRenderingContext2D, names: readonly PlacedLabel[]): void {
  const { emphasis, palette } = stage.look;
  const keys = [stage.hovered.edge, emphasis.selected, ...(emphasis.edges.size <= 40 ? emphasis.edges : [])];
  const named = names.map(({ left, top, width, height }) => ({ left, top, right: left + width, bottom: top + height }));
  const taken: Box[] = [...stage.covered, ...named];
  const done = new Set<string>();
  setLettering(context);
  for (const key of keys) {
    const edge = key ? stage.content.edges.get(key) : undefined;
    if (!edge || done.has(edge.key)) continue;
    done.add(edge.key);
    const must = edge.key === stage.hovered.edge || edge.key === emphasis.selected;
    const box = wordBox(stage, edge, fitted(edge.word, context).width);
    if (!box || (!must && taken.some((other) => overlap(box, other)))) continue;
    taken.push(box);
    setLettering(context);
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
  const radii = [edge.source, edge.target].reduce((sum, id) => sum + (screenPlace(stage, id)?.radius ?? 0), 0);
  if (!middle || middle.length - radii < width + 20) return null;
  return { left: middle.x - width / 2 - 6, top: middle.y - 9, right: middle.x + width / 2 + 6, bottom: middle.y + 9 };
}
