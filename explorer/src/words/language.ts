/** The languages of the page. Apart from its words, which the first questions to the service do not wait for. */

export const LANGUAGES = ["en", "zh-Hans", "zh-Hant"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language a browser asks for, among those there are. */
export function preferred(asked: readonly string[]): Language {
  for (const tag of asked) {
    if (/^zh\b.*(hant|tw|hk|mo)/i.test(tag)) return "zh-Hant";
    if (/^zh\b/i.test(tag)) return "zh-Hans";
    if (/^en\b/i.test(tag)) return "en";
  }
  return "en";
}

/** The language that the person chose on an earlier visit, else the browser's. */
export function chosenLanguage(): Language {
  const kept = localStorage.getItem("guanxi.language") as Language | null;
  return kept && LANGUAGES.includes(kept) ? kept : preferred(navigator.languages);
}
