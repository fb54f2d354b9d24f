/** Everything loaded so far, shown or not, as one graphology graph; loading more only adds. */
import { MultiDirectedGraph } from "graphology";
import type { ClaimFacts } from "../api/shapes";
import type { Attributes, EdgeFacts, Names, NodeFacts, SerialisedGraph } from "./facts";

export type Knowledge = MultiDirectedGraph<NodeFacts, EdgeFacts>;

export function emptyKnowledge(): Knowledge {
  return new MultiDirectedGraph<NodeFacts, EdgeFacts>();
}

/** What one answer of the service held: the ids of its nodes and edges. */
export interface Batch {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
  readonly truncated: boolean;
}

/** Adds a graph to what is known, newer attributes over older ones; returns what it held. */
export function learn(knowledge: Knowledge, graph: SerialisedGraph): Batch {
  for (const node of graph.nodes) knowledge.mergeNode(node.key, nodeFacts(node.key, node.attributes ?? {}));
  const edges: string[] = [];
  for (const edge of graph.edges) {
    if (!knowledge.hasNode(edge.source) || !knowledge.hasNode(edge.target)) continue;
    const facts = edgeFacts(edge.attributes ?? {});
    const key = edge.key ?? edgeKey(edge.source, facts, edge.target);
    if (knowledge.hasEdge(key)) knowledge.mergeEdgeAttributes(key, facts);
    else knowledge.addDirectedEdgeWithKey(key, edge.source, edge.target, facts);
    edges.push(key);
  }
  return { nodes: graph.nodes.map((node) => node.key), edges, truncated: graph.truncated ?? false };
}

/** Adds claims that are no relations as lines of their own: one for each pair, predicate and status. */
export function learnStated(knowledge: Knowledge, claims: readonly ClaimFacts[]): void {
  const lines = new Map<string, ClaimFacts[]>();
  for (const claim of claims) {
    const key = `stated:${claim.subject.id}:${claim.predicate}:${claim.object.id}:${claim.status ?? ""}`;
    lines.set(key, [...(lines.get(key) ?? []), claim]);
  }
  for (const [key, told] of lines) putLine(knowledge, key, told);
}

function putLine(knowledge: Knowledge, key: string, told: readonly ClaimFacts[]): void {
  const { subject, object, predicate, status } = told[0]!;
  for (const end of [subject, object])
    if (!knowledge.hasNode(end.id)) knowledge.addNode(end.id, nodeFacts(end.id, { ...end }));
  if (knowledge.hasEdge(key)) return;
  const sources = [...new Set(told.map((claim) => claim.document.id))];
  const dates = told
    .map(({ attributes }) => text(attributes.start) ?? text(attributes.date))
    .filter((date) => date !== null);
  knowledge.addDirectedEdgeWithKey(key, subject.id, object.id, {
    ...edgeFacts({ predicate, status, sources, documents: sources.length, since: dates.sort()[0] ?? null }),
    claims: told.map((claim) => claim.id),
    confidence: Math.max(...told.map((claim) => claim.confidence ?? 1)),
    asserted: false,
  });
}

function edgeKey(source: string, facts: EdgeFacts, target: string): string {
  return `${source}|${facts.predicate}|${target}|${facts.status ?? ""}`;
}

export function nodeFacts(id: string, attributes: Attributes): NodeFacts {
  return {
    name: text(attributes.name) ?? id,
    names: names(attributes.in_language ?? attributes.names),
    kinds: texts(attributes.kinds),
    claims: number(attributes.claims) ?? 0,
    degree: number(attributes.degree) ?? number(attributes.relations) ?? 0,
  };
}

export function edgeFacts(attributes: Attributes): EdgeFacts {
  return {
    predicate: text(attributes.predicate) ?? "AFFILIATED_WITH",
    status: text(attributes.status),
    current: typeof attributes.current === "boolean" ? attributes.current : null,
    since: text(attributes.since),
    until: text(attributes.until),
    claims: texts(attributes.claims),
    documents: number(attributes.documents) ?? texts(attributes.documents).length,
    sources: texts(attributes.sources),
    confidence: number(attributes.confidence),
    conflict: attributes.conflict === true,
    asserted: attributes.asserted !== false,
    attributes: (attributes.attributes as Attributes | undefined) ?? {},
  };
}

export function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

export function number(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

export function texts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** Names by language, from `{en: [...]}`, `{en: "..."}`, a list of texts, or a list of `{text, language}`. */
export function names(value: unknown): Names {
  const byLanguage: Record<string, string[]> = {};
  const put = (language: string, name: unknown): void => {
    const name_ = text(name);
    if (!name_) return;
    byLanguage[language] ??= [];
    if (!byLanguage[language].includes(name_)) byLanguage[language].push(name_);
  };
  if (Array.isArray(value)) {
    for (const item of value) {
      if (typeof item === "string") put(scriptOf(item), item);
      else if (item && typeof item === "object") put(text(item.language) ?? "und", item.text ?? item.name);
    }
  } else if (value && typeof value === "object") {
    for (const [language, list] of Object.entries(value)) for (const name of texts(list)) put(language, name);
  }
  return byLanguage;
}

function scriptOf(name: string): string {
  return /\p{Script=Han}/u.test(name) ? "zh" : "en";
}

/** The name to show in a language: its own first, then the other Chinese script, then any. */
export function nameIn(facts: Pick<NodeFacts, "name" | "names">, language: string): string {
  const order = language.startsWith("zh") ? [language, "zh-Hans", "zh-Hant", "zh"] : [language];
  for (const wanted of order) {
    const first = facts.names[wanted]?.[0];
    if (first) return first;
  }
  return facts.name;
}
