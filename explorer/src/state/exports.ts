/** What is shown as rows, GraphML and JSON-LD. Pure. */
import type { EdgeFacts, NodeFacts } from "./facts";
import type { Knowledge } from "./knowledge";
import type { Shown } from "./shown";

type Named = { readonly id: string; readonly name: string };

export function relationRows(shown: Shown, knowledge: Knowledge, name: (node: Named) => string): unknown[][] {
  const head = [
    "from",
    "from_id",
    "predicate",
    "to",
    "to_id",
    "status",
    "since",
    "until",
    "current",
    "documents",
    "claims",
  ];
  const rows = [...shown.edges].map((key) => {
    const [source, target] = knowledge.extremities(key);
    const edge = knowledge.getEdgeAttributes(key);
    const said = (id: string): string => name({ id, name: id });
    return [
      said(source),
      source,
      edge.predicate,
      said(target),
      target,
      edge.status,
      edge.since,
      edge.until,
      edge.current,
      edge.documents,
      edge.claims.join(" "),
    ];
  });
  return [head, ...rows];
}

const NODE_KEYS = ["name", "kinds", "claims"] as const;
const EDGE_KEYS = ["predicate", "status", "since", "until", "current", "documents", "claims"] as const;

export function graphmlOf(shown: Shown, knowledge: Knowledge): string {
  const keys = [
    ...NODE_KEYS.map((name) => `<key id="n_${name}" for="node" attr.name="${name}" attr.type="string"/>`),
    ...EDGE_KEYS.map((name) => `<key id="e_${name}" for="edge" attr.name="${name}" attr.type="string"/>`),
  ];
  const nodes = [...shown.nodes].map((id) => {
    const facts = knowledge.getNodeAttributes(id);
    return `<node id="${xml(id)}">${NODE_KEYS.map((name) => data(`n_${name}`, facts[name])).join("")}</node>`;
  });
  const edges = [...shown.edges].map((key) => {
    const [source, target] = knowledge.extremities(key);
    const facts = knowledge.getEdgeAttributes(key);
    const inside = EDGE_KEYS.map((name) => data(`e_${name}`, facts[name])).join("");
    return `<edge id="${xml(key)}" source="${xml(source)}" target="${xml(target)}">${inside}</edge>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys,
    '<graph id="guanxi" edgedefault="directed">',
    ...nodes,
    ...edges,
    "</graph>",
    "</graphml>",
    "",
  ].join("\n");
}

function data(key: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return "";
  return `<data key="${key}">${xml(Array.isArray(value) ? value.join(" ") : String(value))}</data>`;
}

// Characters that XML cannot hold at all are left out; a file with one of them would not open.
function xml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

const TYPES: Readonly<Record<string, string>> = { Person: "Person", Company: "Organization", Product: "Product" };

export function jsonldOf(shown: Shown, knowledge: Knowledge): string {
  const graph = [
    ...[...shown.nodes].map((id) => entityObject(id, knowledge.getNodeAttributes(id))),
    ...[...shown.edges].map((key) =>
      statementObject(key, knowledge.extremities(key), knowledge.getEdgeAttributes(key)),
    ),
  ];
  const context = {
    "@vocab": "https://schema.org/",
    g: "urn:guanxi:",
    predicate: { "@id": "g:predicate", "@type": "@vocab" },
  };
  return JSON.stringify({ "@context": context, "@graph": graph }, null, 2);
}

function entityObject(id: string, { name, names, kinds }: NodeFacts): object {
  const others = Object.values(names)
    .flat()
    .filter((other) => other !== name);
  const types = kinds.map((kind) => TYPES[kind] ?? `g:${kind}`);
  return {
    "@id": `urn:guanxi:entity:${encodeURIComponent(id)}`,
    "@type": types,
    name,
    alternateName: [...new Set(others)],
  };
}

function statementObject(key: string, [source, target]: readonly [string, string], edge: EdgeFacts): object {
  return {
    "@id": `urn:guanxi:relation:${encodeURIComponent(key)}`,
    "@type": "g:Relation",
    "g:from": { "@id": `urn:guanxi:entity:${encodeURIComponent(source)}` },
    predicate: `g:${edge.predicate}`,
    "g:to": { "@id": `urn:guanxi:entity:${encodeURIComponent(target)}` },
    "g:status": edge.status,
    "g:since": edge.since,
    "g:until": edge.until,
    "g:documents": edge.documents,
    "g:claims": edge.claims,
  };
}
