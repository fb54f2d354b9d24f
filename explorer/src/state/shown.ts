/** From a view and what is known to what is drawn. Pure: same view, same knowledge, same drawing. */
import type { EdgeFacts } from "./facts";
import type { Batch, Knowledge } from "./knowledge";
import { statusWord } from "./status";
import { momentOf } from "./time";
import { type Expansion, expansionKey, type Filters, type View } from "./view";

export interface Shown {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
  /** Edges that ended before the date asked for: drawn as ended whatever their status. */
  readonly over: ReadonlySet<string>;
}

/** Batches by expansion key: what the service answered for each. */
export type Loaded = ReadonlyMap<string, Batch>;

/** Entities a view asks for, before any filter. */
export function wanted(view: View, knowledge: Knowledge, loaded: Loaded): Set<string> {
  const nodes = new Set<string>();
  for (const expansion of view.expansions) {
    const batch = loaded.get(expansionKey(expansion));
    for (const id of batch?.nodes ?? []) nodes.add(id);
    if (batch) addStated(expansion, knowledge, nodes);
  }
  for (const id of view.extra) if (knowledge.hasNode(id)) nodes.add(id);
  for (const id of view.hidden) nodes.delete(id);
  return nodes;
}

/** What was opened also shows those that it is only said to deal with: rumoured, considered, denied ... */
function addStated({ id, predicate }: Expansion, knowledge: Knowledge, nodes: Set<string>): void {
  if (!knowledge.hasNode(id)) return;
  knowledge.forEachEdge(id, (_, edge, source, target) => {
    if (!edge.asserted && (predicate === null || predicate === edge.predicate)) nodes.add(source).add(target);
  });
}

export function shown(view: View, knowledge: Knowledge, loaded: Loaded): Shown {
  const candidates = wanted(view, knowledge, loaded);
  const edges = new Set<string>();
  const over = new Set<string>();
  const held = new Set<string>();
  const hadEdge = new Set<string>();
  eachEdgeAmong(knowledge, candidates, (key, edge, source, target) => {
    hadEdge.add(source).add(target);
    if (!nodePasses(knowledge, source, view.filters) || !nodePasses(knowledge, target, view.filters)) return;
    if (!edgePasses(edge, view.filters, null) || !inTime(edge, view)) return;
    edges.add(key);
    held.add(source).add(target);
    if (view.asOf && momentOf(edge, view.asOf) === "after") over.add(key);
  });
  const nodes = new Set<string>();
  for (const id of candidates) {
    if (!nodePasses(knowledge, id, view.filters)) continue;
    if (held.has(id) || !hadEdge.has(id) || isAnchor(view, id)) nodes.add(id);
  }
  return { nodes, edges, over };
}

/** Whether two show the same; a selection seldom changes what filters leave. */
export function sameShown(a: Shown, b: Shown): boolean {
  const same = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
    some.size === others.size && [...some].every((id) => others.has(id));
  return same(a.nodes, b.nodes) && same(a.edges, b.edges) && same(a.over, b.over);
}

/** Entities a person named stay on the drawing even when filters leave them no relation. */
function isAnchor(view: View, id: string): boolean {
  return view.selection?.id === id || view.focus === id || view.expansions[0]?.id === id || view.extra.includes(id);
}

export function eachEdgeAmong(
  knowledge: Knowledge,
  nodes: ReadonlySet<string>,
  visit: (key: string, edge: EdgeFacts, source: string, target: string) => void,
): void {
  for (const id of nodes) {
    knowledge.forEachOutEdge(id, (key, edge, source, target) => {
      if (nodes.has(target)) visit(key, edge, source, target);
    });
  }
}

export function nodePasses(knowledge: Knowledge, id: string, filters: Filters): boolean {
  const kinds = knowledge.getNodeAttribute(id, "kinds");
  return kinds.length === 0 || kinds.some((kind) => !filters.kinds.includes(kind));
}

export type Facet = "predicates" | "statuses" | "sources" | "minConfidence" | "minDocuments";

/** Whether an edge passes all filters, but for one left out while its own choices are counted. */
export function edgePasses(edge: EdgeFacts, filters: Filters, leftOut: Facet | null): boolean {
  if (leftOut !== "predicates" && filters.predicates.includes(edge.predicate)) return false;
  if (leftOut !== "statuses" && filters.statuses.includes(statusWord(edge))) return false;
  if (leftOut !== "minDocuments" && edge.documents < filters.minDocuments && filters.minDocuments > 1) return false;
  if (leftOut !== "minConfidence" && edge.confidence !== null && edge.confidence < filters.minConfidence) return false;
  if (leftOut === "sources" || filters.sources.length === 0) return true;
  return edge.sources.some((source) => filters.sources.includes(source));
}

export function inTime(edge: EdgeFacts, view: Pick<View, "asOf" | "filters">): boolean {
  if (view.asOf === null) return true;
  const moment = momentOf(edge, view.asOf);
  return moment === "undated" ? view.filters.undated : moment !== "before";
}
