/** What the page knows of the graph: plain values, as the service sends them. */

export type Attributes = Readonly<Record<string, unknown>>;

/** Names of an entity: one list a language ("en", "zh-Hans", "zh-Hant", or "und" where it is not known). */
export type Names = Readonly<Record<string, readonly string[]>>;

export interface EntityRef {
  readonly id: string;
  readonly name: string;
  readonly kinds: readonly string[];
}

export interface NodeFacts {
  readonly name: string;
  readonly names: Names;
  readonly kinds: readonly string[];
  readonly claims: number;
  /** How many relations the service knows for it, shown or not. */
  readonly degree: number;
}

export interface EdgeFacts {
  readonly predicate: string;
  readonly status: string | null;
  readonly current: boolean | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly claims: readonly string[];
  readonly documents: number;
  readonly sources: readonly string[];
  readonly confidence: number | null;
  readonly conflict: boolean;
  /** False for what was only rumoured, considered, denied ...: a line of the drawing, not a relation of the graph. */
  readonly asserted: boolean;
  readonly attributes: Attributes;
}

/** A graph in graphology's serialised form. */
export interface SerialisedGraph {
  readonly nodes: readonly { readonly key: string; readonly attributes?: Attributes }[];
  readonly edges: readonly {
    readonly key?: string;
    readonly source: string;
    readonly target: string;
    readonly undirected?: boolean;
    readonly attributes?: Attributes;
  }[];
  readonly truncated?: boolean;
}
