/** Shapes of the service's replies that the page reads, by the names it uses; all are generated from its description. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export interface List<T> {
  readonly items: readonly T[];
  readonly total?: number | null;
  readonly next?: string | null;
}

export type SearchItem = Schemas["SearchItem"];
export type EntityFacts = Schemas["Entity"];
export type RelationFacts = Schemas["Relation"];
export type ClaimFacts = Schemas["Claim"];
export type TimelineItem = Schemas["TimelineItem"];
export type HopFacts = Schemas["Hops"];
export type WayFacts = Schemas["Connection"];
export type Ways = Schemas["Connections"];
export type CommonItem = Schemas["SharedEntity"];
export type Conflict = Schemas["Conflict"];
export type DocumentItem = Schemas["DocumentItem"];
export type DocumentFacts = Schemas["Document"];
export type RelationEnds = Schemas["RelationEnds"];
export type Change = Schemas["Change"];
export type Loaded = Schemas["Loaded"];
export type Judged = Schemas["Judged"];
export type Judgement = Schemas["JudgementView"];
export type NewJudgement = Partial<Schemas["NewJudgement"]> & Pick<Schemas["NewJudgement"], "verdict">;
export type Suggestion = Schemas["SuggestionView"];
export type Statement = Partial<Schemas["Statement"]> & Pick<Schemas["Statement"], "statement">;
export type CypherResult = Schemas["Rows"];
export type Answer = Schemas["AnswerView"];
export type Graph = Schemas["Graph"];

/** Kinds, predicates, statuses and attributes with their words; an ontology of the user's own may add to each. */
export type Ontology = Partial<Readonly<Record<keyof Schemas["OntologyView"], readonly OntologyEntry[]>>>;

/** An entry of the ontology: a kind, predicate, status or attribute, with its words. */
export interface OntologyEntry {
  readonly name: string;
  readonly symmetric?: boolean;
  readonly en?: string | Readonly<Record<string, string>>;
  readonly zh?: string | Readonly<Record<string, string>>;
}

/** How a predicate is said from its subject, and from its object. */
export type Form = "active" | "passive";
