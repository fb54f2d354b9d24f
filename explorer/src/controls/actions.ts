/** Everything a person can do, in one place: panels, pointer and keyboard all call these. */
import { Problem, service } from "../api/client";
import { amend, record, redo, undo } from "../state/history";
import type { Session, SessionState, ThemeChoice } from "../state/session";
import { viewOf } from "../state/session";
import type { View } from "../state/view";
import * as views from "../state/view";
import type { Language } from "../words/language";
import { Conversation } from "./conversation";
import { Loader } from "./loader";

export class Actions {
  readonly loader: Loader;
  readonly conversation = new Conversation();

  constructor(readonly session: Session) {
    this.loader = new Loader(session);
  }

  private get state(): SessionState {
    return this.session.store.get();
  }

  /** Makes a change a step that can be undone, and loads what it needs. */
  change(next: View, tag: string | null = null): void {
    this.session.store.set({ ...this.state, history: record(this.state.history, next, tag) });
    void this.loader.ensure(next);
  }

  private apply(change: (view: View) => View, tag: string | null = null): void {
    this.change(change(viewOf(this.session)), tag);
  }

  /** A view the person did not make step by step: the first one, or one from an address. */
  async start(view: View): Promise<void> {
    this.session.store.set({ ...this.state, history: amend(this.state.history, view) });
    await this.loader.ensure(view);
  }

  /** Begins with the entity that has most relations; false where there is none. */
  async startAtBusiest(given: View): Promise<boolean> {
    const id = await this.loader.busiest();
    if (id !== null) await this.start(views.around(id, given));
    return id !== null;
  }

  undo(): void {
    this.session.store.set({ ...this.state, history: undo(this.state.history), chosen: null });
    void this.loader.ensure(viewOf(this.session));
  }

  redo(): void {
    this.session.store.set({ ...this.state, history: redo(this.state.history), chosen: null });
    void this.loader.ensure(viewOf(this.session));
  }

  select(selection: views.Selection | null): void {
    if (this.state.chosen) this.session.store.set({ ...this.state, chosen: null });
    const now = viewOf(this.session);
    if (now.selection?.id === selection?.id && now.panel.name === "explore") return;
    this.apply((view) => views.select(view, selection), selection ? "select" : null);
  }

  selectNode(id: string): void {
    this.select({ type: "node", id });
  }

  selectEdge(id: string): void {
    this.select({ type: "edge", id });
  }

  /** Selects without leaving the panel, as from a row of the table. */
  selectRow(type: "node" | "edge", id: string): void {
    this.apply((view) => ({ ...view, selection: { type, id } }), "select");
  }

  /** Opens a line that is not on the drawing: first its other end comes onto it. */
  openRelation(edge: string, other: string): void {
    this.apply((view) => views.select(views.put(view, [other]), { type: "edge", id: edge }));
  }

  /** Puts a name on the drawing, with what it has to do with what is there, and opens it. */
  visit(id: string): void {
    this.apply((view) => views.select(views.put(view, [id]), { type: "node", id }));
  }

  expand(id: string, predicate: string | null = null): void {
    this.apply((view) => views.expand(view, id, predicate));
  }

  collapse(id: string, predicate: string | null = null): void {
    this.apply((view) => views.collapse(view, id, predicate));
  }

  toggleExpanded(id: string): void {
    if (views.isExpanded(viewOf(this.session), id)) this.collapse(id);
    else this.expand(id);
  }

  pin(id: string, at: views.Point): void {
    this.apply((view) => views.pin(view, id, at));
  }

  /** Pins a node elsewhere; steps that follow one another are taken back together. */
  move(id: string, to: views.Point): void {
    this.apply((view) => views.pin(view, id, to), `move ${id}`);
  }

  unpin(id: string): void {
    this.apply((view) => views.unpin(view, id));
  }

  hide(id: string): void {
    this.apply((view) => views.hide(view, id));
  }

  showHidden(): void {
    this.apply(views.showHidden);
  }

  focus(id: string | null): void {
    this.apply((view) => views.focus(view, id));
  }

  setLayout(layout: views.Layout): void {
    this.apply((view) => views.setLayout(view, layout));
  }

  relayout(): void {
    this.session.store.update((state) => ({ ...state, relayouts: state.relayouts + 1 }));
  }

  open(name: views.PanelName, args: Readonly<Record<string, string>> = {}): void {
    this.apply((view) => views.openPanel(view, name, args));
  }

  setAsOf(asOf: string | null, tag: string | null = "time"): void {
    this.apply((view) => views.setAsOf(view, asOf), tag);
  }

  toggleFilter(list: views.FilterList, value: string): void {
    this.apply((view) => views.toggleFilter(view, list, value));
  }

  setFilters(change: Partial<views.Filters>, tag: string | null = null): void {
    this.apply((view) => views.setFilters(view, change), tag);
  }

  /** Puts entities on the drawing and lets them and the named edges stand out. */
  present(nodes: readonly string[], edges: readonly string[]): void {
    this.apply((view) => views.put({ ...view, selection: null, focus: null }, nodes));
    this.session.store.update((state) => ({ ...state, chosen: new Set([...nodes, ...edges]) }));
  }

  setLanguage(language: Language): void {
    localStorage.setItem("guanxi.language", language);
    this.session.store.update((state) => ({ ...state, language }));
  }

  setTheme(theme: ThemeChoice): void {
    localStorage.setItem("guanxi.theme", theme);
    this.session.store.update((state) => ({ ...state, theme }));
  }

  setTour(tour: number | null): void {
    if (tour === null) localStorage.setItem("guanxi.toured", "yes");
    this.session.store.update((state) => ({ ...state, tour }));
  }

  toggleSheet(sheet: SessionState["sheet"]): void {
    this.session.store.update((state) => ({ ...state, sheet: state.sheet === sheet ? null : sheet }));
  }

  note(text: string, isProblem = false): void {
    this.session.store.update((state) => ({ ...state, note: { text, isProblem } }));
  }

  clearNote(): void {
    this.session.store.update((state) => ({ ...state, note: null }));
  }

  setDrawing(drawing: SessionState["drawing"]): void {
    this.session.store.update((state) => ({ ...state, drawing }));
  }

  /** As `present`, for what an open panel found: the panel stays, and it is no step of its own. */
  accompany(nodes: readonly string[], edges: readonly string[]): void {
    const view = views.put({ ...viewOf(this.session), selection: null, focus: null }, nodes);
    const history = amend(this.state.history, view);
    this.session.store.set({ ...this.state, history, chosen: new Set([...nodes, ...edges]) });
    void this.loader.ensure(view);
  }

  /** Loads everything anew, after a document or a judgement changed the graph; lists hear of it first. */
  async reload(view: View): Promise<void> {
    this.conversation.forget();
    service.forget();
    this.session.store.update((state) => ({ ...state, reloads: state.reloads + 1 }));
    await this.loader.reload(view);
    if (views.namesNothing(view)) await this.startAtBusiest(view);
    this.session.store.update((state) => ({ ...state, isEmpty: views.namesNothing(viewOf(this.session)) }));
  }

  /** Loads what could not be loaded while the service was away; where nothing could, begins anew. */
  async retry(): Promise<void> {
    if (this.state.ontology === null || views.namesNothing(viewOf(this.session))) return location.reload();
    this.session.store.update((state) => ({ ...state, offline: false, retries: state.retries + 1 }));
    await this.loader.ensure(viewOf(this.session));
  }

  /** Says that the service cannot be reached. */
  missService(): void {
    this.session.store.update((state) => ({ ...state, offline: true }));
  }

  /** Shows what went wrong; what is not the service's refusal is a fault of the page and goes up. */
  report(failure: unknown): void {
    if (failure instanceof DOMException && failure.name === "AbortError") return;
    if (!(failure instanceof Problem)) throw failure;
    if (failure.isUnreachable) this.missService();
    else this.note(failure.message, true);
  }
}
