/** Questions that follow one another, each understood after those before it. Kept in the panel's arguments, so that a link asks them again. Pure. */

export type Args = Readonly<Record<string, string>>;

/** A question is one line; the earlier ones stand before it, a line each. */
export function questionsIn({ question = "", before = "" }: Args): readonly string[] {
  return [...before.split("\n"), question].filter((one) => one !== "");
}

export function argsOf(questions: readonly string[]): Args {
  const lines = questions.map((question) => question.replace(/\s+/g, " ").trim()).filter((line) => line !== "");
  const question = lines.at(-1);
  if (question === undefined) return {};
  const before = lines.slice(0, -1).join("\n");
  return before === "" ? { question } : { question, before };
}

export function followedBy(args: Args, question: string): Args {
  return argsOf([...questionsIn(args), question]);
}

/** Back to the answer of an earlier question, the first being 0. */
export function backTo(args: Args, at: number): Args {
  return argsOf(questionsIn(args).slice(0, at + 1));
}
