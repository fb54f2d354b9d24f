/** Colours and marks of the drawing, one set a theme. Kinds and standings also differ in shape, mark and pattern. */
import type { Standing } from "../state/status";

export type Theme = "light" | "dark";

/** Mark inside a node; the number is what the node program draws. */
export const GLYPHS = { Person: 0, Company: 1, Product: 2, Partnership: 3, Other: 4 } as const;
export type Glyph = keyof typeof GLYPHS;

/** Pattern along an edge; the number is what the edge program draws. */
export const PATTERNS: Readonly<Record<Standing, number>> = {
  held: 0,
  pending: 1,
  considered: 2,
  rumoured: 3,
  ended: 4,
  negated: 2,
};

/** Dashes in pixels for each pattern, for the legend and for SVG. */
export const DASHES: Readonly<Record<Standing, readonly number[]>> = {
  held: [],
  pending: [13, 4],
  considered: [6, 5],
  rumoured: [1.6, 5],
  ended: [13, 4, 2, 4],
  negated: [6, 5],
};

export interface Palette {
  readonly background: string;
  readonly ink: string;
  readonly faint: string;
  readonly halo: string;
  readonly accent: string;
  readonly mark: string;
  readonly kinds: Readonly<Record<Glyph, string>>;
  readonly edges: Readonly<Record<Standing, string>>;
  /** Share of a kind's colour in the lines of those who act. */
  readonly tint: number;
  readonly conflict: string;
}

export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    background: "#f8f7f4",
    ink: "#242936",
    faint: "#dcdad3",
    halo: "#f8f7f4",
    accent: "#b4471f",
    mark: "#ffffff",
    kinds: { Person: "#c2613d", Company: "#2d6a8f", Product: "#6f8426", Partnership: "#85589a", Other: "#6c7280" },
    edges: {
      held: "#a7aebb",
      pending: "#8fa3c4",
      considered: "#8f86a8",
      rumoured: "#a08458",
      ended: "#c0beb8",
      negated: "#bd5757",
    },
    tint: 0.42,
    conflict: "#b3261e",
  },
  dark: {
    background: "#14171d",
    ink: "#e9e7e1",
    faint: "#2c313b",
    halo: "#14171d",
    accent: "#ffb38f",
    mark: "#14171d",
    kinds: { Person: "#e78f6c", Company: "#6fb0da", Product: "#b3c766", Partnership: "#c79adb", Other: "#a3a9b6" },
    edges: {
      held: "#5d6675",
      pending: "#5f789f",
      considered: "#8d80b3",
      rumoured: "#b3945f",
      ended: "#474c57",
      negated: "#cf6b6b",
    },
    tint: 0.36,
    conflict: "#ff8a80",
  },
};

export function glyphOf(kinds: readonly string[]): Glyph {
  const found = kinds.map(capitalised).find((kind): kind is Glyph => kind in GLYPHS);
  return found ?? "Other";
}

function capitalised(kind: string): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}

/** One colour laid over another, for what stands back: nodes hide the lines behind them, so they cannot be transparent. */
export function mix(colour: string, ground: string, share: number): string {
  const key = `${colour}${ground}${share}`;
  const known = mixed.get(key);
  if (known) return known;
  const result = blend(colour, ground, share);
  mixed.set(key, result);
  return result;
}

// Asked for every node and edge of a large drawing, with few different answers.
const mixed = new Map<string, string>();

function blend(colour: string, ground: string, share: number): string {
  const channel = (at: number): string => {
    const [a, b] = [colour, ground].map((hex) => Number.parseInt(hex.slice(at, at + 2), 16));
    return Math.round(a! * share + b! * (1 - share))
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
