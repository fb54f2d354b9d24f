/** The first moments of a visit: the ontology, the first view, then what can wait. */
import { Problem, service } from "../api/client";
import type { Page } from "../panels/context";
import type { Session } from "../state/session";
import type { View } from "../state/view";
import type { Actions } from "./actions";
import { firstView } from "./first-questions";

/** Milliseconds after which what can wait no longer waits for the first picture. */
const PATIENCE = 5000;

export async function begin(page: Page): Promise<void> {
  const { actions, session } = page;
  const { asked, given } = firstView(location.hash);
  const ready = Promise.all([loadOntology(actions, session), actions.loader.onlyStated()]);
  // The first picture waits for all three, so that no line appears after it; they are fetched side by side.
  const first = actions.loader.fetchAhead(asked);
  await ready;
  await first;
  if (asked === given || session.store.get().loaded.size > 0) await actions.start(asked);
  else await startElsewhere(actions, session, given);
  await pictured(page);
  await Promise.all([actions.loader.conflicts(), loadOffers(session)]);
}

/** Resolves once the first picture is drawn, or there will be none: what can wait would take the processor from it. */
async function pictured(page: Page): Promise<void> {
  const isAwaited = (): boolean => {
    const { drawing, isEmpty, offline } = page.session.store.get();
    return drawing === "ready" && !isEmpty && !offline && !page.drawing?.hasPicture;
  };
  const last = performance.now() + PATIENCE;
  while (isAwaited() && performance.now() < last) await new Promise((later) => requestAnimationFrame(later));
}

/** The graph is about something else: begin with the entity that has most relations; with none, the graph is empty. */
async function startElsewhere(actions: Actions, session: Session, given: View): Promise<void> {
  try {
    if (!(await actions.startAtBusiest(given)))
      session.store.update((state) => (state.offline ? state : { ...state, isEmpty: true }));
  } catch (failure) {
    actions.report(failure);
  }
}

/** What this service can do: panels leave out what it does not offer. */
async function loadOffers(session: Session): Promise<void> {
  try {
    const { paths = {} } = await service.description();
    const offers = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    session.store.update((state) => ({ ...state, offers: new Set(offers) }));
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure;
  }
}

async function loadOntology(actions: Actions, session: Session): Promise<void> {
  try {
    const ontology = await service.ontology();
    session.store.update((state) => ({ ...state, ontology }));
  } catch (failure) {
    actions.report(failure);
  }
}
