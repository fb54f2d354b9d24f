/** The interface's words in three languages, and the ontology's words for kinds, predicates, statuses and attributes. */
import type { Form, Ontology, OntologyEntry } from "../api/shapes";
import en from "./en.json";
import type { Language } from "./language";
import ontologyWords from "./ontology.json";
import hans from "./zh-Hans.json";
import hant from "./zh-Hant.json";

export type Word = keyof typeof en;

export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: "English",
  "zh-Hans": "简体中文",
  "zh-Hant": "繁體中文",
};

const WORDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, "zh-Hans": hans, "zh-Hant": hant };
const KNOWN = ontologyWords as Readonly<
  Record<string, Readonly<Partial<Record<Language, Readonly<Record<string, string>>>>>>
>;

export type Values = Readonly<Record<string, string | number>>;
export type Say = (word: Word, values?: Values) => string;

export function sayIn(language: Language): Say {
  return (word, values = {}) => {
    const pattern = WORDS[language][word] ?? en[word] ?? word;
    return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  };
}

type Section = "kinds" | "predicates" | "statuses" | "attributes";

/** A word of the ontology: the page's own where it has one, else the service's, else the name itself. */
export function ontologyWord(
  ontology: Ontology | null,
  section: Section,
  name: string,
  language: Language,
  form: Form = "active",
): string {
  const own = KNOWN[section]?.[language]?.[form === "passive" ? `${name}.passive` : name];
  if (own) return own;
  const said = wordOf(entryOf(ontology, section, name), language, form);
  return said ?? readable(name);
}

function wordOf(entry: OntologyEntry | undefined, language: Language, form: Form): string | undefined {
  const said = language === "en" ? entry?.en : entry?.zh;
  return typeof said === "string" ? said : (said?.[form] ?? said?.active);
}

export function entryOf(ontology: Ontology | null, section: Section, name: string): OntologyEntry | undefined {
  return ontology?.[section]?.find((entry) => entry.name === name);
}

function readable(name: string): string {
  return name.includes("_") || name === name.toUpperCase() ? name.toLowerCase().replaceAll("_", " ") : name;
}
