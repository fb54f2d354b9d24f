/** What stands out and what stands back, from the selection and the focus. Pure. */
import type { Selection } from "../state/view";
import type { Content } from "./content";

export interface Emphasis {
  /** Null: nothing stands back. */
  readonly nodes: ReadonlySet<string> | null;
  readonly edges: ReadonlySet<string>;
  readonly selected: string | null;
}

export const EVEN: Emphasis = { nodes: null, edges: new Set(), selected: null };

/** A chosen set (a way, an answer) comes before the selection, the selection before the focus. */
export function emphasisOf(
  content: Content,
  selection: Selection | null,
  focus: string | null,
  chosen: ReadonlySet<string> | null,
): Emphasis {
  const selected = selection?.id ?? null;
  if (chosen && chosen.size > 0) return among(content, chosen, selected);
  if (selection?.type === "edge") return ofEdge(content, selection.id);
  const centre = selection?.id ?? focus;
  return centre && content.nodes.has(centre) ? around(content, centre, selected) : EVEN;
}

/** The edges named in the set; where it names none, those between its nodes. */
function among(content: Content, chosen: ReadonlySet<string>, selected: string | null): Emphasis {
  const named = [...chosen].filter((id) => content.edges.has(id));
  const between = [...content.edges.values()].filter(({ source, target }) => chosen.has(source) && chosen.has(target));
  return { nodes: chosen, edges: new Set(named.length > 0 ? named : between.map(({ key }) => key)), selected };
}

function ofEdge(content: Content, key: string): Emphasis {
  const edge = content.edges.get(key);
  if (!edge) return EVEN;
  return { nodes: new Set([edge.source, edge.target]), edges: new Set([key]), selected: key };
}

function around(content: Content, centre: string, selected: string | null): Emphasis {
  const nodes = new Set([centre]);
  const edges = new Set<string>();
  for (const edge of content.edges.values()) {
    if (edge.source !== centre && edge.target !== centre) continue;
    edges.add(edge.key);
    nodes.add(edge.source).add(edge.target);
  }
  return { nodes, edges, selected };
}
