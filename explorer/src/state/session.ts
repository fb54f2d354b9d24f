/** What a visit holds: the view with its history, what was loaded, and the settings. Changes are made by `actions`. */
import type { Ontology } from "../api/shapes";
import type { Language } from "../words/language";
import { type History, startHistory } from "./history";
import { type Batch, emptyKnowledge, type Knowledge } from "./knowledge";
import { type Shown, sameShown, shown } from "./shown";
import { Store } from "./store";
import { EMPTY_VIEW, keepsAll, type View } from "./view";

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
  /** Counts up when the service is asked again after it could not be reached. */
  readonly retries: number;
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
      retries: 0,
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

interface Remembered {
  readonly causes: readonly unknown[];
  readonly shown: Shown;
}

const lastShown = new WeakMap<Session, Remembered>();

/** What is shown now; worked out anew only when something that it depends on is another value. */
export function shownNow(session: Session): Shown {
  const { history, version, loaded } = session.store.get();
  const causes = [version, loaded, ...causesOf(history.present)];
  const last = lastShown.get(session);
  if (last?.causes.every((cause, at) => cause === causes[at])) return last.shown;
  const made = shown(history.present, session.knowledge, loaded);
  const result = last && last.causes[0] === version && sameShown(last.shown, made) ? last.shown : made;
  lastShown.set(session, { causes, shown: result });
  return result;
}

/** The parts of a view that decide what is shown; the selection only where filters might take it away. */
function causesOf({ expansions, extra, hidden, filters, asOf, selection, focus }: View): readonly unknown[] {
  const isFiltered = !keepsAll(filters) || asOf !== null;
  return [expansions, extra, hidden, filters, asOf, isFiltered ? selection?.id : null, isFiltered ? focus : null];
}
