/** Names of nodes over the drawing: the weightier a node, the larger its name. */
import { badgesOf } from "./badges";
import { type LabelWish, type PlacedLabel, placeLabels } from "./labels";
import { mix } from "./palette";
import { screenPlace } from "./places";
import type { Stage } from "./stage";

export const FAMILY =
  'system-ui, -apple-system, "Segoe UI", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';

export interface Lettering {
  readonly size: number;
  readonly weight: number;
  /** Height of a line. */
  readonly line: number;
}

const SMALL: Lettering = { size: 12.5, weight: 500, line: 16 };
const MIDDLE: Lettering = { size: 13.5, weight: 600, line: 18 };
const LARGE: Lettering = { size: 16, weight: 650, line: 21 };

/** How the name of a node of a radius is written. */
export function letteringOf(radius: number): Lettering {
  return radius >= 21 ? LARGE : radius >= 15 ? MIDDLE : SMALL;
}

/** From this radius on a node is named in any crowd. */
const CHIEF = 18;
const LONGEST_NAME = 190;
const SHORT_NAME = 100;
/** Names tried per frame; a screen has no room for more. */
const MOST_NAMES = 700;
const widths = new Map<string, { readonly text: string; readonly width: number }>();

export function setLettering(context: CanvasRenderingContext2D, { size, weight }: Lettering = SMALL): void {
  context.font = `${weight} ${size}px ${FAMILY}`;
}

export function drawNames(stage: Stage, context: CanvasRenderingContext2D): PlacedLabel[] {
  const { palette, emphasis } = stage.look;
  const badges = badgesOf(stage).map(({ x, y }) => ({ left: x - 9, top: y - 9, right: x + 9, bottom: y + 9 }));
  const { width, height } = stage.renderer.getDimensions();
  const seen = { left: 2, top: 2, right: width - 2, bottom: height - 2 };
  const placed = placeLabels(wishes(stage, context), [...stage.covered, ...badges], seen);
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const label of placed) {
    const isFaint = emphasis.nodes !== null && !emphasis.nodes.has(label.id) && stage.hovered.node !== label.id;
    const lettering = letteringAt(stage, label.id);
    setLettering(context, lettering);
    context.lineWidth = lettering.size / 3;
    context.strokeStyle = palette.halo;
    context.fillStyle = isFaint ? mix(palette.ink, palette.background, 0.35) : palette.ink;
    context.strokeText(label.text, label.left, label.top + label.height / 2);
    context.fillText(label.text, label.left, label.top + label.height / 2);
  }
  return placed;
}

function letteringAt(stage: Stage, id: string): Lettering {
  return letteringOf(stage.content.nodes.get(id)?.radius ?? 0);
}

/** What stands out first, then by weight, until a screen is full of names. */
function wishes(stage: Stage, context: CanvasRenderingContext2D): LabelWish[] {
  const { emphasis } = stage.look;
  const first = [stage.hovered.node, emphasis.selected, ...(emphasis.nodes ?? [])];
  const found = new Map<string, LabelWish>();
  for (const id of [...first.filter((id) => id !== null), ...stage.byWeight()]) {
    if (found.size >= MOST_NAMES) break;
    const wish = found.has(id) ? null : wishOf(stage, id, context);
    if (wish) found.set(id, wish);
  }
  return [...found.values()];
}

function wishOf(stage: Stage, id: string, context: CanvasRenderingContext2D): LabelWish | null {
  const node = stage.content.nodes.get(id);
  const at = node ? screenPlace(stage, id) : null;
  if (!node || !at) return null;
  const { width, height } = stage.renderer.getDimensions();
  if (at.x < -60 || at.y < -30 || at.x > width + 60 || at.y > height + 30) return null;
  const { emphasis } = stage.look;
  const must = stage.hovered.node === id || emphasis.selected === id;
  const lit = emphasis.nodes?.has(id) ? 1000 : 0;
  const lettering = letteringOf(node.radius);
  const whole = fitted(node.label, context, lettering);
  const short = () => (whole.width > SHORT_NAME ? fitted(node.label, context, lettering, SHORT_NAME) : null);
  const chief = node.radius >= CHIEF;
  return { id, ...whole, short, ...at, height: lettering.line, weight: node.weight + lit, must, chief };
}

/** A name cut to what a drawing can bear, with its width. */
export function fitted(
  name: string,
  context: CanvasRenderingContext2D,
  lettering: Lettering = SMALL,
  longest = LONGEST_NAME,
) {
  const key = `${lettering.size} ${longest} ${name}`;
  const known = widths.get(key);
  if (known) return known;
  setLettering(context, lettering);
  let text = name;
  let width = context.measureText(text).width;
  while (width > longest && text.length > 4) {
    text = `${[...text.replace(/…$/, "")].slice(0, -2).join("").trimEnd()}…`;
    width = context.measureText(text).width;
  }
  const result = { text, width };
  widths.set(key, result);
  return result;
}

/** The width of a name before it was ever written, for the layout. */
export function nameWidth(name: string, radius: number): number {
  const { size } = letteringOf(radius);
  const known = widths.get(`${size} ${LONGEST_NAME} ${name}`);
  if (known) return known.width;
  const letters = [...name].reduce((sum, letter) => sum + (letter > "\u2e80" ? 1 : 0.57), 0);
  return Math.min(LONGEST_NAME, letters * size);
}
