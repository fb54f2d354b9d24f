/** Asks questions in their order; the context of each answer goes with the next question, and none is asked twice. */
import { service } from "../api/client";
import type { Answer } from "../api/shapes";

export class Conversation {
  private readonly answers = new Map<string, Promise<Answer>>();

  /** The answers to all of them. */
  async ask(questions: readonly string[], language: string): Promise<readonly Answer[]> {
    const all: Promise<Answer>[] = [];
    for (let count = 1; count <= questions.length; count++) all.push(this.last(questions.slice(0, count), language));
    return Promise.all(all);
  }

  /** Forgets all answers, after the graph itself changed. */
  forget(): void {
    this.answers.clear();
  }

  private last(questions: readonly string[], language: string): Promise<Answer> {
    const key = [language, ...questions].join("\n");
    const known = this.answers.get(key);
    if (known) return known;
    const asked = this.askLast(questions, language);
    this.answers.set(key, asked);
    // What failed may be asked again.
    asked.catch(() => this.answers.delete(key));
    return asked;
  }

  private async askLast(questions: readonly string[], language: string): Promise<Answer> {
    const before = questions.length > 1 ? await this.last(questions.slice(0, -1), language) : null;
    return service.question(questions.at(-1)!, language, before?.context ?? {});
  }
}
