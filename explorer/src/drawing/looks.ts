/** How a node or an edge looks on the drawing. What stands back is faded by the programs, so that a choice changes few of them. */
import type { ContentEdge, ContentNode } from "./content";
import { type Emphasis, EVEN } from "./emphasis";
import { GLYPHS, mix, PATTERNS, type Palette } from "./palette";

export interface StageLook {
  readonly palette: Palette;
  readonly emphasis: Emphasis;
  readonly pinned: ReadonlySet<string>;
}

export const EVEN_LOOK = (palette: Palette): StageLook => ({ palette, emphasis: EVEN, pinned: new Set() });

/** Share of its colour that is left of what stands back. */
export const FAINT = { node: 0.3, edge: 0.26 } as const;

/** Up to so many nodes are drawn at their full size. */
const ROOMY = 400;

/** Share of their size that so many nodes keep, so that a crowd does not cover itself. */
export function shareOfSize(count: number): number {
  return Math.min(1, Math.sqrt(ROOMY / Math.max(count, 1)));
}

/** Share of its width that a line keeps in any crowd. */
const THINNEST = 0.6;

/** `share`: of the node's full size. */
export function nodeLook(node: ContentNode, { palette, emphasis, pinned }: StageLook, share: number) {
  const isSelected = emphasis.selected === node.id;
  const isLit = emphasis.nodes?.has(node.id) === true || isSelected;
  return {
    type: "glyph",
    size: node.radius * share,
    glyph: GLYPHS[node.glyph],
    color: palette.kinds[node.glyph],
    ring: palette.accent,
    signs: (isSelected ? 1 : 0) + (pinned.has(node.id) ? 2 : 0) + (isLit ? 4 : 0),
    zIndex: isSelected ? 3 : isLit ? 2 : 1,
  };
}

export function edgeLook(edge: ContentEdge, { palette, emphasis }: StageLook, share: number) {
  const isSelected = emphasis.selected === edge.key;
  const isLit = emphasis.edges.has(edge.key) || isSelected;
  return {
    size: edgeWidth(edge) * Math.max(share, THINNEST) + (isLit ? 0.8 : 0),
    color: isSelected ? palette.accent : isLit ? litColour(edge, palette) : edgeColour(edge, palette),
    pattern: PATTERNS[edge.standing],
    bend: edge.bend,
    arrow: (edge.directed ? 1 : 0) + (isLit ? 2 : 0),
    zIndex: isLit ? 2 : 1,
  };
}

function edgeWidth(edge: ContentEdge): number {
  if (edge.standing === "rumoured") return 1.9;
  return 1.15 + Math.min(1.6, 0.4 * Math.max(0, edge.documents - 1));
}

/** A line that holds takes something of the colour of who acts; all others have a colour of their own. */
function edgeColour(edge: ContentEdge, palette: Palette): string {
  const colour = palette.edges[edge.standing];
  return edge.standing === "held" && edge.tint ? mix(palette.kinds[edge.tint], colour, palette.tint) : colour;
}

function litColour(edge: ContentEdge, palette: Palette): string {
  if (edge.standing === "ended") return palette.edges.ended;
  if (edge.standing === "held" && edge.tint) return mix(palette.kinds[edge.tint], palette.ink, 0.8);
  return mix(palette.edges[edge.standing], palette.ink, 0.66);
}

/** The colour as it is seen, for pictures that are made without the programs. */
export function seenColour(colour: string, isLit: boolean, { palette, emphasis }: StageLook, faint: number): string {
  return emphasis.nodes === null || isLit ? colour : mix(colour, palette.background, faint);
}
