/** A view as the part of an address after "#", and back. Unknown words are passed over, so old links keep working. */
import { EMPTY_VIEW, type Expansion, type Filters, NO_FILTERS, type PanelName, type Point, type View } from "./view";

const PANELS: readonly PanelName[] = [
  "explore",
  "ask",
  "ways",
  "query",
  "documents",
  "document",
  "identity",
  "table",
  "filters",
  "conflicts",
];

export function toAddress(view: View): string {
  const words = new URLSearchParams();
  const put = (word: string, value: string | null): void => {
    if (value) words.set(word, value);
  };
  put("open", view.expansions.map(writeExpansion).join(","));
  put("with", list(view.extra));
  put("hide", list(view.hidden));
  put(
    "pin",
    Object.entries(view.pinned)
      .map(([id, [x, y]]) => `${part(id)}@${x}_${y}`)
      .join(","),
  );
  put("focus", view.focus);
  put(view.selection?.type ?? "node", view.selection?.id ?? null);
  put("asof", view.asOf);
  put("layout", view.layout === "free" ? null : view.layout);
  put("panel", view.panel.name === "explore" ? null : view.panel.name);
  for (const [name, value] of Object.entries(view.panel.args)) put(`p.${name}`, value);
  writeFilters(view.filters, put);
  return words.toString();
}

function writeFilters(filters: Filters, put: (word: string, value: string | null) => void): void {
  put("nokind", list(filters.kinds));
  put("nopredicate", list(filters.predicates));
  put("nostatus", list(filters.statuses));
  put("source", list(filters.sources));
  put("confidence", filters.minConfidence > 0 ? String(filters.minConfidence) : null);
  put("documents", filters.minDocuments > 1 ? String(filters.minDocuments) : null);
  put("undated", filters.undated ? null : "no");
}

export function fromAddress(address: string): View {
  const words = new URLSearchParams(address.replace(/^#/, ""));
  const node = words.get("node");
  const edge = words.get("edge");
  const panel = words.get("panel") as PanelName | null;
  const args: Record<string, string> = {};
  for (const [word, value] of words) if (word.startsWith("p.")) args[word.slice(2)] = value;
  return {
    ...EMPTY_VIEW,
    expansions: parts(words.get("open")).map(readExpansion),
    extra: items(words.get("with")),
    hidden: items(words.get("hide")),
    pinned: readPins(words.get("pin")),
    focus: words.get("focus"),
    selection: node ? { type: "node", id: node } : edge ? { type: "edge", id: edge } : null,
    asOf: readDate(words.get("asof")),
    layout: words.get("layout") === "radial" ? "radial" : "free",
    panel: { name: panel && PANELS.includes(panel) ? panel : "explore", args },
    filters: readFilters(words),
  };
}

function readFilters(words: URLSearchParams): Filters {
  return {
    kinds: items(words.get("nokind")),
    predicates: items(words.get("nopredicate")),
    statuses: items(words.get("nostatus")),
    sources: items(words.get("source")),
    minConfidence: positive(words.get("confidence"), NO_FILTERS.minConfidence),
    minDocuments: positive(words.get("documents"), NO_FILTERS.minDocuments),
    undated: words.get("undated") !== "no",
  };
}

function writeExpansion(expansion: Expansion): string {
  const predicate = expansion.predicate ? `:${part(expansion.predicate)}` : "";
  return `${part(expansion.id)}${predicate}${expansion.depth > 1 ? `~${expansion.depth}` : ""}`;
}

function readExpansion(written: string): Expansion {
  const [name = "", depth = "1"] = written.split("~");
  const [id = "", predicate] = name.split(":");
  const steps = Math.min(3, Math.max(1, Number.parseInt(depth, 10) || 1));
  return { id: unpart(id), predicate: predicate ? unpart(predicate) : null, depth: steps };
}

function readPins(written: string | null): Readonly<Record<string, Point>> {
  const pinned: Record<string, Point> = {};
  for (const pin of parts(written)) {
    const [id = "", at = ""] = pin.split("@");
    const [x, y] = at.split("_").map(Number);
    if (id && Number.isFinite(x) && Number.isFinite(y)) pinned[unpart(id)] = [x!, y!];
  }
  return pinned;
}

/** A date may be partial: 2024, 2024-05 or 2024-05-01. */
function readDate(written: string | null): string | null {
  return written && /^\d{4}(-\d{2}(-\d{2})?)?$/.test(written) ? written : null;
}

function positive(written: string | null, otherwise: number): number {
  const value = Number(written);
  return written !== null && Number.isFinite(value) && value > 0 ? value : otherwise;
}

// Ids may hold any character; those that structure the address are written as escapes inside it.
function part(value: string): string {
  return value.replace(/[%,:~@]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function unpart(value: string): string {
  return value.replace(/%(25|2C|3A|7E|40)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function list(values: readonly string[]): string {
  return values.map(part).join(",");
}

function parts(written: string | null): string[] {
  return (written ?? "").split(",").filter((item) => item !== "");
}

function items(written: string | null): string[] {
  return parts(written).map(unpart);
}
