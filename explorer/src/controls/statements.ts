/** Statements run before, newest first, kept in the browser. */
const KEY = "guanxi.statements";
const MOST = 30;

export function statements(): string[] {
  const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
  return Array.isArray(kept) ? kept.filter((item): item is string => typeof item === "string") : [];
}

export function rememberStatement(statement: string): void {
  const next = [statement, ...statements().filter((other) => other !== statement)].slice(0, MOST);
  localStorage.setItem(KEY, JSON.stringify(next));
}
