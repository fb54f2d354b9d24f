/** Shapes of the service's replies that the page reads. Fields a reply may lack are optional here. */
import type { Attributes, Claim, EntityRef, SourceRef } from "../state/facts";

export interface List<T> {
  readonly items: readonly T[];
  readonly total?: number | null;
  readonly next?: string | null;
}

export interface Words {
  readonly active: string;
  readonly passive?: string;
}

export interface OntologyEntry {
  readonly name?: string;
  readonly symmetric?: boolean;
  readonly about?: string;
  readonly en?: string | Words;
  readonly zh?: string | Words;
  readonly attributes?: readonly string[];
}

export interface Ontology {
  readonly kinds: Readonly<Record<string, OntologyEntry>>;
  readonly predicates: Readonly<Record<string, OntologyEntry>>;
  readonly statuses?: Readonly<Record<string, OntologyEntry>>;
  readonly attributes?: Readonly<Record<string, OntologyEntry>>;
}

export interface SearchItem {
  readonly entity: EntityRef;
  readonly matched: string;
  readonly why: string;
  readonly score: number;
}

export interface EntityFacts extends EntityRef {
  readonly names: Readonly<Record<string, readonly string[]>>;
  readonly claims: number;
  readonly documents: number;
  /** Relations by predicate. */
  readonly relations: Readonly<Record<string, number>>;
}

export interface RelationFacts {
  readonly id: string;
  readonly predicate: string;
  readonly from: EntityRef;
  readonly to: EntityRef;
  readonly status: string | null;
  readonly current?: boolean | null;
  readonly since?: string | null;
  readonly until?: string | null;
  readonly attributes?: Attributes;
  readonly claims: readonly string[];
  readonly documents: number;
}

export type ClaimFacts = Omit<Claim, "speaker" | "method" | "confidence"> & {
  readonly speaker?: EntityRef | null;
  readonly method?: string | null;
  readonly confidence?: number | null;
};

export interface TimelineItem {
  readonly date: string;
  readonly claim: ClaimFacts;
}

export interface HopFacts {
  readonly from: EntityRef;
  readonly to: EntityRef;
  readonly relation: RelationFacts;
  readonly claims: readonly ClaimFacts[];
  readonly others: readonly RelationFacts[];
}

export interface WayFacts {
  readonly hops: readonly HopFacts[];
  readonly length: number;
  readonly score: number;
}

export interface Ways {
  readonly items: readonly WayFacts[];
  readonly truncated: boolean;
}

export interface CommonItem {
  readonly entity: EntityRef;
  readonly relations: readonly RelationFacts[];
}

export interface Conflict {
  readonly id: string;
  readonly rule: string;
  readonly predicate: string;
  readonly about: string;
  readonly entities: readonly EntityRef[];
  readonly sides: readonly { readonly says: string; readonly claims: readonly ClaimFacts[] }[];
}

export interface DocumentFacts extends SourceRef {
  readonly language?: string | null;
  readonly date?: string | null;
  readonly source?: string | null;
  readonly name?: string;
  readonly text?: string;
  readonly claims?: number;
}

export interface LoadReport extends Attributes {}

export interface WithdrawPreview extends Attributes {}

export interface Judgement {
  readonly id: string;
  readonly verdict: string;
  readonly reason?: string | null;
  readonly author?: string | null;
  readonly at?: string | null;
  readonly left?: EntityRef;
  readonly right?: EntityRef;
}

export interface Suggestion {
  readonly left: EntityRef;
  readonly right: EntityRef;
  readonly score?: number;
  readonly reasons?: readonly string[];
}

export interface CypherResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly truncated: boolean;
  readonly summary?: { readonly took_ms?: number; readonly rows?: number; readonly engine?: string };
}

export interface Answer {
  readonly answered: boolean;
  readonly answer: string;
  readonly language?: string;
  readonly entities: readonly EntityRef[];
  readonly value?: unknown;
  readonly claims: readonly ClaimFacts[];
  readonly cypher?: string | null;
  readonly parameters?: Attributes | null;
  readonly ambiguous?: readonly unknown[] | null;
  readonly nearest?: readonly unknown[] | null;
}
