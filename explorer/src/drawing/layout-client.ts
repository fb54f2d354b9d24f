/** Hands layout tasks to the worker; a task that a newer one overtakes is given up at once, and answered with null. */
import type { LayoutResult, LayoutTask } from "./layout";

interface Waiting {
  resolve(result: LayoutResult | null): void;
  reject(failure: Error): void;
}

export class LayoutClient {
  private worker: Worker | null = this.started();
  private waiting: Waiting | null = null;
  private latest = 0;

  /** Places for a task, which the worker begins with once `ready`. Fails when the worker does. */
  async run(task: LayoutTask, ready: Promise<unknown> = Promise.resolve()): Promise<LayoutResult | null> {
    const id = ++this.latest;
    this.giveUp();
    await ready;
    if (id !== this.latest) return null;
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.worker ??= this.started();
      this.worker.postMessage(task);
    });
  }

  /** Ends the thread. */
  stop(): void {
    this.latest++;
    this.end();
  }

  private end(): void {
    this.worker?.terminate();
    this.worker = null;
  }

  /** A long layout would keep the next one waiting: its thread ends. The next begins when it is needed: by then the service may be back. */
  private giveUp(): void {
    const waiting = this.taken();
    if (!waiting) return;
    this.end();
    waiting.resolve(null);
  }

  private started(): Worker {
    const worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<LayoutResult>) => this.taken()?.resolve(data));
    const fail = (why: string): void => {
      if (this.worker === worker) this.end();
      this.taken()?.reject(new Error(`The layout failed: ${why}`));
    };
    worker.addEventListener("error", ({ message }) => fail(message || "its thread did not start"));
    worker.addEventListener("messageerror", () => fail("its answer could not be read"));
    return worker;
  }

  private taken(): Waiting | null {
    const { waiting } = this;
    this.waiting = null;
    return waiting;
  }
}
