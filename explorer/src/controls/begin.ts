/** The first moments of a visit: the ontology, the first view, then what can wait. */
import { Problem, service } from "../api/client";
import { fromAddress, toAddress } from "../state/address";
import type { Session } from "../state/session";
import { EMPTY_VIEW, expand, type View } from "../state/view";
import type { Actions } from "./actions";

/** The name the bundled documents turn around. */
const FIRST_NAME = "alibaba";

export async function begin(actions: Actions, session: Session): Promise<void> {
  const given = fromAddress(location.hash);
  const hasAddress = toAddress(given) !== "";
  const ontology = loadOntology(actions, session);
  const stated = actions.loader.onlyStated();
  const view = hasAddress && (given.expansions.length > 0 || given.extra.length > 0) ? given : await firstView(actions, given);
  await Promise.all([ontology, stated]);
  if (view) await actions.start(view);
  else session.store.update((state) => (state.offline ? state : { ...state, isEmpty: true }));
  await Promise.all([actions.loader.conflicts(), loadOffers(session)]);
}

/** What this service can do: panels leave out what it does not offer. */
async function loadOffers(session: Session): Promise<void> {
  try {
    const { paths = {} } = await service.description();
    const offers = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
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

/** Around the first name, or around the entity with most relations where the graph is about something else. */
async function firstView(actions: Actions, given: View): Promise<View | null> {
  try {
    const id = (await exists(FIRST_NAME)) ? FIRST_NAME : await busiest();
    return id ? expand({ ...EMPTY_VIEW, panel: given.panel, filters: given.filters }, id, null, 2) : null;
  } catch (failure) {
    actions.report(failure);
    return null;
  }
}

async function exists(id: string): Promise<boolean> {
  try {
    await service.entity(id);
    return true;
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 404) return false;
    throw failure;
  }
}

async function busiest(): Promise<string | null> {
  const statement = "MATCH (e:Entity)--() RETURN e.id AS id, count(*) AS relations ORDER BY relations DESC LIMIT 1";
  const { rows } = await service.cypher({ statement });
  const id = rows[0]?.[0];
  return typeof id === "string" ? id : null;
}
