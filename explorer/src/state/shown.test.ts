import { describe, expect, it } from "vitest";
import { counts, stepOf } from "./counts";
import { emptyKnowledge, type Knowledge, learn, learnStated, nameIn, names } from "./knowledge";
import { shown } from "./shown";
import { momentOf, yearsOf } from "./time";
import * as views from "./view";

type Line = readonly [key: string, source: string, predicate: string, target: string, more?: Record<string, unknown>];

const LINES: readonly Line[] = [
  ["r1", "alibaba", "PARTNERS_WITH", "apple", { status: "announced", since: "2025-02", documents: 3 }],
  ["r2", "joe", "HOLDS_ROLE_AT", "alibaba", { since: "2023", sources: ["d1"] }],
  ["r3", "wang", "HOLDS_ROLE_AT", "alibaba", { since: "1999", until: "2013-05", current: false }],
  ["r4", "apple", "DEVELOPS", "iphone"],
];
const KINDS: Record<string, string> = { joe: "Person", wang: "Person", iphone: "Product" };

function known(): { knowledge: Knowledge; loaded: Map<string, ReturnType<typeof learn>> } {
  const knowledge = emptyKnowledge();
  const ids = [...new Set(LINES.flatMap(([, source, , target]) => [source, target]))];
  const batch = learn(knowledge, {
    nodes: ids.map((key) => ({ key, attributes: { name: key, kinds: [KINDS[key] ?? "Company"] } })),
    edges: LINES.map(([key, source, predicate, target, more]) => ({
      key,
      source,
      target,
      attributes: { predicate, claims: [`c-${key}`], documents: 1, ...more },
    })),
  });
  return { knowledge, loaded: new Map([["alibaba:*:2", batch]]) };
}

const view = views.expand(views.EMPTY_VIEW, "alibaba", null, 2);
const edgesOf = (wanted: views.View): string[] => {
  const { knowledge, loaded } = known();
  return [...shown(wanted, knowledge, loaded).edges].sort();
};

describe("shown", () => {
  it("draws what was opened, and every line between what is drawn", () => {
    const { knowledge, loaded } = known();
    const { nodes, edges } = shown(view, knowledge, loaded);
    expect([...nodes].sort()).toEqual(["alibaba", "apple", "iphone", "joe", "wang"]);
    expect(edges.size).toBe(4);
  });

  it("leaves out what is hidden, with its lines", () => {
    expect(edgesOf(views.hide(view, "apple"))).toEqual(["r2", "r3"]);
  });

  it("leaves out a kind, a predicate, a status", () => {
    expect(edgesOf(views.toggleFilter(view, "kinds", "Person"))).toEqual(["r1", "r4"]);
    expect(edgesOf(views.toggleFilter(view, "predicates", "DEVELOPS"))).toEqual(["r1", "r2", "r3"]);
    expect(edgesOf(views.toggleFilter(view, "statuses", "announced"))).toEqual(["r2", "r3", "r4"]);
  });

  it("keeps only relations of chosen documents, or of enough of them", () => {
    expect(edgesOf(views.toggleFilter(view, "sources", "d1"))).toEqual(["r2"]);
    expect(edgesOf(views.setFilters(view, { minDocuments: 2 }))).toEqual(["r1"]);
  });

  it("drops those whom filters leave alone, but not whom the person named", () => {
    const { knowledge, loaded } = known();
    const filtered = views.put(views.toggleFilter(view, "predicates", "DEVELOPS"), ["iphone"]);
    expect(shown(filtered, knowledge, loaded).nodes.has("iphone")).toBe(true);
    expect(shown(views.toggleFilter(view, "predicates", "DEVELOPS"), knowledge, loaded).nodes.has("iphone")).toBe(
      false,
    );
  });

  it("shows a date: what has not begun is absent, what is over is marked", () => {
    const { knowledge, loaded } = known();
    const then = shown(views.setAsOf(view, "2024-01"), knowledge, loaded);
    expect([...then.edges].sort()).toEqual(["r2", "r3", "r4"]);
    expect([...then.over]).toEqual(["r3"]);
    expect(edgesOf(views.setFilters(views.setAsOf(view, "2010"), { undated: false }))).toEqual(["r3"]);
  });
});

describe("counts", () => {
  it("counts each choice as if its own filter were off", () => {
    const { knowledge, loaded } = known();
    const tally = counts(views.toggleFilter(view, "predicates", "DEVELOPS"), knowledge, loaded);
    expect(tally.predicates).toEqual([
      ["HOLDS_ROLE_AT", 2],
      ["DEVELOPS", 1],
      ["PARTNERS_WITH", 1],
    ]);
    expect(tally.statuses).toEqual([
      ["stated", 2],
      ["announced", 1],
    ]);
  });

  it("counts of each kind whom the date and all other filters leave", () => {
    const { knowledge, loaded } = known();
    const kindsOf = (wanted: views.View) => Object.fromEntries(counts(wanted, knowledge, loaded).kinds);
    expect(kindsOf(view)).toEqual({ Company: 2, Person: 2, Product: 1 });
    expect(kindsOf(views.toggleFilter(view, "predicates", "DEVELOPS"))).toEqual({ Company: 2, Person: 2 });
    expect(kindsOf(views.setFilters(views.setAsOf(view, "2010"), { undated: false }))).toEqual({
      Company: 1,
      Person: 1,
    });
  });

  it("counts of a kind that is off whom it would bring, and does not count on others that are off", () => {
    const { knowledge, loaded } = known();
    const withoutPeople = views.toggleFilter(views.setAsOf(view, "2010"), "kinds", "Person");
    expect(Object.fromEntries(counts(withoutPeople, knowledge, loaded).kinds)).toEqual({
      Company: 2,
      Person: 1,
      Product: 1,
    });
    const onlyCompanies = views.toggleFilter(withoutPeople, "kinds", "Product");
    expect(Object.fromEntries(counts(onlyCompanies, knowledge, loaded).kinds)).toEqual({
      Company: 1,
      Person: 1,
      Product: 1,
    });
  });
});

describe("counts of confidence", () => {
  it("falls from step to step, counts what has none everywhere, and leaves its own filter out", () => {
    const { knowledge, loaded } = known();
    knowledge.mergeEdgeAttributes("r1", { confidence: 0.95 });
    knowledge.mergeEdgeAttributes("r2", { confidence: 0.5 });
    const all = shown(view, knowledge, loaded).edges.size;
    const { confidence } = counts(views.setFilters(view, { minConfidence: 0.9 }), knowledge, loaded);
    expect([0, 0.5, 0.55, 0.95, 1].map((least) => confidence[stepOf(least)])).toEqual([
      all,
      all,
      all - 1,
      all - 1,
      all - 2,
    ]);
    for (const least of [0, 0.5, 0.55, 0.95, 1]) {
      const kept = shown(views.setFilters(view, { minConfidence: least }), knowledge, loaded).edges.size;
      expect(confidence[stepOf(least)], String(least)).toBe(kept);
    }
  });
});

describe("what is only said", () => {
  const claim = {
    id: "c9",
    subject: { id: "apple", name: "Apple", kinds: ["Company"] },
    predicate: "PARTNERS_WITH",
    object: { id: "baidu", name: "Baidu", kinds: ["Company"] },
    status: "rumoured",
    attributes: {},
    document: { id: "d7", name: "d7.md", title: "D" },
    method: "reader",
    confidence: 0.9,
    quote: "q",
    start: 0,
    end: 1,
  };

  it("becomes one line for each pair, predicate and status, apart from relations", () => {
    const { knowledge } = known();
    learnStated(knowledge, [claim, { ...claim, id: "c10" }, { ...claim, id: "c11", status: "rejected" }]);
    const lines = knowledge.filterEdges((_, edge) => !edge.asserted);
    expect(lines).toHaveLength(2);
    expect(knowledge.getEdgeAttributes(lines[0]).claims).toEqual(["c9", "c10"]);
  });

  it("comes onto the drawing with what is opened, whichever was loaded first", () => {
    const { knowledge, loaded } = known();
    const opened = views.expand(view, "apple");
    loaded.set("apple:*:1", { nodes: ["apple"], edges: [], truncated: false });
    expect(shown(opened, knowledge, loaded).nodes.has("baidu")).toBe(false);
    learnStated(knowledge, [claim]);
    expect(shown(opened, knowledge, loaded).nodes.has("baidu")).toBe(true);
    expect(shown(view, knowledge, loaded).nodes.has("baidu")).toBe(false);
  });
});

describe("names", () => {
  it("reads names in every form they come in", () => {
    expect(names({ en: "Apple", "zh-Hans": ["苹果"] })).toEqual({ en: ["Apple"], "zh-Hans": ["苹果"] });
    expect(names(["Apple", "苹果"])).toEqual({ en: ["Apple"], zh: ["苹果"] });
  });

  it("shows the language asked for, else the other script, else the name itself", () => {
    const apple = { name: "Apple", names: { "zh-Hans": ["苹果"] } };
    expect([nameIn(apple, "zh-Hans"), nameIn(apple, "zh-Hant"), nameIn(apple, "en")]).toEqual([
      "苹果",
      "苹果",
      "Apple",
    ]);
  });
});

describe("time", () => {
  it("reads partial dates generously: begun when it may have, over when it surely is", () => {
    expect(momentOf({ since: "2024-05", until: null }, "2024")).toBe("during");
    expect(momentOf({ since: "2024-05", until: null }, "2024-04")).toBe("before");
    expect(momentOf({ since: null, until: "2013" }, "2013-06")).toBe("undated");
    expect(momentOf({ since: "1999", until: "2013" }, "2014-01")).toBe("after");
    expect(momentOf({ since: null, until: null }, "2014")).toBe("undated");
  });

  it("finds first and last year", () => {
    expect(
      yearsOf([
        { since: "1999-09", until: "2013" },
        { since: "2025", until: null },
      ]),
    ).toEqual([1999, 2025]);
    expect(yearsOf([{ since: null, until: null }])).toBeNull();
  });
});
