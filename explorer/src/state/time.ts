/** Partial dates ("2024", "2024-05", "2024-05-01") as spans of days, and what holds on a day. */
import type { EdgeFacts } from "./facts";

const DAY = 86_400_000;

/** The first day a partial date may mean, as days since 1970; null when it is no date. */
export function firstDay(date: string | null): number | null {
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(date ?? "");
  if (!found) return null;
  return Date.UTC(Number(found[1]), Number(found[2] ?? 1) - 1, Number(found[3] ?? 1)) / DAY;
}

/** The last day a partial date may mean. */
export function lastDay(date: string | null): number | null {
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(date ?? "");
  if (!found) return null;
  const [year, month, day] = [Number(found[1]), found[2], found[3]];
  if (day) return Date.UTC(year, Number(month) - 1, Number(day)) / DAY;
  return (month ? Date.UTC(year, Number(month), 0) : Date.UTC(year, 11, 31)) / DAY;
}

export function dayToDate(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

export type Moment = "before" | "during" | "after" | "undated";

/** Where a relation stands on a day. It has begun once its start may have come, it is over once its end surely has. */
export function momentOf(edge: Pick<EdgeFacts, "since" | "until">, asOf: string): Moment {
  const day = lastDay(asOf);
  const since = firstDay(edge.since);
  const until = lastDay(edge.until);
  if (day === null || (since === null && until === null)) return "undated";
  if (since !== null && day < since) return "before";
  if (until !== null && day > until) return "after";
  return since === null ? "undated" : "during";
}

/** First and last year named by any edge, for the slider; null when none is dated. */
export function yearsOf(edges: Iterable<Pick<EdgeFacts, "since" | "until">>): readonly [number, number] | null {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const edge of edges) {
    for (const date of [edge.since, edge.until]) {
      const year = Number.parseInt(date?.slice(0, 4) ?? "", 10);
      if (!Number.isFinite(year)) continue;
      first = Math.min(first, year);
      last = Math.max(last, year);
    }
  }
  return first <= last ? [first, last] : null;
}
