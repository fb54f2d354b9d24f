/** What a visit holds: the view with its history, what was loaded, and the settings. Changes are made by `actions`. */
import type { Ontology } from "../api/shapes";
import type { Language } from "../words/words";
import { type History, startHistory } from "./history";
import { type Batch, emptyKnowledge, type Knowledge } from "./knowledge";
import { type Shown, shown } from "./shown";
import { Store } from "./store";
import { EMPTY_VIEW, type View } from "./view";

export type ThemeChoice = "system" | "light" | "dark";

export interface Note {
  readonly text: string;
  readonly isProblem: boolean;
}

export interface SessionState {
  readonly history: History<View>;
  readonly loaded: ReadonlyMap<string, Batch>;
  /** Counts up whenever knowledge grew, since the graph itself is not a value. */
  readonly version: number;
  /** A way or an answer that stands out: ids of nodes and edges. */
  readonly chosen: ReadonlySet<string> | null;
  readonly ontology: Ontology | null;
  /** Routes the service describes, as "get /v1/search"; null until known. */
  readonly offers: ReadonlySet<string> | null;
  readonly busy: number;
  readonly note: Note | null;
  readonly offline: boolean;
  readonly drawing: "ready" | "missing" | "lost";
  readonly isEmpty: boolean;
  readonly relayouts: number;
  /** Counts up when the graph itself was changed from this page. */
  readonly reloads: number;
  readonly theme: ThemeChoice;
  readonly language: Language;
  readonly tour: number | null;
  readonly sheet: "legend" | "export" | "keys" | null;
}

export interface Session {
  readonly store: Store<SessionState>;
  readonly knowledge: Knowledge;
}

export function startSession(language: Language, theme: ThemeChoice, tour: number | null): Session {
  return {
    knowledge: emptyKnowledge(),
    store: new Store<SessionState>({
      history: startHistory(EMPTY_VIEW),
      loaded: new Map(),
      version: 0,
      chosen: null,
      ontology: null,
      offers: null,
      busy: 0,
      note: null,
      offline: false,
      drawing: "ready",
      isEmpty: false,
      relayouts: 0,
      reloads: 0,
      theme,
      language,
      tour,
      sheet: null,
    }),
  };
}

export function viewOf(session: Session): View {
  return session.store.get().history.present;
}

const lastShown = new WeakMap<Session, { view: View; version: number; loaded: unknown; shown: Shown }>();

/** What is shown now; worked out once for each view and each growth of knowledge. */
export function shownNow(session: Session): Shown {
  const { history, version, loaded } = session.store.get();
  const view = history.present;
  const last = lastShown.get(session);
  if (last && last.view === view && last.version === version && last.loaded === loaded) return last.shown;
  const result = shown(view, session.knowledge, loaded);
  lastShown.set(session, { view, version, loaded, shown: result });
  return result;
}
