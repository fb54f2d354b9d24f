/** Hands layout tasks to the worker; an answer that a newer task has overtaken comes back as null. */
import type { LayoutResult, LayoutTask } from "./layout";

export class LayoutClient {
  private readonly worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
  private latest = 0;

  run(task: LayoutTask): Promise<LayoutResult | null> {
    const id = ++this.latest;
    return new Promise((resolve) => {
      const onMessage = (event: MessageEvent<{ id: number; result: LayoutResult }>): void => {
        if (event.data.id !== id) return;
        this.worker.removeEventListener("message", onMessage);
        resolve(id === this.latest ? event.data.result : null);
      };
      this.worker.addEventListener("message", onMessage);
      this.worker.postMessage({ id, task });
    });
  }

  /** Ends the thread. */
  stop(): void {
    this.worker.terminate();
  }
}
