/** Takes what an answer brought (a way, claims, rows) into knowledge, so that it can be drawn. */
import type { ClaimFacts, RelationFacts, WayFacts } from "../api/shapes";
import type { EntityRef, SerialisedGraph } from "../state/facts";
import { type Batch, learn, learnStated } from "../state/knowledge";
import type { Session } from "../state/session";

export function learnWay(session: Session, way: WayFacts): Batch {
  return take(
    session,
    way.hops.flatMap(({ from, to }) => [from, to]),
    way.hops.map(({ relation }) => relation),
  );
}

export function take(session: Session, entities: readonly EntityRef[], relations: readonly RelationFacts[]): Batch {
  const { knowledge } = session;
  const unknown = entities.filter(({ id }) => !knowledge.hasNode(id));
  const graph: SerialisedGraph = {
    nodes: unknown.map(({ id, ...attributes }) => ({ key: id, attributes })),
    edges: relations
      .filter(({ id }) => !knowledge.hasEdge(id))
      .map(({ id, from, to, ...attributes }) => ({
        key: id,
        source: from.id,
        target: to.id,
        attributes: { ...attributes },
      })),
  };
  learn(knowledge, graph);
  session.store.update((state) => ({ ...state, version: state.version + 1 }));
  return { nodes: [...new Set(entities.map(({ id }) => id))], edges: relations.map(({ id }) => id), truncated: false };
}

/** Entities and lines that claims name; a claim's line is the relation it supports where that is known. */
export function takeClaims(session: Session, claims: readonly ClaimFacts[]): Batch {
  const { knowledge } = session;
  const ends = claims.flatMap(({ subject, object }) => [subject, object]);
  take(session, ends, []);
  const known = new Set(
    knowledge.filterEdges((_, edge) => edge.claims.some((id) => claims.some((claim) => claim.id === id))),
  );
  learnStated(
    knowledge,
    claims.filter(({ status }) =>
      ["considered", "rumoured", "rejected", "denied", "blocked", "terminated"].includes(status ?? ""),
    ),
  );
  return { nodes: [...new Set(ends.map(({ id }) => id))], edges: [...known], truncated: false };
}
