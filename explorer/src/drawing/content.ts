/** What the drawing holds, as plain values: from what is shown to sizes, marks, patterns and words. Pure. */
import type { Knowledge } from "../state/knowledge";
import { nameIn } from "../state/knowledge";
import type { Shown } from "../state/shown";
import { type Standing, standing } from "../state/status";
import { type Glyph, glyphOf } from "./palette";

export interface ContentNode {
  readonly id: string;
  readonly label: string;
  readonly glyph: Glyph;
  readonly radius: number;
  readonly weight: number;
  /** Relations known to the service that are not on the drawing. */
  readonly more: number;
}

export interface ContentEdge {
  readonly key: string;
  readonly source: string;
  readonly target: string;
  readonly word: string;
  readonly standing: Standing;
  readonly directed: boolean;
  readonly conflict: boolean;
  readonly bend: number;
  readonly documents: number;
  /** The kind whose colour a line that holds leans to: that of who acts, or of both. */
  readonly tint: Glyph | null;
}

export interface Content {
  readonly nodes: ReadonlyMap<string, ContentNode>;
  readonly edges: ReadonlyMap<string, ContentEdge>;
}

export interface Wording {
  readonly language: string;
  predicate(name: string): string;
  isSymmetric(predicate: string): boolean;
}

export function contentOf(shown: Shown, knowledge: Knowledge, wording: Wording): Content {
  const degrees = new Map<string, number>();
  const lanes = laneCounts(shown, knowledge);
  const taken = new Map<string, number>();
  const edges = new Map<string, ContentEdge>();
  const glyphs = new Map<string, Glyph>();
  for (const id of shown.nodes) glyphs.set(id, glyphOf(knowledge.getNodeAttribute(id, "kinds")));
  const predicates = new Map<string, { readonly word: string; readonly directed: boolean }>();
  for (const key of shown.edges) {
    const [source, target] = knowledge.extremities(key);
    degrees.set(source, (degrees.get(source) ?? 0) + 1);
    degrees.set(target, (degrees.get(target) ?? 0) + 1);
    const pair = pairOf(source, target);
    const lane = taken.get(pair) ?? 0;
    taken.set(pair, lane + 1);
    const facts = knowledge.getEdgeAttributes(key);
    const said = predicates.get(facts.predicate) ?? saidOf(facts.predicate, wording);
    predicates.set(facts.predicate, said);
    edges.set(key, {
      key,
      source,
      target,
      ...said,
      standing: shown.over.has(key) ? "ended" : standing(facts),
      conflict: facts.conflict,
      bend: bendOf(lane, lanes.get(pair) ?? 1, source < target),
      documents: facts.documents,
      tint: tintOf(glyphs.get(source) ?? "Other", glyphs.get(target) ?? "Other", said.directed),
    });
  }
  const nodes = new Map<string, ContentNode>();
  for (const [id, glyph] of glyphs)
    nodes.set(id, contentNode(id, glyph, knowledge, degrees.get(id) ?? 0, wording.language));
  return { nodes, edges };
}

function saidOf(predicate: string, wording: Wording) {
  return { word: wording.predicate(predicate), directed: !wording.isSymmetric(predicate) };
}

function contentNode(id: string, glyph: Glyph, knowledge: Knowledge, degree: number, language: string): ContentNode {
  const facts = knowledge.getNodeAttributes(id);
  const weight = Math.max(degree, facts.degree, facts.claims / 2);
  return {
    id,
    label: nameIn(facts, language),
    glyph,
    radius: Math.min(26, 7.5 + 2.1 * Math.sqrt(weight)),
    weight,
    more: Math.max(0, facts.degree - degree),
  };
}

function tintOf(source: Glyph, target: Glyph, directed: boolean): Glyph | null {
  return directed || source === target ? source : null;
}

function pairOf(source: string, target: string): string {
  return source < target ? `${source}\n${target}` : `${target}\n${source}`;
}

function laneCounts(shown: Shown, knowledge: Knowledge): Map<string, number> {
  const lanes = new Map<string, number>();
  for (const key of shown.edges) {
    const pair = pairOf(...knowledge.extremities(key));
    lanes.set(pair, (lanes.get(pair) ?? 0) + 1);
  }
  return lanes;
}

/** Edges between the same two lie side by side: straight alone, else bent by turns to both sides. */
function bendOf(lane: number, lanes: number, forwards: boolean): number {
  const spread = lanes === 1 ? 0 : Math.min(0.16, 0.5 / lanes);
  const offset = (lane - (lanes - 1) / 2) * spread;
  return forwards ? offset : -offset;
}
