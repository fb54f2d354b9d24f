import { describe, expect, it } from "vitest";
import { csvOf } from "./csv";
import { complete, offsetOf, tokens } from "./cypher";
import { bodyStart, excerpt, pieces } from "./excerpt";
import { graphmlOf, jsonldOf } from "./exports";
import { grouped } from "./figures";
import { emptyKnowledge, learn } from "./knowledge";
import { entitiesIn } from "./rows";

describe("excerpt", () => {
  it("shows a quote in its sentence", () => {
    const text = "前一句。苹果需要本土伙伴，末了选了阿里巴巴。后一句。";
    const start = text.indexOf("末了");
    expect(excerpt(text, start, start + 8)).toEqual({
      before: "苹果需要本土伙伴，",
      quote: "末了选了阿里巴巴",
      after: "。",
    });
  });

  it("counts characters as the service does, also beyond the first plane", () => {
    expect(excerpt("𠮷野家 and 😀 Apple.", 10, 15).quote).toBe("Apple");
    expect(pieces("😀ab", [{ id: "c", start: 1, end: 2 }]).map(({ text }) => text)).toEqual(["😀", "a", "b"]);
  });

  it("cuts overlapping claims into pieces that together are the text", () => {
    const cut = pieces("abcdefgh", [
      { id: "x", start: 1, end: 5 },
      { id: "y", start: 3, end: 7 },
    ]);
    expect(cut.map(({ text }) => text).join("")).toBe("abcdefgh");
    expect(cut.map(({ ids }) => ids.join("+"))).toEqual(["", "x", "x+y", "y", ""]);
  });

  it("finds where the text begins after its front matter", () => {
    expect(bodyStart("---\ntitle: 题\n---\n\nText")).toBe("---\ntitle: 题\n---\n\n".length);
    expect(bodyStart("No front matter --- here")).toBe(0);
  });
});

describe("cypher editor", () => {
  const vocabulary = {
    labels: ["Company", "Person"],
    types: ["PARTNERS_WITH", "PART_OF"],
    properties: ["name", "names"],
  };

  it("loses no character of a statement", () => {
    const statement =
      "MATCH (a:Company {name: 'O\\'Neil'})-[r:OWNS|USES]->(b) // why\nWHERE a.x > 1.5 RETURN $p, count(*) /* open";
    expect(
      tokens(statement)
        .map(({ text }) => text)
        .join(""),
    ).toBe(statement);
  });

  it("tells labels, texts, parameters and keywords apart", () => {
    const sorts = new Map(
      tokens("MATCH (a:Company) WHERE a.name = 'x' RETURN $p").map(({ text, sort }) => [text, sort]),
    );
    expect([sorts.get("MATCH"), sorts.get(":Company"), sorts.get("'x'"), sorts.get("$p")]).toEqual([
      "keyword",
      "label",
      "text",
      "parameter",
    ]);
  });

  it("completes labels, types and properties where each belongs", () => {
    const at = (text: string) => complete(text, text.length, vocabulary).words;
    expect(at("MATCH (a:Co")).toEqual(["Company"]);
    expect(at("MATCH (a)-[:PART")).toEqual(["PARTNERS_WITH", "PART_OF"]);
    expect(at("MATCH (a) RETURN a.na")).toEqual(["name", "names"]);
    expect(at("RET")).toEqual(["RETURN"]);
  });

  it("finds the place of an error", () => {
    expect(offsetOf("MATCH (a)\nRETRN a", 2, 1)).toBe(10);
    expect(offsetOf("ab", 9, 9)).toBe(2);
  });
});

describe("files taken along", () => {
  const knowledge = emptyKnowledge();
  learn(knowledge, {
    nodes: [
      { key: "a", attributes: { name: '<script>&"', kinds: ["Company"] } },
      { key: "b", attributes: { name: "B\u0001", kinds: ["Person"] } },
    ],
    edges: [{ key: "e", source: "a", target: "b", attributes: { predicate: "USES", claims: ["c1"] } }],
  });
  const everything = { nodes: new Set(["a", "b"]), edges: new Set(["e"]), over: new Set<string>() };

  it("quotes what CSV needs quoted and disarms formulas", () => {
    expect(csvOf([["a,b", 'say "x"', "=1+1", null, 2, -3]])).toBe('"a,b","say ""x""",\'=1+1,,2,-3');
  });

  it("escapes names in GraphML and leaves out what XML forbids", () => {
    const graphml = graphmlOf(everything, knowledge);
    expect(graphml).toContain("&lt;script&gt;&amp;&quot;");
    expect(graphml).not.toContain("\u0001");
    expect(graphml.match(/<edge /g)).toHaveLength(1);
  });

  it("writes JSON-LD that names both ends of a relation", () => {
    const { "@graph": graph } = JSON.parse(jsonldOf(everything, knowledge));
    expect(graph).toHaveLength(3);
    expect(graph[2]["g:from"]["@id"]).toBe("urn:guanxi:entity:a");
  });
});

describe("figures", () => {
  it("groups long figures and leaves years and fractions alone", () => {
    expect(grouped("252000000 CNY in 2025, 3.14159265")).toBe("252,000,000 CNY in 2025, 3.14159265");
  });
});

describe("rows", () => {
  it("finds entities wherever they stand, once each", () => {
    const node = (id: string) => ({ "@node": `4:${id}`, labels: ["Entity", "Company"], properties: { id } });
    const claim = { "@node": "9", labels: ["Claim"], properties: { id: "c1" } };
    expect(
      entitiesIn([
        [node("a"), { "@path": [node("b"), { "@relationship": "1" }, node("a")] }],
        [claim, [node("c")]],
      ]),
    ).toEqual(["a", "b", "c"]);
  });
});
