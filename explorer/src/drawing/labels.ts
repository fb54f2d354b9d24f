/** Places names so that none covers another: the most important first, each below, right, left or above its node. */

export interface LabelWish {
  readonly id: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly width: number;
  readonly height: number;
  /** A shorter form, made where the whole finds no room; null where it would be no shorter. */
  readonly short?: () => { readonly text: string; readonly width: number } | null;
  /** Larger is placed first. */
  readonly weight: number;
  /** Shown whatever it covers: the selected, the hovered. */
  readonly must: boolean;
  /** Never left out for want of room: where there is none it covers as few other nodes as can be, but no name. */
  readonly chief?: boolean;
}

export interface PlacedLabel {
  readonly id: string;
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const GAP = 3;
/** Free space kept at both ends of a name, so that two beside each other do not read as one. */
const BESIDE = 4;
const EVERYWHERE: Box = {
  left: Number.NEGATIVE_INFINITY,
  top: Number.NEGATIVE_INFINITY,
  right: Number.POSITIVE_INFINITY,
  bottom: Number.POSITIVE_INFINITY,
};

/** `taken` are areas to keep free (panels over the drawing, for one); `within` is what can be seen. */
export function placeLabels(
  wishes: readonly LabelWish[],
  taken: readonly Box[] = [],
  within: Box = EVERYWHERE,
): PlacedLabel[] {
  const boxes = new BoxIndex();
  for (const box of taken) boxes.add(box);
  for (const wish of wishes) boxes.add(discOf(wish), wish.id);
  const placed: PlacedLabel[] = [];
  const ordered = [...wishes].sort((a, b) => Number(b.must) - Number(a.must) || b.weight - a.weight);
  for (const wish of ordered) {
    if (wish.text === "") continue;
    const label = placeOne(wish, boxes, within);
    if (!label) continue;
    boxes.add(roomOf(label));
    placed.push(label);
  }
  return placed;
}

function placeOne(wish: LabelWish, boxes: BoxIndex, within: Box): PlacedLabel | null {
  const { id, height } = wish;
  for (const form of [() => wish, wish.short]) {
    const said = form?.();
    if (!said) continue;
    const { text, width } = said;
    const spots = spotsAround({ ...wish, width });
    const free = spots.find((spot) => inside(spot, within) && !boxes.meets(spot, id));
    const spot =
      free ??
      (wish.must ? spots[0] : undefined) ??
      (wish.chief ? leastCovering({ ...wish, width }, boxes, within) : undefined);
    if (spot) return { id, text, left: spot.left, top: spot.top, width, height };
  }
  return null;
}

function leastCovering(wish: LabelWish, boxes: BoxIndex, within: Box): Box | undefined {
  const covered = (spot: Box): number => boxes.discsMet(spot, wish.id).size;
  return [...spotsAround(wish), ...cornersAround(wish)]
    .filter((spot) => inside(spot, within) && !boxes.meetsKept(spot))
    .sort((a, b) => covered(a) - covered(b))[0];
}

function cornersAround({ x, y, radius, width, height }: LabelWish): Box[] {
  const away = radius * 0.7;
  return [y + away, y - away - height].flatMap((top) =>
    [x + away, x - away - width].map((left) => ({ left, top, right: left + width, bottom: top + height })),
  );
}

function spotsAround({ x, y, radius, width, height }: LabelWish): Box[] {
  const at = (left: number, top: number): Box => ({ left, top, right: left + width, bottom: top + height });
  return [
    at(x - width / 2, y + radius + GAP),
    at(x + radius + GAP, y - height / 2),
    at(x - radius - GAP - width, y - height / 2),
    at(x - width / 2, y - radius - GAP - height),
  ];
}

function discOf({ x, y, radius }: LabelWish): Box {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

function roomOf({ left, top, width, height }: PlacedLabel): Box {
  return { left: left - BESIDE, top, right: left + width + BESIDE, bottom: top + height };
}

const CELL = 64;
const ROWS = 65_536;

/** Boxes by grid cell, so that a test looks only at neighbours. */
class BoxIndex {
  private readonly cells = new Map<number, { box: Box; owner: string | undefined }[]>();

  add(box: Box, owner?: string): void {
    for (const cell of cellsOf(box)) {
      const list = this.cells.get(cell);
      if (list) list.push({ box, owner });
      else this.cells.set(cell, [{ box, owner }]);
    }
  }

  /** Whether a name, or an area to keep free, is in the way: what has no owner. */
  meetsKept(box: Box): boolean {
    return this.met(box).some(({ owner }) => owner === undefined);
  }

  /** Owners of the discs that a box covers. */
  discsMet(box: Box, except: string): Set<string> {
    const owners = this.met(box).map(({ owner }) => owner);
    return new Set(owners.filter((owner) => owner !== undefined && owner !== except) as string[]);
  }

  private met(box: Box): { box: Box; owner: string | undefined }[] {
    return [...cellsOf(box)].flatMap((cell) => this.cells.get(cell) ?? []).filter((other) => overlap(box, other.box));
  }

  meets(box: Box, except: string): boolean {
    for (const cell of cellsOf(box)) {
      for (const other of this.cells.get(cell) ?? []) {
        if (other.owner !== except && overlap(box, other.box)) return true;
      }
    }
    return false;
  }
}

/** Cells of the grid that a box lies in, each as a number; a screen has far fewer rows than a column has numbers. */
function* cellsOf(box: Box): Generator<number> {
  const [lastColumn, lastRow] = [Math.floor(box.right / CELL), Math.floor(box.bottom / CELL)];
  for (let column = Math.floor(box.left / CELL); column <= lastColumn; column++) {
    for (let row = Math.floor(box.top / CELL); row <= lastRow; row++) yield column * ROWS + row;
  }
}

function inside(box: Box, area: Box): boolean {
  return box.left >= area.left && box.right <= area.right && box.top >= area.top && box.bottom <= area.bottom;
}

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
