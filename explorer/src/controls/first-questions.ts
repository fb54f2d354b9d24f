/** What a first view asks of the service: sent before the page is there to show the answers, and asked for again by it. */
import { askAhead, type Query, ROUTES } from "../api/client";
import { fromAddress } from "../state/address";
import { around, type Expansion, type View } from "../state/view";

/** The name the bundled documents turn around. */
const FIRST_NAME = "alibaba";
/** Entities around the first name: enough to show what the graph is about, few enough to read. */
const FIRST_LIMIT = 70;
const EXPAND_LIMIT = 200;
/** Statuses of what documents say without asserting it: no relation of the graph, but a line of the drawing. */
const NOT_ASSERTED = ["considered", "rumoured", "terminated", "blocked", "rejected", "denied"];
const MOST_STATED = 1000;

/** Claims of what is no relation of the graph. */
export const STATED: Query = { status: NOT_ASSERTED, limit: MOST_STATED };

export function stepsAround({ depth, predicate }: Pick<Expansion, "depth" | "predicate">): Query {
  return { depth, predicate, limit: depth > 1 ? FIRST_LIMIT : EXPAND_LIMIT };
}

/** One step around an entity put on the drawing by name, so that its lines to what is shown are known. */
export const STEP: Query = stepsAround({ depth: 1, predicate: null });

/** What an address shows, where it shows nothing the surroundings of the first name; and what it says by itself. */
export function firstView(hash: string): { readonly asked: View; readonly given: View } {
  const given = fromAddress(hash);
  const isSaid = given.expansions.length > 0 || given.extra.length > 0;
  return { asked: isSaid ? given : around(FIRST_NAME, given), given };
}

export function askFirst(hash: string): void {
  const { expansions, extra } = firstView(hash).asked;
  for (const expansion of expansions) askAhead(ROUTES.graph(expansion.id), stepsAround(expansion));
  for (const id of extra) askAhead(ROUTES.graph(id), STEP);
  askAhead(ROUTES.claims, STATED);
  askAhead(ROUTES.ontology);
}
