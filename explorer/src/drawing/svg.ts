/** The drawing as SVG, as it stands on the screen: lines with their patterns, shapes with their marks, the placed names. */
import { shapePaths } from "../panels/marks";
import type { ContentEdge } from "./content";
import { FAINT, seenColour } from "./looks";
import { FAMILY, letteringOf } from "./names";
import { DASHES, type Palette } from "./palette";
import { middleOf, screenPlace } from "./places";
import type { Stage } from "./stage";

export interface Svg {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

export function svgOf(stage: Stage, palette: Palette): Svg {
  const { width, height } = stage.renderer.getDimensions();
  const edges = [...stage.content.edges.values()].map((edge) => edgePath(stage, edge)).join("");
  const nodes = [...stage.content.nodes.keys()].map((id) => nodeShape(stage, id, palette)).join("");
  const names = stage.placed
    .map(
      ({ id, text, left, top, height: high }) =>
        `<text x="${round(left)}" y="${round(top + high * 0.72)}"${lettered(stage, id)}>${escaped(text)}</text>`,
    )
    .join("");
  const style =
    `font-family="${FAMILY.replaceAll('"', "'")}" fill="${palette.ink}" stroke="${palette.halo}" stroke-width="4" ` +
    `stroke-linejoin="round" paint-order="stroke"`;
  const text =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<rect width="100%" height="100%" fill="${palette.background}"/><g fill="none">${edges}</g>${nodes}<g ${style}>${names}</g></svg>`;
  return { text, width, height };
}

function lettered(stage: Stage, id: string): string {
  const { size, weight } = letteringOf(stage.content.nodes.get(id)?.radius ?? 0);
  return ` font-size="${size}" font-weight="${weight}"`;
}

function edgePath(stage: Stage, edge: ContentEdge): string {
  const source = screenPlace(stage, edge.source);
  const target = screenPlace(stage, edge.target);
  const middle = middleOf(stage, edge);
  if (!source || !target || !middle) return "";
  const look = stage.seenEdge(edge);
  const control = { x: 2 * middle.x - (source.x + target.x) / 2, y: 2 * middle.y - (source.y + target.y) / 2 };
  const dashes = DASHES[edge.standing].join(" ");
  const line = `M${round(source.x)} ${round(source.y)}Q${round(control.x)} ${round(control.y)} ${round(target.x)} ${round(target.y)}`;
  const isLit = look.arrow > 1;
  const colour = seenColour(look.color, isLit, stage.look, FAINT.edge);
  const stroke = `stroke="${colour}" stroke-width="${round(look.size)}"${dashes ? ` stroke-dasharray="${dashes}"` : ""}`;
  const title = `<title>${escaped(edge.word)}</title>`;
  return `<path d="${line}" ${stroke}>${title}</path>${edge.directed ? arrowHead(control, target, colour) : ""}`;
}

function arrowHead(
  from: { x: number; y: number },
  to: { x: number; y: number; radius: number },
  colour: string,
): string {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const [x, y] = [to.x - Math.cos(angle) * (to.radius + 1), to.y - Math.sin(angle) * (to.radius + 1)];
  const degrees = round((angle * 180) / Math.PI);
  return `<path d="M0 0L-8 4.500L-8-4.500Z" fill="${colour}" transform="translate(${round(x)} ${round(y)}) rotate(${degrees})"/>`;
}

function nodeShape(stage: Stage, id: string, palette: Palette): string {
  const at = screenPlace(stage, id);
  const node = stage.content.nodes.get(id);
  if (!at || !node) return "";
  const { outer, inner, isLine } = shapePaths(node.glyph);
  const scale = round((at.radius * 2) / 17);
  const mark = isLine ? `fill="none" stroke="${palette.mark}" stroke-width="1.5"` : `fill="${palette.mark}"`;
  const place = `translate(${round(at.x)} ${round(at.y)}) scale(${scale}) translate(-10 -10)`;
  const look = stage.seenNode(node);
  const colour = seenColour(look.color, look.signs > 3, stage.look, FAINT.node);
  return `<g transform="${place}"><title>${escaped(node.label)}</title><path d="${outer}" fill="${colour}"/><path d="${inner}" ${mark}/></g>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
