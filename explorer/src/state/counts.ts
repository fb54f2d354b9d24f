/** How many entities and relations each filter choice would show, given all the other choices. */
import type { Knowledge } from "./knowledge";
import { eachEdgeAmong, edgePasses, type Facet, inTime, type Loaded, nodePasses, shown, wanted } from "./shown";
import { statusWord } from "./status";
import { toggleFilter, type View } from "./view";

export type Count = readonly [value: string, count: number];

export interface Counts {
  readonly kinds: readonly Count[];
  readonly predicates: readonly Count[];
  readonly statuses: readonly Count[];
  readonly sources: readonly Count[];
  /** Relations that stand on at least so many documents. */
  readonly documents: readonly Count[];
  /** Relations at least so sure, for every step of the confidence filter from 0 to 1. */
  readonly confidence: readonly number[];
}

/** Steps between confidence 0 and 1. */
export const CONFIDENCE_STEPS = 20;

export function counts(view: View, knowledge: Knowledge, loaded: Loaded): Counts {
  const candidates = wanted(view, knowledge, loaded);
  const tallies = { predicates: new Tally(), statuses: new Tally(), sources: new Tally(), documents: new Tally() };
  const confidence: number[] = Array.from({ length: CONFIDENCE_STEPS + 1 }, () => 0);
  eachEdgeAmong(knowledge, candidates, (_, edge, source, target) => {
    if (!nodePasses(knowledge, source, view.filters) || !nodePasses(knowledge, target, view.filters)) return;
    if (!inTime(edge, view)) return;
    const passes = (facet: Facet): boolean => edgePasses(edge, view.filters, facet);
    if (passes("predicates")) tallies.predicates.add(edge.predicate);
    if (passes("statuses")) tallies.statuses.add(statusWord(edge));
    if (passes("sources")) for (const id of edge.sources) tallies.sources.add(id);
    if (passes("minConfidence")) for (let at = 0; at <= stepOf(edge.confidence); at++) confidence[at]!++;
    if (passes("minDocuments")) for (let at = 1; at <= edge.documents; at++) tallies.documents.add(String(at));
  });
  return {
    kinds: kindCounts(view, knowledge, loaded),
    predicates: tallies.predicates.sorted(),
    statuses: tallies.statuses.sorted(),
    sources: tallies.sources.sorted(),
    documents: tallies.documents.sorted(),
    confidence,
  };
}

/** Entities of each kind that are drawn; of a kind switched off, those that would be if it were on. */
function kindCounts(view: View, knowledge: Knowledge, loaded: Loaded): readonly Count[] {
  const kinds = new Tally();
  const count = (of: View, isCounted: (kind: string) => boolean): void => {
    for (const id of shown(of, knowledge, loaded).nodes)
      for (const kind of knowledge.getNodeAttribute(id, "kinds")) if (isCounted(kind)) kinds.add(kind);
  };
  const { kinds: off } = view.filters;
  count(view, (kind) => !off.includes(kind));
  for (const kind of off) count(toggleFilter(view, "kinds", kind), (other) => other === kind);
  return kinds.sorted();
}

/** The last step that a confidence reaches; what has none passes all of them. */
export function stepOf(confidence: number | null): number {
  return confidence === null ? CONFIDENCE_STEPS : Math.floor(confidence * CONFIDENCE_STEPS + 1e-9);
}

class Tally {
  private readonly counts = new Map<string, number>();

  add(value: string): void {
    this.counts.set(value, (this.counts.get(value) ?? 0) + 1);
  }

  /** Most frequent first, then by name, so that the order stays put. */
  sorted(): readonly Count[] {
    return [...this.counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  }
}
