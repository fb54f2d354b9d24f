/** What every panel needs: the session, the actions, the words, and the drawing where there is one. */
import { createContext } from "preact";
import { useContext, useEffect, useMemo, useState } from "preact/hooks";
import { Problem, service } from "../api/client";
import type { Form } from "../api/shapes";
import type { Actions } from "../controls/actions";
import type { DrawingController } from "../drawing/controller";
import { nameIn } from "../state/knowledge";
import type { Session, SessionState } from "../state/session";
import type { View } from "../state/view";
import { ontologyWord, type Say, sayIn } from "../words/words";

export interface Page {
  readonly session: Session;
  readonly actions: Actions;
  drawing: DrawingController | null;
}

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error("A panel stands outside of the page.");
  return page;
}

/** A part of the session; the component is drawn again only when that part is another value. */
export function useSession<T>(pick: (state: SessionState) => T): T {
  const { store } = usePage().session;
  const [value, setValue] = useState(() => pick(store.get()));
  useEffect(() => {
    const update = (): void => setValue(() => pick(store.get()));
    update();
    return store.subscribe(update);
  }, [store]);
  return value;
}

export function useView(): View {
  return useSession((state) => state.history.present);
}

export interface Speech {
  readonly say: Say;
  readonly language: string;
  predicate(name: string, form?: Form): string;
  kind(name: string): string;
  status(name: string): string;
  attribute(name: string): string;
  /** An entity's name in the language of the page. */
  name(entity: { readonly id: string; readonly name: string }): string;
}

export function useSpeech(): Speech {
  const language = useSession((state) => state.language);
  const ontology = useSession((state) => state.ontology);
  const { knowledge } = usePage().session;
  return useMemo(
    () => ({
      say: sayIn(language),
      language,
      predicate: (name, form) => ontologyWord(ontology, "predicates", name, language, form),
      kind: (name) => ontologyWord(ontology, "kinds", name, language),
      status: (name) => ontologyWord(ontology, "statuses", name, language),
      attribute: (name) => ontologyWord(ontology, "attributes", name, language),
      name: ({ id, name, ...rest }) => {
        if (knowledge.hasNode(id)) return nameIn(knowledge.getNodeAttributes(id), language);
        return nameIn({ name, names: (rest as { names?: Record<string, string[]> }).names ?? {} }, language);
      },
    }),
    [language, ontology, knowledge],
  );
}

export type Fetched<T> =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly value: T }
  | { readonly state: "failed"; readonly failure: Error };

/** Fetches whenever what it depends on changes, and again whenever a service is back that was away; a late answer is dropped. */
export function useFetched<T>(fetch: () => Promise<T>, dependsOn: readonly unknown[]): Fetched<T> {
  const [fetched, setFetched] = useState<Fetched<T>>({ state: "loading" });
  const [turn, setTurn] = useState(0);
  const { actions } = usePage();
  const retries = useSession((state) => state.retries);
  useEffect(() => {
    if (fetched.state === "failed" && isUnreachable(fetched.failure)) setTurn((before) => before + 1);
  }, [retries]);
  useEffect(() => {
    let isCurrent = true;
    setFetched({ state: "loading" });
    const fail = (failure: Error): void => {
      if (!isCurrent) return;
      setFetched({ state: "failed", failure });
      if (isUnreachable(failure)) actions.missService();
    };
    fetch().then((value) => isCurrent && setFetched({ state: "ready", value }), fail);
    return () => {
      isCurrent = false;
    };
  }, [...dependsOn, turn]);
  return fetched;
}

function isUnreachable(failure: Error): boolean {
  return failure instanceof Problem && failure.isUnreachable;
}

/** The name of an entity that may not be loaded yet; its id until then. */
export function useName(id: string): string {
  const { session } = usePage();
  const speech = useSpeech();
  const [told, setTold] = useState<string | null>(null);
  const isKnown = id === "" || session.knowledge.hasNode(id);
  useEffect(() => {
    if (isKnown) return;
    service.entity(id).then(
      ({ name }) => setTold(name),
      () => setTold(null),
    );
  }, [id, isKnown, speech.language]);
  if (id === "") return "";
  return isKnown ? speech.name({ id, name: id }) : (told ?? id);
}
