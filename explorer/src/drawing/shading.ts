/** What the programs share of the present look: colour of the marks, ground, and whether what is not lit stands back. */

export interface Ink {
  readonly mark: string;
  readonly background: string;
  readonly isFading: boolean;
  readonly faint: { readonly node: number; readonly edge: number };
}

type Channels = readonly [red: number, green: number, blue: number];

interface Shading {
  readonly mark: Channels;
  readonly ground: Channels;
  /** Share of itself that what stands back keeps; 1 where nothing does. */
  readonly node: number;
  readonly edge: number;
}

let present: Shading = { mark: [1, 1, 1], ground: [1, 1, 1], node: 1, edge: 1 };

export function setInk({ mark, background, isFading, faint }: Ink): void {
  const [node, edge] = isFading ? [faint.node, faint.edge] : [1, 1];
  present = { mark: channels(mark), ground: channels(background), node, edge };
}

export function shading(): Shading {
  return present;
}

function channels(colour: string): Channels {
  const channel = (at: number): number => Number.parseInt(colour.slice(at, at + 2), 16) / 255;
  return [channel(1), channel(3), channel(5)];
}
