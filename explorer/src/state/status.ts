/** How a statement stands, in the five ways the drawing keeps apart. */
import type { EdgeFacts } from "./facts";

export type Standing = "held" | "pending" | "considered" | "rumoured" | "ended" | "negated";

export const STANDINGS: readonly Standing[] = ["held", "pending", "considered", "rumoured", "ended", "negated"];

const STANDING_OF: Readonly<Record<string, Standing>> = {
  announced: "pending",
  pending: "pending",
  considered: "considered",
  rumoured: "rumoured",
  ended: "ended",
  terminated: "negated",
  blocked: "negated",
  rejected: "negated",
  denied: "negated",
};

export function standing(edge: Pick<EdgeFacts, "status" | "current">): Standing {
  const said = STANDING_OF[edge.status ?? ""] ?? "held";
  return said === "held" && edge.current === false ? "ended" : said;
}

/** The word used for "no status said", in filters and counts. */
export const UNSAID = "stated";

export function statusWord(edge: Pick<EdgeFacts, "status">): string {
  return edge.status ?? UNSAID;
}
