import { describe, expect, it } from "vitest";
import { emptyKnowledge, learn } from "../state/knowledge";
import { contentOf } from "./content";
import { emphasisOf } from "./emphasis";
import { overlap, placeLabels } from "./labels";
import { iterationsFor, type LayoutTask, layOut } from "./layout";
import { shareOfSize } from "./looks";
import { mix } from "./palette";
import { radialPlaces } from "./radial";
import { separate } from "./separate";

const star = (count: number): LayoutTask => ({
  nodes: ["hub", ...Array.from({ length: count }, (_, at) => `leaf ${at}`)].map((id) => ({
    id,
    radius: 10,
    label: 60,
    at: null,
    fixed: false,
  })),
  edges: Array.from({ length: count }, (_, at) => ["hub", `leaf ${at}`] as const),
  centre: "hub",
  width: 900,
  height: 700,
  scale: null,
  iterations: 100,
});

const boxOf = ([x, y]: readonly [number, number]) => ({ left: x - 30, right: x + 30, top: -y - 10, bottom: -y + 27 });

describe("layout", () => {
  it("gives the same places for the same task, all finite", () => {
    const first = layOut(star(40));
    expect(layOut(star(40))).toEqual(first);
    expect(Object.values(first.places).flat().every(Number.isFinite)).toBe(true);
  });

  it("leaves no two nodes or names on each other", () => {
    const boxes = Object.values(layOut(star(60)).places).map(boxOf);
    const pairs = boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) => overlap(a, b)));
    expect(pairs).toHaveLength(0);
  });

  it("does not move what is fixed when more comes", () => {
    const before = layOut(star(30));
    const task = star(50);
    const nodes = task.nodes.map((node) => {
      const at = before.places[node.id] ?? null;
      return { ...node, at, fixed: at !== null };
    });
    const after = layOut({ ...task, nodes, scale: before.scale });
    for (const [id, place] of Object.entries(before.places)) expect(after.places[id]).toEqual(place);
    expect(Object.keys(after.places)).toHaveLength(51);
  });

  it("settles any graph with a bounded number of rounds, a large one with fewer", () => {
    const rounds = [20, 120, 200, 1000, 10_000, 1_000_000].map((count) => iterationsFor(count));
    expect(rounds).toEqual([...rounds].sort((a, b) => b - a));
    expect(rounds[0]).toBe(300);
    expect(rounds.at(-1)).toBe(30);
  });

  it("draws a crowd smaller, and as many as find room at their full size", () => {
    expect([1, 400].map(shareOfSize)).toEqual([1, 1]);
    const covered = (count: number): number => count * shareOfSize(count) ** 2;
    expect(covered(10_000)).toBeCloseTo(covered(3000));
  });

  it("sets what is opened from a single node beside it, not far out of sight", () => {
    const alone = layOut({ ...star(0), edges: [] });
    expect(alone.places).toEqual({ hub: [0, 0] });
    const task = star(60);
    const nodes = task.nodes.map((node) =>
      node.id === "hub" ? { ...node, at: alone.places.hub!, fixed: true } : node,
    );
    const after = layOut({ ...task, nodes, scale: alone.scale });
    expect(Math.max(...Object.values(after.places).map((place) => Math.hypot(...place)))).toBeLessThan(1200);
  });

  it("sets rings around the centre by steps", () => {
    const places = radialPlaces(
      "a",
      ["a", "b", "c", "d"],
      [
        ["a", "b"],
        ["b", "c"],
      ],
    );
    const away = (id: string): number => Math.hypot(...places[id]!);
    expect(away("a")).toBe(0);
    expect(away("b")).toBeLessThan(away("c"));
    expect(places.d).toBeDefined();
  });

  it("separates two that stand on the same spot beside one that is fixed", () => {
    const at: readonly [number, number] = [0, 0];
    const places = separate([
      { id: "fixed", radius: 10, label: 40, at, fixed: true },
      { id: "free", radius: 10, label: 40, at, fixed: false },
    ]);
    expect(places.get("fixed")).toEqual([0, 0]);
    expect(places.get("free")).not.toEqual([0, 0]);
  });
});

describe("labels", () => {
  const wish = (id: string, x: number, y: number, weight = 1) => ({
    id,
    text: id,
    x,
    y,
    radius: 8,
    width: 50,
    height: 16,
    weight,
    must: false,
  });

  it("never lays one name over another, and prefers the weightier", () => {
    const wishes = Array.from({ length: 80 }, (_, at) => wish(`n${at}`, (at % 10) * 22, Math.floor(at / 10) * 22, at));
    const placed = placeLabels(wishes);
    const boxes = placed.map(({ left, top, width, height }) => ({
      left,
      top,
      right: left + width,
      bottom: top + height,
    }));
    expect(boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) => overlap(a, b)))).toHaveLength(0);
    expect(placed.length).toBeGreaterThan(5);
    expect(placed[0]!.id).toBe("n79");
  });

  it("keeps out of areas that controls cover", () => {
    const taken = [{ left: -500, top: -500, right: 500, bottom: 500 }];
    expect(placeLabels([wish("a", 0, 0)], taken)).toHaveLength(0);
    expect(placeLabels([{ ...wish("a", 0, 0), must: true }], taken)).toHaveLength(1);
  });

  it("names the chief ones in a crowd too, over other nodes but neither over names nor over controls", () => {
    const crowd = Array.from({ length: 49 }, (_, at) =>
      wish(`n${at}`, ((at % 7) - 3) * 14, (Math.floor(at / 7) - 3) * 14),
    );
    const middle = { ...crowd[24]!, weight: 9 };
    const named = (chief: boolean, taken: Parameters<typeof placeLabels>[1] = []) =>
      placeLabels([...crowd.filter(({ id }) => id !== middle.id), { ...middle, chief }], taken).some(
        ({ id }) => id === middle.id,
      );
    expect([named(false), named(true)]).toEqual([false, true]);
    expect(named(true, [{ left: -200, top: -200, right: 200, bottom: 200 }])).toBe(false);
  });
});

describe("content", () => {
  const knowledge = emptyKnowledge();
  learn(knowledge, {
    nodes: ["a", "b", "c"].map((key) => ({ key, attributes: { name: key, kinds: ["Company"], degree: 5 } })),
    edges: [
      { key: "1", source: "a", target: "b", attributes: { predicate: "USES", status: "rumoured" } },
      { key: "2", source: "b", target: "a", attributes: { predicate: "PARTNERS_WITH" } },
      { key: "3", source: "b", target: "c", attributes: { predicate: "OWNS", current: false } },
    ],
  });
  const wording = {
    language: "en",
    predicate: (name: string) => name,
    isSymmetric: (name: string) => name === "PARTNERS_WITH",
  };
  const shown = { nodes: new Set(["a", "b", "c"]), edges: new Set(["1", "2", "3"]), over: new Set<string>() };
  const content = contentOf(shown, knowledge, wording);

  it("draws standings apart and arrows only where there is a direction", () => {
    const of = (key: string) => content.edges.get(key)!;
    expect(["1", "2", "3"].map((key) => of(key).standing)).toEqual(["rumoured", "held", "ended"]);
    expect(["1", "2", "3"].map((key) => of(key).directed)).toEqual([true, false, true]);
  });

  it("bends edges between the same two to different sides, whichever way they point", () => {
    const [one, two] = ["1", "2"].map((key) => content.edges.get(key)!);
    expect(one!.bend).not.toBe(0);
    // Both are bent against their own direction; the second points back, so equal signs lie on opposite sides.
    expect(Math.sign(one!.bend)).toBe(Math.sign(two!.bend));
    expect(content.edges.get("3")!.bend).toBe(0);
  });

  it("lets the neighbourhood of the selection stand out", () => {
    const emphasis = emphasisOf(content, { type: "node", id: "a" }, null, null);
    expect([...emphasis.nodes!].sort()).toEqual(["a", "b"]);
    expect([...emphasis.edges].sort()).toEqual(["1", "2"]);
    expect(emphasisOf(content, null, null, null).nodes).toBeNull();
  });
});

describe("palette", () => {
  it("lays colours over each other", () => {
    expect([mix("#000000", "#ffffff", 0.5), mix("#102030", "#ffffff", 1)]).toEqual(["#808080", "#102030"]);
  });
});
