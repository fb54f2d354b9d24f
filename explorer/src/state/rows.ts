/** Ids of the entities anywhere in a query's rows: nodes, ends of paths, and inside lists. */
export function entitiesIn(rows: readonly unknown[]): string[] {
  const ids = new Set<string>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    else if (value && typeof value === "object") {
      const id = entityId(value as Record<string, unknown>);
      if (id !== null) ids.add(id);
      else Object.values(value).forEach(look);
    }
  };
  look(rows);
  return [...ids];
}

function entityId(value: Readonly<Record<string, unknown>>): string | null {
  const labels = value.labels;
  if (!Array.isArray(labels) || !labels.includes("Entity")) return null;
  const id = (value.properties as Record<string, unknown> | undefined)?.id;
  return typeof id === "string" ? id : null;
}
