import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LayoutTask } from "./layout";
import { LayoutClient } from "./layout-client";

/** A thread that answers only when a test says so. */
class FakeWorker extends EventTarget {
  static readonly started: FakeWorker[] = [];
  readonly tasks: unknown[] = [];
  isEnded = false;

  constructor() {
    super();
    FakeWorker.started.push(this);
  }

  postMessage(task: unknown): void {
    this.tasks.push(task);
  }

  terminate(): void {
    this.isEnded = true;
  }

  answer(data: unknown): void {
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }

  fail(message: string): void {
    this.dispatchEvent(Object.assign(new Event("error"), { message }));
  }
}

const task: LayoutTask = { nodes: [], edges: [], centre: "", width: 1, height: 1, scale: null, iterations: 1 };
const places = { places: {}, scale: 1 };
const turn = (): Promise<void> => new Promise((later) => setTimeout(later));

describe("layout client", () => {
  beforeEach(() => {
    FakeWorker.started.length = 0;
    vi.stubGlobal("Worker", FakeWorker);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("fails when the thread fails, and does not wait for ever", async () => {
    const client = new LayoutClient();
    const running = client.run(task);
    await turn();
    FakeWorker.started[0]!.fail("out of memory");
    await expect(running).rejects.toThrow("out of memory");
    const next = client.run(task);
    await turn();
    FakeWorker.started[1]!.answer(places);
    expect(await next).toBe(places);
  });

  it("gives a long layout up for a newer one, whose thread is free", async () => {
    const client = new LayoutClient();
    const long = client.run(task);
    await turn();
    const next = client.run({ ...task, iterations: 2 });
    expect(await long).toBeNull();
    await turn();
    const [first, second] = FakeWorker.started;
    expect(first!.isEnded).toBe(true);
    expect(second!.tasks).toEqual([{ ...task, iterations: 2 }]);
    second!.answer(places);
    expect(await next).toBe(places);
  });

  it("begins when the picture is ready, unless a newer task came before", async () => {
    const client = new LayoutClient();
    let paint = (): void => {};
    const waiting = client.run(
      task,
      new Promise<void>((ready) => {
        paint = ready;
      }),
    );
    await turn();
    expect(FakeWorker.started[0]!.tasks).toEqual([]);
    const newer = client.run({ ...task, iterations: 2 });
    paint();
    expect(await waiting).toBeNull();
    expect(FakeWorker.started).toHaveLength(1);
    FakeWorker.started[0]!.answer(places);
    expect(await newer).toBe(places);
  });
});
