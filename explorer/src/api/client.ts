/** Talks to the service: one function a route, values of the page's own shapes back, every failure a Problem. */
import type {
  Answer,
  Change,
  ClaimFacts,
  CommonItem,
  Conflict,
  CypherResult,
  DocumentFacts,
  DocumentItem,
  EntityFacts,
  Graph,
  Judged,
  Judgement,
  List,
  Loaded,
  NewJudgement,
  Ontology,
  RelationFacts,
  SearchItem,
  Statement,
  Suggestion,
  TimelineItem,
  Ways,
} from "./shapes";

/** The service refused or could not be reached; `status` is 0 then. */
export class Problem extends Error {
  readonly status: number;
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(status: number, message: string, detail: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = "Problem";
    this.status = status;
    this.detail = detail;
  }

  /** Whether there was no reply at all. */
  get isUnreachable(): boolean {
    return this.status === 0;
  }
}

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

/** The language that names come in; set once the page knows it. */
let lang: string | null = null;

export function speak(language: string): void {
  lang = language;
}

const BASE = new URL("v1/", document.baseURI);

export function address(path: string, query: Query = {}): string {
  const url = new URL(path, BASE);
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === "") continue;
    for (const item of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(item));
  }
  return url.href;
}

const HEADERS = { Accept: "application/json" };
/** Replies asked for before anybody was there to read them, by their address; each is given out once. */
const ahead = new Map<string, Promise<Response>>();

/** Sends a question that will be asked soon, so that its answer is on its way by then. */
export function askAhead(path: string, query: Query = {}): void {
  const url = address(path, { ...query, lang });
  const reply = fetch(url, { headers: HEADERS });
  reply.catch(() => undefined); // told to who asks
  ahead.set(url, reply);
}

function sentAhead(url: string): Promise<Response> | undefined {
  const reply = ahead.get(url);
  ahead.delete(url);
  return reply;
}

async function ask<T>(path: string, query: Query = {}, init: RequestInit = {}): Promise<T> {
  const reply = await send(address(path, { ...query, lang }), init);
  if (reply.status === 204) return undefined as T;
  return (await reply.json()) as T;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  let reply: Response;
  try {
    reply = await (sentAhead(url) ?? fetch(url, { ...init, headers: { ...HEADERS, ...init.headers } }));
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new Problem(0, "offline");
  }
  if (!reply.ok) throw await problemOf(reply);
  return reply;
}

async function problemOf(reply: Response): Promise<Problem> {
  const isJson = /json/.test(reply.headers.get("Content-Type") ?? "");
  const body: Record<string, unknown> = isJson ? await reply.json() : {};
  const said = body.detail ?? body.title;
  return new Problem(reply.status, typeof said === "string" ? said : reply.statusText, body);
}

function sending(method: string, body: unknown): RequestInit {
  return { method, body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}

const id = encodeURIComponent;
const documents = new Map<string, Promise<DocumentFacts>>();

/** Routes of the first questions. */
export const ROUTES = {
  ontology: "ontology",
  claims: "claims",
  graph: (entity: string) => `entities/${id(entity)}/graph`,
} as const;

export const service = {
  /** Whether it answers now. */
  isThere: () =>
    fetch(new URL("../healthz", BASE), { cache: "no-store" }).then(
      ({ ok }) => ok,
      () => false,
    ),
  description: () => ask<{ paths?: Record<string, Record<string, unknown>> }>("../openapi.json"),
  ontology: () => ask<Ontology>(ROUTES.ontology),
  search: (q: string, signal?: AbortSignal, limit = 8) =>
    ask<List<SearchItem>>("search", { q, limit }, { signal: signal ?? null }),
  entity: (entity: string) => ask<EntityFacts>(`entities/${id(entity)}`),
  relations: (entity: string) => ask<List<RelationFacts>>(`entities/${id(entity)}/relations`, { limit: 500 }),
  neighbourhood: (entity: string, query: Query) => ask<Graph>(ROUTES.graph(entity), query),
  timeline: (entity: string) => ask<List<TimelineItem>>(`entities/${id(entity)}/timeline`),
  connections: (query: Query) => ask<Ways>("connections", query),
  common: (ids: readonly string[]) => ask<List<CommonItem>>("common", { id: ids }),
  claim: (claim: string) => ask<ClaimFacts>(`claims/${id(claim)}`),
  claims: (query: Query) => ask<List<ClaimFacts>>(ROUTES.claims, query),
  conflicts: (query: Query = {}) => ask<List<Conflict>>("conflicts", { limit: 200, ...query }),
  documents: (query: Query = {}) => ask<List<DocumentItem>>("documents", { limit: 200, ...query }),
  /** Many claims stand in one document: it is fetched once, until `forget`. */
  document: (document: string) => {
    const key = `${lang} ${document}`;
    const known = documents.get(key) ?? ask<DocumentFacts>(`documents/${id(document)}`);
    documents.set(key, known);
    known.catch(() => documents.delete(key));
    return known;
  },
  forget: () => documents.clear(),
  withdraw: (document: string, dryRun: boolean) =>
    ask<Change>(`documents/${id(document)}`, { dry_run: dryRun }, { method: "DELETE" }),
  load: (file: File, dryRun = false) => {
    const form = new FormData();
    form.append("file", file, file.name);
    return ask<Loaded>("documents", { dry_run: dryRun }, { method: "POST", body: form });
  },
  judgements: () => ask<List<Judgement>>("judgements", { limit: 200 }),
  suggestions: () => ask<List<Suggestion>>("judgements/suggestions", { limit: 50 }),
  judge: (body: NewJudgement, dryRun: boolean) => ask<Judged>("judgements", { dry_run: dryRun }, sending("POST", body)),
  takeBack: (judgement: string) => ask<unknown>(`judgements/${id(judgement)}`, {}, { method: "DELETE" }),
  cypher: (body: Statement) => ask<CypherResult>("cypher", {}, sending("POST", body)),
  question: (question: string, language: string, context: Answer["context"] = {}) =>
    ask<Answer>("ask", {}, sending("POST", { question, language, context })),
  exportAddress: (query: Query) => address("export", query),
};
