import { describe, expect, it } from "vitest";
import { argsOf, backTo, followedBy, questionsIn } from "./conversation";

describe("conversation", () => {
  const args = followedBy(followedBy(argsOf(["Who founded Alibaba?"]), "What  does it\nown? "), "And who runs it?");

  it("keeps questions in their order, a line each", () => {
    expect(questionsIn(args)).toEqual(["Who founded Alibaba?", "What does it own?", "And who runs it?"]);
    expect(args.question).toBe("And who runs it?");
  });

  it("goes back to an earlier one, and begins anew with one", () => {
    expect(questionsIn(backTo(args, 1))).toEqual(["Who founded Alibaba?", "What does it own?"]);
    expect(argsOf(["Who owns Amap?"])).toEqual({ question: "Who owns Amap?" });
    expect([argsOf([" "]), questionsIn({})]).toEqual([{}, []]);
  });
});
