/** Fetches what a view needs and is not yet known, once each. */
import { Problem, type Query, service } from "../api/client";
import type { ClaimFacts } from "../api/shapes";
import type { SerialisedGraph } from "../state/facts";
import { type Batch, learn, learnStated } from "../state/knowledge";
import type { Session } from "../state/session";
import { type Expansion, expansionKey, type View } from "../state/view";
import { STATED, STEP, stepsAround } from "./first-questions";

export class Loader {
  private readonly underWay = new Map<string, Promise<void>>();
  private claimsLoaded: Promise<void> | null = null;

  constructor(private readonly session: Session) {}

  /** Loads all that the view names; a name the graph does not have is said, and the rest is loaded. */
  async ensure(view: View): Promise<void> {
    const { loaded } = this.session.store.get();
    const wanted = view.expansions.filter((expansion) => !loaded.has(expansionKey(expansion)));
    const extra = view.extra.filter((id) => !loaded.has(`with:${id}`));
    await Promise.all([
      ...wanted.map((expansion) => this.expansion(expansion)),
      ...extra.map((id) => this.relationsOf(id)),
    ]);
    if (view.filters.sources.length > 0 || view.filters.minConfidence > 0) await this.sources();
  }

  /** Loads a view that is not shown yet; a first name that the graph does not have is no problem to be told. */
  async fetchAhead(view: View): Promise<void> {
    await this.ensure(view);
    this.session.store.update((state) => (state.loaded.size === 0 ? { ...state, note: null } : state));
  }

  private expansion(expansion: Expansion): Promise<void> {
    return this.once(expansionKey(expansion), expansion.id, stepsAround(expansion));
  }

  private relationsOf(id: string): Promise<void> {
    return this.once(`with:${id}`, id, STEP);
  }

  private once(key: string, id: string, query: Query): Promise<void> {
    const running = this.underWay.get(key);
    if (running) return running;
    const started = this.fetch(key, id, query).finally(() => this.underWay.delete(key));
    this.underWay.set(key, started);
    return started;
  }

  private async fetch(key: string, id: string, query: Query): Promise<void> {
    this.busy(1);
    try {
      this.add(key, await service.neighbourhood(id, query));
      this.session.store.update((state) => (state.offline ? { ...state, offline: false } : state));
    } catch (failure) {
      this.fail(failure, id);
    } finally {
      this.busy(-1);
    }
  }

  private fail(failure: unknown, id: string): void {
    if (!(failure instanceof Problem)) throw failure;
    const offline = failure.isUnreachable;
    const note = offline ? null : { text: failure.message || id, isProblem: true };
    this.session.store.update((state) => ({ ...state, offline: offline || state.offline, note: note ?? state.note }));
  }

  /** Lines for what was only rumoured, considered, denied ...: they join what is shown, and what is opened later. */
  async onlyStated(): Promise<void> {
    try {
      const { items } = await service.claims(STATED);
      learnStated(this.session.knowledge, items);
      this.session.store.update((state) => ({ ...state, version: state.version + 1 }));
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
    }
  }

  /** Takes a graph in under a key, as the answer to it. */
  add(key: string, graph: SerialisedGraph): Batch {
    const batch = learn(this.session.knowledge, graph);
    this.session.store.update((state) => ({
      ...state,
      loaded: new Map(state.loaded).set(key, batch),
      version: state.version + 1,
    }));
    return batch;
  }

  /** Forgets what was loaded, after the graph itself changed, and loads the view again. */
  async reload(view: View): Promise<void> {
    this.claimsLoaded = null;
    this.session.knowledge.clear();
    this.session.store.update((state) => ({ ...state, loaded: new Map(), version: state.version + 1 }));
    await this.onlyStated();
    await this.ensure(view);
    await this.conflicts();
  }

  /** The entity with most relations, or null where the graph has none. */
  async busiest(): Promise<string | null> {
    const statement = "MATCH (e:Entity)--() RETURN e.id AS id, count(*) AS relations ORDER BY relations DESC LIMIT 1";
    const { rows } = await service.cypher({ statement });
    const id = rows[0]?.[0];
    return typeof id === "string" ? id : null;
  }

  private busy(by: number): void {
    this.session.store.update((state) => ({ ...state, busy: state.busy + by }));
  }

  /** Documents and confidence of every relation, from its claims; loaded when a filter first asks. */
  sources(): Promise<void> {
    this.claimsLoaded ??= this.loadClaims();
    return this.claimsLoaded;
  }

  private async loadClaims(): Promise<void> {
    const known = new Map<string, ClaimFacts>();
    let cursor: string | null | undefined;
    do {
      const page = await service.claims({ limit: 500, cursor });
      for (const claim of page.items) known.set(claim.id, claim);
      cursor = page.next;
    } while (cursor && known.size < 20_000);
    this.session.knowledge.updateEachEdgeAttributes((_, edge) => {
      const claims = edge.claims.map((id) => known.get(id)).filter((claim) => claim !== undefined);
      if (claims.length === 0) return edge;
      const surest = Math.max(...claims.map((claim) => claim.confidence ?? 1));
      return { ...edge, sources: [...new Set(claims.map((claim) => claim.document.id))], confidence: surest };
    });
    this.session.store.update((state) => ({ ...state, version: state.version + 1 }));
  }

  /** Marks the relations whose claims contradict others. */
  async conflicts(): Promise<void> {
    try {
      const { items } = await service.conflicts();
      const disputed = new Set(
        items.flatMap((conflict) => conflict.sides.flatMap((side) => side.claims.map((claim) => claim.id))),
      );
      this.session.knowledge.updateEachEdgeAttributes((_, edge) => {
        const conflict = edge.claims.some((id) => disputed.has(id));
        return conflict === edge.conflict ? edge : { ...edge, conflict };
      });
      this.session.store.update((state) => ({ ...state, version: state.version + 1 }));
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
    }
  }
}
