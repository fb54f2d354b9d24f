/** Line and column that a refused statement's problem names, wherever in the problem they stand. */
export function problemPlace(
  detail: Readonly<Record<string, unknown>> | undefined,
): { line: number; column: number } | null {
  const spots = [detail, detail?.position, detail?.place, detail?.at] as (Record<string, unknown> | undefined)[];
  for (const spot of spots) {
    if (spot && typeof spot === "object" && typeof spot.line === "number") {
      return { line: spot.line, column: typeof spot.column === "number" ? spot.column : 1 };
    }
  }
  return null;
}
