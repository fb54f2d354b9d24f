/** The entities that most of the shown relations meet in. */
import type { EntityRef } from "./facts";
import type { Knowledge } from "./knowledge";
import type { Shown } from "./shown";

export function contentCentre(shown: Shown, knowledge: Knowledge, most: number): EntityRef[] {
  const degrees = new Map<string, number>();
  for (const key of shown.edges) {
    for (const id of knowledge.extremities(key)) degrees.set(id, (degrees.get(id) ?? 0) + 1);
  }
  const ids = [...degrees].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, most);
  return ids.map(([id]) => {
    const { name, kinds } = knowledge.getNodeAttributes(id);
    return { id, name, kinds };
  });
}
