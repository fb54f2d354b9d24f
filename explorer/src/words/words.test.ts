import { describe, expect, it } from "vitest";
import en from "./en.json";
import examples from "./examples.json";
import { preferred } from "./language";
import { ontologyWord, sayIn } from "./words";
import hans from "./zh-Hans.json";
import hant from "./zh-Hant.json";

const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe("words", () => {
  it.each([
    ["zh-Hans", hans],
    ["zh-Hant", hant],
  ] as const)("%s says everything that English says, with the same values", (_, words) => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(en).sort());
    for (const [word, text] of Object.entries(en)) expect(places(words[word as keyof typeof en])).toEqual(places(text));
  });

  it("has examples in every language", () => {
    expect(Object.values(examples).every((list) => list.length >= 4)).toBe(true);
  });

  it("puts values into their places", () => {
    expect(sayIn("en")("time.label")).toBe("As of");
    expect(sayIn("zh-Hans")("relation.back", { name: "<b>" })).toBe("回到<b>");
  });

  it("follows the browser's languages", () => {
    expect([["zh-TW"], ["zh-Hant-HK", "en"], ["zh-CN"], ["fr", "en-GB"], ["fr"]].map(preferred)).toEqual([
      "zh-Hant",
      "zh-Hant",
      "zh-Hans",
      "en",
      "en",
    ]);
  });

  it("takes an ontology's own words for what the page does not know", () => {
    const ontology = {
      predicates: [{ name: "LENDS_TO", en: { active: "lends to", passive: "borrows from" }, zh: { active: "贷款给" } }],
    };
    expect(ontologyWord(ontology, "predicates", "LENDS_TO", "en", "passive")).toBe("borrows from");
    expect(ontologyWord(ontology, "predicates", "LENDS_TO", "zh-Hant", "passive")).toBe("贷款给");
    expect(ontologyWord(null, "predicates", "PARTNERS_WITH", "en")).toBe("partners with");
  });
});
