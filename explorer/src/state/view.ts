/** A view: everything a person chose, nothing that was loaded. Each producer returns a new view and changes nothing else. */

/** Entities around one: all of its relations, or those of one predicate. */
export interface Expansion {
  readonly id: string;
  readonly predicate: string | null;
  readonly depth: number;
}

export type Selection = { readonly type: "node" | "edge"; readonly id: string };

export type Layout = "free" | "radial";

/** What the panel beside the drawing shows. */
export type PanelName =
  | "explore"
  | "ask"
  | "ways"
  | "query"
  | "documents"
  | "document"
  | "identity"
  | "table"
  | "filters"
  | "conflicts";

export interface Panel {
  readonly name: PanelName;
  /** The document open in it, the claim it is opened at, the two ends of a way ...: by name of the argument. */
  readonly args: Readonly<Record<string, string>>;
}

/** Kinds, predicates and statuses are named when they are switched off, so that new ones show; no sources means all. */
export interface Filters {
  readonly kinds: readonly string[];
  readonly predicates: readonly string[];
  readonly statuses: readonly string[];
  readonly sources: readonly string[];
  readonly minConfidence: number;
  readonly minDocuments: number;
  readonly undated: boolean;
}

export type Point = readonly [number, number];

export interface View {
  readonly expansions: readonly Expansion[];
  readonly extra: readonly string[];
  readonly hidden: readonly string[];
  readonly pinned: Readonly<Record<string, Point>>;
  readonly focus: string | null;
  readonly selection: Selection | null;
  readonly filters: Filters;
  readonly asOf: string | null;
  readonly layout: Layout;
  readonly panel: Panel;
}

export const NO_FILTERS: Filters = {
  kinds: [],
  predicates: [],
  statuses: [],
  sources: [],
  minConfidence: 0,
  minDocuments: 1,
  undated: true,
};

export const EMPTY_VIEW: View = {
  expansions: [],
  extra: [],
  hidden: [],
  pinned: {},
  focus: null,
  selection: null,
  filters: NO_FILTERS,
  asOf: null,
  layout: "free",
  panel: { name: "explore", args: {} },
};

export function expansionKey(expansion: Expansion): string {
  return `${expansion.id}:${expansion.predicate ?? "*"}:${expansion.depth}`;
}

export function sameExpansion(a: Expansion, b: Expansion): boolean {
  return expansionKey(a) === expansionKey(b);
}

export function expand(view: View, id: string, predicate: string | null = null, depth = 1): View {
  const added: Expansion = { id, predicate, depth };
  const known = view.expansions.some((expansion) => sameExpansion(expansion, added));
  const hidden = without(view.hidden, id);
  return { ...view, hidden, expansions: known ? view.expansions : [...view.expansions, added] };
}

/** The view of a visit that names nothing: two steps around an entity, with the panel and filters it came with. */
export function around(id: string, { panel, filters }: View): View {
  return expand({ ...EMPTY_VIEW, panel, filters }, id, null, 2);
}

export function namesNothing({ expansions, extra }: View): boolean {
  return expansions.length === 0 && extra.length === 0;
}

/** Takes back what was opened from an entity: all of it, or one predicate. The entity itself stays. */
export function collapse(view: View, id: string, predicate: string | null = null): View {
  const expansions = view.expansions.filter(
    (expansion) => expansion.id !== id || (predicate !== null && expansion.predicate !== predicate),
  );
  return { ...view, expansions, extra: withItem(view.extra, id) };
}

export function isExpanded(view: View, id: string, predicate: string | null = null): boolean {
  return view.expansions.some((expansion) => expansion.id === id && expansion.predicate === predicate);
}

export function put(view: View, ids: readonly string[]): View {
  const extra = ids.reduce(withItem, view.extra);
  return { ...view, extra, hidden: view.hidden.filter((id) => !ids.includes(id)) };
}

export function hide(view: View, id: string): View {
  const selection = view.selection?.id === id ? null : view.selection;
  return { ...view, hidden: withItem(view.hidden, id), selection, focus: view.focus === id ? null : view.focus };
}

export function showHidden(view: View): View {
  return { ...view, hidden: [] };
}

export function pin(view: View, id: string, at: Point): View {
  return { ...view, pinned: { ...view.pinned, [id]: [Math.round(at[0]), Math.round(at[1])] } };
}

export function unpin(view: View, id: string): View {
  const { [id]: _, ...pinned } = view.pinned;
  return { ...view, pinned };
}

export function focus(view: View, id: string | null): View {
  return { ...view, focus: id, layout: id === null ? "free" : view.layout };
}

export function select(view: View, selection: Selection | null): View {
  const panel: Panel = selection ? { name: "explore", args: {} } : view.panel;
  return { ...view, selection, panel };
}

export function openPanel(view: View, name: PanelName, args: Readonly<Record<string, string>> = {}): View {
  return { ...view, panel: { name, args } };
}

export function setAsOf(view: View, asOf: string | null): View {
  return { ...view, asOf };
}

export function setLayout(view: View, layout: Layout): View {
  return { ...view, layout };
}

export function setFilters(view: View, change: Partial<Filters>): View {
  return { ...view, filters: { ...view.filters, ...change } };
}

/** Whether filters leave everything as it is. */
export function keepsAll(filters: Filters): boolean {
  const { kinds, predicates, statuses, sources, minConfidence, minDocuments, undated } = filters;
  return (
    [kinds, predicates, statuses, sources].every((list) => list.length === 0) &&
    minConfidence === 0 &&
    minDocuments === 1 &&
    undated
  );
}

export type FilterList = "kinds" | "predicates" | "statuses" | "sources";

export function toggleFilter(view: View, list: FilterList, value: string): View {
  const present = view.filters[list];
  const next = present.includes(value) ? without(present, value) : withItem(present, value);
  return setFilters(view, { [list]: next });
}

function withItem<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list : [...list, item];
}

function without<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list.filter((other) => other !== item) : list;
}
