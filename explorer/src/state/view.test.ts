import { describe, expect, it } from "vitest";
import { fromAddress, toAddress } from "./address";
import { amend, record, redo, startHistory, undo } from "./history";
import * as views from "./view";

const start = views.expand(views.EMPTY_VIEW, "alibaba", null, 2);

describe("view", () => {
  it("expands once, however often it is asked", () => {
    const twice = views.expand(views.expand(start, "apple"), "apple");
    expect(twice.expansions.map(({ id }) => id)).toEqual(["alibaba", "apple"]);
  });

  it("takes back one predicate, or all that was opened, and keeps the entity", () => {
    const open = views.expand(views.expand(start, "apple", "USES"), "apple", "OWNS");
    expect(views.collapse(open, "apple", "USES").expansions.map(({ predicate }) => predicate)).toEqual([null, "OWNS"]);
    const closed = views.collapse(open, "apple");
    expect(closed.expansions).toHaveLength(1);
    expect(closed.extra).toEqual(["apple"]);
  });

  it("hides without keeping the hidden selected or in focus, and shows again what is put", () => {
    const hidden = views.hide(views.focus(views.select(start, { type: "node", id: "emc" }), "emc"), "emc");
    expect([hidden.selection, hidden.focus, hidden.hidden]).toEqual([null, null, ["emc"]]);
    expect(views.put(hidden, ["emc"]).hidden).toEqual([]);
  });

  it("changes nothing in the view it is given", () => {
    const frozen = Object.freeze({ ...start, hidden: Object.freeze([] as string[]), pinned: Object.freeze({}) });
    views.pin(views.hide(frozen, "x"), "y", [1.4, 2.6]);
    expect(frozen.hidden).toEqual([]);
    expect(frozen.pinned).toEqual({});
  });

  it("knows filters that leave everything, whichever value they are", () => {
    expect(views.keepsAll({ ...views.NO_FILTERS, kinds: [] })).toBe(true);
    const changes = [
      { kinds: ["x"] },
      { sources: ["x"] },
      { minConfidence: 0.1 },
      { minDocuments: 2 },
      { undated: false },
    ];
    for (const change of changes) expect(views.keepsAll({ ...views.NO_FILTERS, ...change })).toBe(false);
  });

  it("toggles a filter there and back", () => {
    const off = views.toggleFilter(start, "kinds", "Person");
    expect(off.filters.kinds).toEqual(["Person"]);
    expect(views.toggleFilter(off, "kinds", "Person").filters.kinds).toEqual([]);
  });
});

describe("history", () => {
  it("undoes and redoes every step", () => {
    const one = record(startHistory(0), 1);
    const two = record(one, 2);
    expect(undo(undo(two)).present).toBe(0);
    expect(redo(undo(two)).present).toBe(2);
  });

  it("forgets what was undone once something else is done", () => {
    const branched = record(undo(record(startHistory("a"), "b")), "c");
    expect(redo(branched).present).toBe("c");
    expect(branched.past).toEqual(["a"]);
  });

  it("makes one step of changes under one tag, and two after an undo", () => {
    const dragged = record(record(record(startHistory(0), 1, "time"), 2, "time"), 3, "time");
    expect(dragged.past).toEqual([0]);
    const again = record(undo(dragged), 4, "time");
    expect(again.past).toEqual([0]);
    expect(again.present).toBe(4);
  });

  it("amends without a step", () => {
    expect(undo(amend(startHistory(0), 5)).present).toBe(5);
  });
});

describe("address", () => {
  const rich: views.View = {
    ...start,
    expansions: [...start.expansions, { id: "a,b:c~d@e%f", predicate: "PARTNERS_WITH", depth: 1 }],
    extra: ["joe-tsai", "蔡崇信"],
    hidden: ["emc"],
    pinned: { apple: [12, -30], "a@b": [0, 1] },
    focus: "apple",
    selection: { type: "edge", id: "r-1|x=y&z" },
    asOf: "2025-02",
    layout: "radial",
    panel: { name: "ways", args: { from: "bosch", to: "apple" } },
    filters: {
      kinds: ["Person"],
      predicates: ["USES"],
      statuses: ["rumoured"],
      sources: ["d-1"],
      minConfidence: 0.5,
      minDocuments: 2,
      undated: false,
    },
  };

  it("gives back the view it was made of", () => {
    expect(fromAddress(`#${toAddress(rich)}`)).toEqual(rich);
    expect(fromAddress(toAddress(start))).toEqual(start);
  });

  it("is empty for an empty view, and passes over what it does not know", () => {
    expect(toAddress(views.EMPTY_VIEW)).toBe("");
    expect(fromAddress("#panel=nonsense&asof=yesterday&pin=x@1&zzz=1")).toEqual(views.EMPTY_VIEW);
  });
});
