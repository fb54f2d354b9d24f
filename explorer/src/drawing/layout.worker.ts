/** The layout's own thread: a task in, places out. */
import { type LayoutTask, layOut } from "./layout";

self.onmessage = (event: MessageEvent<{ id: number; task: LayoutTask }>): void => {
  const { id, task } = event.data;
  self.postMessage({ id, result: layOut(task) });
};
