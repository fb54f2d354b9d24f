/** A quote within its sentence. Offsets count characters as the service does (code points, not UTF-16 units). */

export interface Excerpt {
  readonly before: string;
  readonly quote: string;
  readonly after: string;
}

const STOPS = /[。！？!?\n]|\.(?=\s|$)/u;
const LONGEST = 160;

export function excerpt(text: string, start: number, end: number): Excerpt {
  const letters = Array.from(text);
  const before = letters.slice(Math.max(0, start - LONGEST), start).join("");
  const after = letters.slice(end, end + LONGEST).join("");
  return {
    before: tail(before),
    quote: letters.slice(start, end).join(""),
    after: STOPS.test(letters[end - 1] ?? "") ? "" : head(after),
  };
}

function tail(text: string): string {
  const parts = text.split(new RegExp(STOPS, "gu"));
  return (parts.at(-1) ?? "").trimStart();
}

function head(text: string): string {
  const stop = STOPS.exec(text);
  return stop ? text.slice(0, stop.index + stop[0].length).trimEnd() : `${text.trimEnd()}…`;
}

export interface Span {
  readonly start: number;
  readonly end: number;
  readonly id: string;
}

export interface Piece {
  readonly text: string;
  /** Ids of the claims that stand on this piece; empty for plain text. */
  readonly ids: readonly string[];
}

/** Cuts a text at the edges of all spans, overlapping ones too, so that each piece belongs to the same claims. */
export function pieces(text: string, spans: readonly Span[], first = 0): Piece[] {
  const letters = Array.from(text);
  const inside = spans.filter(({ start, end }) => start >= first && end > start && end <= letters.length);
  const cuts = [...new Set([first, letters.length, ...inside.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(0, -1).map((from, at) => {
    const to = cuts[at + 1]!;
    const ids = inside.filter(({ start, end }) => start <= from && to <= end).map(({ id }) => id);
    return { text: letters.slice(from, to).join(""), ids };
  });
}

/** Where the text itself begins: after the lines between "---" that describe the document. Counted in characters. */
export function bodyStart(text: string): number {
  const front = /^---\n[\s\S]*?\n---\n+/.exec(text);
  return front ? Array.from(front[0]).length : 0;
}
