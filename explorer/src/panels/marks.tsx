/** The drawing's signs as small pictures: a kind's shape, a status' line. Used by the legend, lists and panels. */

import { DASHES, type Glyph, glyphOf } from "../drawing/palette";
import type { Standing } from "../state/status";

const SHAPES: Readonly<Record<Glyph, { readonly outer: string; readonly inner: string; readonly isLine?: boolean }>> = {
  Person: {
    outer: "M10 1.500a8.500 8.500 0 1 0 0 17a8.500 8.500 0 0 0 0-17z",
    inner: "M10 5.600a2.100 2.100 0 1 0 .01 0zM6.200 14.200c.3-4.800 7.300-4.800 7.600 0z",
  },
  Company: {
    outer: "M5 2h10a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3z",
    inner:
      "M6.500 6.500h2.600v2.600H6.500zM10.900 6.500h2.600v2.600h-2.600zM6.500 10.900h2.600v2.600H6.500zM10.900 10.900h2.600v2.600h-2.600z",
  },
  Product: {
    outer: "M10 1.200l7.700 4.400v8.800L10 18.800l-7.700-4.400V5.600z",
    inner: "M10 6.600l3 1.700v3.400l-3 1.700-3-1.700V8.300z",
    isLine: true,
  },
  Partnership: {
    outer: "M6.500 3.800h7a6.200 6.200 0 0 1 0 12.400h-7a6.200 6.200 0 0 1 0-12.400z",
    inner: "M8 7.200a2.800 2.800 0 1 0 .01 0zM12 7.200a2.800 2.800 0 1 0 .01 0z",
    isLine: true,
  },
  Other: { outer: "M10 1.500l8.500 8.500L10 18.500 1.500 10z", inner: "M10 7.800a2.200 2.200 0 1 0 .01 0z" },
};

export function KindMark({ kinds }: { readonly kinds: readonly string[] }) {
  const glyph = glyphOf(kinds);
  const { outer, inner, isLine } = SHAPES[glyph];
  return (
    <svg class={`mark mark-${glyph}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path class="mark-outer" d={outer} />
      <path class={isLine ? "mark-line" : "mark-inner"} d={inner} />
    </svg>
  );
}

export function shapePaths(glyph: Glyph): { readonly outer: string; readonly inner: string; readonly isLine: boolean } {
  const { outer, inner, isLine = false } = SHAPES[glyph];
  return { outer, inner, isLine };
}

export function LineMark({ standing, conflict = false }: { readonly standing: Standing; readonly conflict?: boolean }) {
  return (
    <svg class={`line-mark line-${standing}`} viewBox="0 0 44 14" aria-hidden="true" focusable="false">
      <path
        d="M2 7h40"
        stroke-dasharray={DASHES[standing].join(" ")}
        stroke-linecap={standing === "rumoured" ? "round" : "butt"}
      />
      {standing === "negated" && <path d="M18 3l8 8M26 3l-8 8" />}
      {conflict && <path class="line-conflict" d="M22 1.500l5.500 9.500h-11zM22 5v3M22 9.300v.3" />}
    </svg>
  );
}
