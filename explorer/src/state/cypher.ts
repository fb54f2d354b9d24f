/** Cypher as the editor sees it: words with their sorts for colours, and what may come next. Pure. */

export type TokenSort = "keyword" | "text" | "number" | "comment" | "parameter" | "label" | "plain" | "function";

export interface Token {
  readonly sort: TokenSort;
  readonly text: string;
}

const KEYWORDS = new Set(
  (
    "MATCH OPTIONAL WHERE RETURN WITH ORDER BY SKIP LIMIT UNWIND AS AND OR XOR NOT IN IS NULL DISTINCT ASC DESC CONTAINS " +
    "STARTS ENDS CASE WHEN THEN ELSE END UNION ALL CALL YIELD EXISTS COUNT TRUE FALSE"
  ).split(" "),
);

const PATTERN =
  /(\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|('(?:[^'\\]|\\.)*'?|"(?:[^"\\]|\\.)*"?)|(\$\w+)|([:|]\s*[A-Z]\w*)|(\b\d+(?:\.\d+)?\b)|(\b[A-Za-z_]\w*\b(?=\s*\())|(\b[A-Za-z_]\w*\b)/g;

const SORTS: readonly TokenSort[] = ["comment", "text", "parameter", "label", "number", "function", "plain"];

export function tokens(statement: string): Token[] {
  const found: Token[] = [];
  let end = 0;
  for (const match of statement.matchAll(PATTERN)) {
    if (match.index > end) found.push({ sort: "plain", text: statement.slice(end, match.index) });
    found.push({ sort: sortOf(match), text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < statement.length) found.push({ sort: "plain", text: statement.slice(end) });
  return found;
}

function sortOf(match: RegExpMatchArray): TokenSort {
  const sort = SORTS[match.slice(1).findIndex((group) => group !== undefined)] ?? "plain";
  return KEYWORDS.has(match[0].toUpperCase()) ? "keyword" : sort;
}

export interface Vocabulary {
  readonly labels: readonly string[];
  readonly types: readonly string[];
  readonly properties: readonly string[];
}

export interface Completion {
  /** Where the word that is completed begins. */
  readonly from: number;
  readonly words: readonly string[];
}

const MOST = 9;

/** Labels after "(x:", relationship types after "[x:" and "|", properties after ".", else keywords. */
export function complete(statement: string, at: number, vocabulary: Vocabulary): Completion {
  const before = statement.slice(0, at);
  const word = /\w*$/.exec(before)?.[0] ?? "";
  const from = at - word.length;
  const ahead = before.slice(0, from);
  const matching = (list: readonly string[]): readonly string[] =>
    list.filter((item) => item.toLowerCase().startsWith(word.toLowerCase()) && item !== word).slice(0, MOST);
  if (/\[[^\]]*[:|]\s*$/.test(ahead)) return { from, words: matching(vocabulary.types) };
  if (/\([^)]*[:|&]\s*$/.test(ahead)) return { from, words: matching(vocabulary.labels) };
  if (/\w\.$/.test(ahead) || /\{\s*$/.test(ahead)) return { from, words: matching(vocabulary.properties) };
  return { from, words: word.length < 2 ? [] : matching([...KEYWORDS]) };
}

/** Offset of a line and column, both counted from 1, for showing an error at its place. */
export function offsetOf(statement: string, line: number, column: number): number {
  const lines = statement.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return Math.min(statement.length, before + Math.max(0, column - 1));
}
