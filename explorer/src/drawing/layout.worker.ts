/** The layout's own thread: a task in, places out. */
import { layOut, type LayoutTask } from "./layout";

self.onmessage = (event: MessageEvent<{ id: number; task: LayoutTask }>): void => {
  const { id, task } = event.data;
  self.postMessage({ id, result: layOut(task) });
};
